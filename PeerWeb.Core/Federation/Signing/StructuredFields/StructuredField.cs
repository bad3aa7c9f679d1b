namespace PeerWeb.Core.Federation.Signing.StructuredFields;

/// <summary>How a field is parsed as a structured field: RFC 8941 3.</summary>
internal enum StructuredFieldKind
{
    Item,
    List,
    Dictionary,
}

/// <summary>A bare item (RFC 8941 3.3); dates and display strings of RFC 9651 are not needed and refused.</summary>
internal abstract record BareItem;

internal sealed record SfInteger(long Value) : BareItem;

internal sealed record SfDecimal(decimal Value) : BareItem;

internal sealed record SfString(string Value) : BareItem;

internal sealed record SfToken(string Value) : BareItem;

internal sealed record SfBytes(byte[] Value) : BareItem;

internal sealed record SfBoolean(bool Value) : BareItem;

internal sealed record Parameter(string Key, BareItem Value);

/// <summary>A member of a list or dictionary: an item or an inner list, with parameters in the order of the text.</summary>
internal abstract record Member(IReadOnlyList<Parameter> Parameters)
{
    public BareItem? this[string key]
    {
        get
        {
            for (var i = 0; i < Parameters.Count; i++)
            {
                if (Parameters[i].Key == key)
                    return Parameters[i].Value;
            }
            return null;
        }
    }
}

internal sealed record Item(BareItem Value, IReadOnlyList<Parameter> Parameters) : Member(Parameters)
{
    /// <summary>A string without parameters.</summary>
    public static Item Of(string value) => new(new SfString(value), []);
}

internal sealed record InnerList(IReadOnlyList<Item> Items, IReadOnlyList<Parameter> Parameters) : Member(Parameters);
