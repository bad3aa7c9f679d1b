namespace PeerWeb.Core.Formats.VCard;

/// <summary>One property of a card: a content line, of which the group is told apart from the name.</summary>
/// <param name="Group">As it is written, such as <c>item1</c>; null where there is none.</param>
/// <param name="Name">Upper case, without the group.</param>
/// <remarks>RFC 6350 3.3.</remarks>
public sealed record CardLine(ContentLine Line, string? Group, string Name)
{
    /// <summary>Preference of what has none.</summary>
    public const int NoPreference = 101;

    /// <summary>Unescaped, of all but structured values and lists.</summary>
    public string Text => TextValue.Unescape(Line.Value).Trim();

    public bool HoldsImage => Name is "PHOTO" or "LOGO";

    /// <summary>1 is the most preferred, 100 the least.</summary>
    /// <remarks>RFC 6350 5.3; in earlier versions a type.</remarks>
    public int Preference =>
        int.TryParse(Line.Parameter("PREF"), out var preference) && preference is >= 1 and <= 100 ? preference
        : RawTypes.Any(type => type.Equals("pref", StringComparison.OrdinalIgnoreCase)) ? 1 : NoPreference;

    /// <summary>Lower case, in the order in which they come, without the preference.</summary>
    /// <remarks>RFC 6350 5.6; several in one value are several.</remarks>
    public IEnumerable<string> Types => RawTypes.Select(type => type.ToLowerInvariant()).Where(type => type != "pref").Distinct();

    private IEnumerable<string> RawTypes => Line.Parameters.Where(parameter => parameter.Name == "TYPE")
        .SelectMany(parameter => parameter.Values)
        .SelectMany(value => value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));

    public static CardLine Of(ContentLine line)
    {
        var dot = line.Name.IndexOf('.', StringComparison.Ordinal);
        return dot < 0
            ? new CardLine(line, null, line.Name)
            : new CardLine(line, line.Raw[..dot], KnownNames.Of(line.Name.AsSpan(dot + 1)));
    }

    /// <summary>Of an unfolded line that is within what a line may be.</summary>
    /// <exception cref="Entries.InvalidEntryException">It is no property, or has characters that no text may have.</exception>
    public static CardLine Parse(string raw, int number) => Of(ContentLine.Parse(ContentLines.Checked(raw, number), number));
}
