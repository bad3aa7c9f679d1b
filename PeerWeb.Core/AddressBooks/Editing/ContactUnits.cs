using PeerWeb.Core.Formats.VCard;

namespace PeerWeb.Core.AddressBooks.Editing;

/// <summary>One version of a card as what is compared and merged as one thing each: a property, or one value of those that there may be several of, with what its group says of it.</summary>
internal sealed class ContactUnits
{
    private static readonly HashSet<string> Several =
        ["TEL", "EMAIL", "ADR", "URL", "IMPP", "MEMBER", "RELATED", "LANG", "KEY", "X-ABDATE", "X-ABRELATEDNAMES", "X-SOCIALPROFILE"];

    private readonly Dictionary<string, List<CardLine>> _units = [];

    private ContactUnits(IReadOnlyList<CardLine> lines)
    {
        foreach (var line in lines)
        {
            var owner = IsAnnotation(line) && line.Group is { } group ? lines.FirstOrDefault(other => !IsAnnotation(other) && IsIn(other, group)) ?? line : line;
            var key = KeyOf(owner);
            if (!_units.TryGetValue(key, out var unit))
            {
                _units.Add(key, unit = []);
                Keys.Add(key);
            }
            unit.Add(line);
        }
    }

    /// <summary>In the order in which they come first.</summary>
    public List<string> Keys { get; } = [];

    /// <exception cref="Entries.InvalidEntryException">The text is no card.</exception>
    public static ContactUnits Read(string text) => new(CardText.Read(text).Lines);

    /// <summary>The property's name.</summary>
    public static string NameOf(string key)
    {
        var colon = key.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? key : key[..colon];
    }

    /// <summary>Whether a property says something of the others of its group only.</summary>
    public static bool IsAnnotation(CardLine line) => line.Name is "X-ABLABEL" or "X-ABADR";

    public IReadOnlyList<CardLine> Lines(string key) => _units.GetValueOrDefault(key) ?? [];

    /// <summary>Whether two versions say the same there; what a group is called and the order of lines say nothing.</summary>
    public static bool AreEqual(ContactUnits left, ContactUnits right, string key) => left.Text(key).SequenceEqual(right.Text(key), StringComparer.Ordinal);

    public IEnumerable<string> Text(string key) => Lines(key).Select(Ungrouped).Order(StringComparer.Ordinal);

    public static string Ungrouped(CardLine line) => line.Group is { } group ? line.Line.Raw[(group.Length + 1)..] : line.Line.Raw;

    private static string KeyOf(CardLine line) => Several.Contains(line.Name) ? $"{line.Name}:{line.Text.ToUpperInvariant()}" : line.Name;

    private static bool IsIn(CardLine line, string group) => string.Equals(line.Group, group, StringComparison.OrdinalIgnoreCase);
}
