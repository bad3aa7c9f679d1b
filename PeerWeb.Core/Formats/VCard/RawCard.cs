using PeerWeb.Core.Entries;

namespace PeerWeb.Core.Formats.VCard;

/// <summary>The unfolded lines of one card as they come, of any version; gives lines that are no properties back to what they were broken out of.</summary>
internal sealed class RawCard
{
    private readonly List<(int Number, string Raw)> _lines = new(24);
    private List<string>? _broken;
    private CardVersion? _version;
    private int _number;
    private int _agents;
    private bool _isBegun;
    private bool _isEnded;
    private bool _isBase64;

    /// <summary>1-based line of BEGIN.</summary>
    public int Line => _number;

    public bool IsEnded => _isEnded;

    /// <summary>Whether a card may begin here: as the agent of this one.</summary>
    public bool IsWithinAgent => _agents > 0 || (_lines.Count > 0 && _lines[^1].Raw.Trim().Equals("AGENT:", StringComparison.OrdinalIgnoreCase));

    /// <exception cref="InvalidEntryException">A line that is no property, or outside of the card.</exception>
    public void Add(int number, string raw)
    {
        if (IsBlank(raw))
            return;
        if (_isEnded)
            throw new InvalidEntryException("Nothing may follow END:VCARD.", number);
        if (!_isBegun)
            Begin(number, raw);
        else if (IsMarker(raw, "BEGIN") || _agents > 0)
            AddAgent(number, raw);
        else if (IsMarker(raw, "END"))
            _isEnded = IsCard(raw) ? true : throw new InvalidEntryException($"{raw.Trim()} closes nothing that is open.", number);
        else if (raw.StartsWith("VERSION", StringComparison.OrdinalIgnoreCase) && ContentLine.Parse(raw, number) is { Name: "VERSION" } version)
            _version ??= VersionOf(version);
        else
            AddProperty(number, raw);
    }

    /// <summary>The card's properties in version 4.0.</summary>
    /// <exception cref="InvalidEntryException">The card has no end, or a property cannot be read.</exception>
    public List<CardLine> Complete()
    {
        if (!_isBegun)
            throw new InvalidEntryException("The text is empty.", null);
        if (!_isEnded)
            throw new InvalidEntryException("The card has no END.", _number);
        Join();
        var version = _version ?? CardVersion.V30;
        var upgrade = new CardUpgrade(version);
        var lines = new List<CardLine>(_lines.Count + 1);
        foreach (var (number, raw) in _lines)
        {
            // What is encoded may hold what a property may not, until it is decoded.
            var line = ContentLine.Parse(raw, number);
            if (version != CardVersion.V40 || CardUpgrade.IsNeeded(line))
            {
                lines.Add(upgrade.Upgrade(line));
                continue;
            }
            var text = ContentLines.Checked(raw, number);
            lines.Add(CardLine.Of(ReferenceEquals(text, raw) ? line : ContentLine.Parse(text, number)));
        }
        if (version != CardVersion.V40)
            NameAnniversary(lines);
        return CardNames.WithFormattedName(lines);
    }

    private void Begin(int number, string raw)
    {
        if (!IsMarker(raw, "BEGIN") || !IsCard(raw))
            throw new InvalidEntryException("The text must begin with BEGIN:VCARD.", number);
        (_isBegun, _number) = (true, number);
    }

    /// <summary>An agent of vCard 2.1 is a card within the card; of 3.0 it is the text of one, which it is made here.</summary>
    private void AddAgent(int number, string raw)
    {
        if (!IsWithinAgent)
            throw new InvalidEntryException("The card has no END.", _number);
        _agents += IsMarker(raw, "BEGIN") ? 1 : IsMarker(raw, "END") ? -1 : 0;
        if (_agents > LineCaps.Parameters)
            throw new InvalidEntryException("Cards are nested too deep.", number);
        (_broken ??= []).Add(TextValue.Escape(raw) + "\\n");
        _isBase64 = true;
    }

    private void AddProperty(int number, string raw)
    {
        if (ContentLine.LooksLikeOne(raw))
        {
            Join();
            _lines.Add((number, raw));
            _isBase64 = IsBase64(raw);
            return;
        }
        if (_lines.Count == 0)
            throw new InvalidEntryException("This line has no property name followed by a colon.", number);
        if (_isBase64)
            (_broken ??= []).Add(raw.Trim());
        else if (IsLongText(_lines[^1].Raw))
            (_broken ??= []).Add("\\n" + TextValue.Escape(raw));
        else
            throw new InvalidEntryException("This line has no property name followed by a colon.", number);
    }

    private void Join()
    {
        if (_broken is null)
            return;
        _lines[^1] = (_lines[^1].Number, _lines[^1].Raw + string.Concat(_broken));
        _broken = null;
    }

    /// <summary>Apple's dates of any kind have their kind in the label of their group.</summary>
    private static void NameAnniversary(List<CardLine> lines)
    {
        if (lines.Exists(line => line.Name == "ANNIVERSARY"))
            return;
        var label = lines.Find(line => line.Name == "X-ABLABEL" && line.Group is not null && line.Line.Value.Contains("Anniversary", StringComparison.OrdinalIgnoreCase));
        var at = label is null ? -1 : lines.FindIndex(line => line.Name == "X-ABDATE" && string.Equals(line.Group, label.Group, StringComparison.OrdinalIgnoreCase));
        if (at < 0)
            return;
        var property = CardProperty.Of(lines[at]);
        property.Name = "ANNIVERSARY";
        lines[at] = property.ToLine(lines[at].Line.Number);
    }

    private static CardVersion VersionOf(ContentLine line) => line.Value.Trim() switch
    {
        "2.1" or "2.0" or "2" => CardVersion.V21,
        "3.0" or "3" => CardVersion.V30,
        "4.0" or "4" => CardVersion.V40,
        _ => throw new InvalidEntryException("Versions 2.1, 3.0 and 4.0 of vCard are known, and this is another.", line.Number),
    };

    /// <summary>Text that some write with real line breaks.</summary>
    private static bool IsLongText(string raw) => Name(raw) is "NOTE" or "LABEL" or "ADR";

    private static string Name(string raw)
    {
        var end = raw.AsSpan().IndexOfAny(':', ';');
        var name = end < 0 ? raw.AsSpan() : raw.AsSpan(0, end);
        var dot = name.LastIndexOf('.');
        return KnownNames.Of(dot < 0 ? name : name[(dot + 1)..]);
    }

    private static bool IsBase64(string raw)
    {
        var colon = raw.IndexOf(':', StringComparison.Ordinal);
        var head = raw.AsSpan(0, Math.Max(0, colon));
        return head.Contains("BASE64", StringComparison.OrdinalIgnoreCase) || head.Contains("ENCODING=B", StringComparison.OrdinalIgnoreCase);
    }

    private static bool IsBlank(string raw) => raw.Length == 0 || (char.IsWhiteSpace(raw[0]) && string.IsNullOrWhiteSpace(raw));

    internal static bool IsMarker(string raw, string marker) =>
        raw.Length > marker.Length && raw[marker.Length] == ':' && raw.StartsWith(marker, StringComparison.OrdinalIgnoreCase);

    internal static bool IsCard(string raw) => raw.AsSpan(raw.IndexOf(':', StringComparison.Ordinal) + 1).Trim().Equals("VCARD", StringComparison.OrdinalIgnoreCase);
}
