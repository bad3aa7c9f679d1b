using PeerWeb.Core.Formats;
using PeerWeb.Core.Formats.VCard;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Core.AddressBooks;

/// <summary>Values of which a card may have several, from and to the properties that hold them.</summary>
internal static class ContactValues
{
    private const string TelScheme = "tel:";
    private const string MailScheme = "mailto:";

    /// <summary>What a person reads of a TEL, EMAIL, URL or IMPP.</summary>
    public static string ValueOf(CardLine line)
    {
        var text = line.Text;
        return line.Name switch
        {
            "TEL" when text.StartsWith(TelScheme, StringComparison.OrdinalIgnoreCase) => DisplayText.OneLine(text[TelScheme.Length..]),
            "EMAIL" when text.StartsWith(MailScheme, StringComparison.OrdinalIgnoreCase) => DisplayText.OneLine(text[MailScheme.Length..]),
            _ => DisplayText.OneLine(text),
        };
    }

    public static ContactValue Read(CardLine line, string? label) => new(ValueOf(line))
    {
        Types = [.. line.Types],
        IsPreferred = line.Preference == 1,
        Label = label,
    };

    public static PostalAddress ReadAddress(CardLine line, string? label)
    {
        var parts = StructuredValue.Read(line.Line.Value);
        string At(int index) => StructuredValue.At(parts, index);
        return new PostalAddress(At(0), At(1), At(2), At(3), At(4), At(5), At(6))
        {
            Types = [.. line.Types],
            IsPreferred = line.Preference == 1,
            Label = label,
        };
    }

    /// <param name="property">What is changed stays as it was otherwise: parameters that nobody edits, and the group.</param>
    public static void Write(CardProperty property, ContactValue? before, ContactValue after)
    {
        if (before?.Value != after.Value)
        {
            property.Set("VALUE");
            property.Value = property.Name is "URL" or "IMPP" ? after.Value.Trim() : TextValue.Escape(after.Value.Trim());
        }
        WriteTypes(property, before, after);
    }

    public static void Write(CardProperty property, PostalAddress? before, PostalAddress after)
    {
        string[] parts = [after.PoBox, after.Extended, after.Street, after.Locality, after.Region, after.PostalCode, after.Country];
        string[]? old = before is null ? null : [before.PoBox, before.Extended, before.Street, before.Locality, before.Region, before.PostalCode, before.Country];
        property.Value = WriteParts(property.Value, old, parts);
        // Where and how it is printed was said of the old address.
        if (old is null || !old.SequenceEqual(parts))
        {
            property.Set("LABEL");
            property.Set("GEO");
        }
        WriteTypes(property, before, after);
    }

    /// <summary>Changes those parts that are other than before; the others keep the form that they have.</summary>
    /// <param name="before">Null where all are new.</param>
    public static string WriteParts(string value, string[]? before, string[] after)
    {
        if (before is null)
            return StructuredValue.Write(after);
        var parts = StructuredValue.Split(value);
        while (parts.Count < after.Length)
            parts.Add(string.Empty);
        for (var i = 0; i < after.Length; i++)
        {
            if (before[i] != after[i])
                parts[i] = TextValue.Escape(after[i].Trim());
        }
        return string.Join(';', parts);
    }

    private static void WriteTypes(CardProperty property, TypedValue? before, TypedValue after)
    {
        if (before?.Types != after.Types || before.IsPreferred != after.IsPreferred)
            property.Set("TYPE", [.. after.Types]);
        if ((before?.IsPreferred ?? false) != after.IsPreferred)
            property.Set("PREF", after.IsPreferred ? ["1"] : []);
    }
}
