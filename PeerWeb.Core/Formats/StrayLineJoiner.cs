using PeerWeb.Core.Entries;

namespace PeerWeb.Core.Formats;

/// <summary>Drops blank lines, and gives lines that are no properties back to the text they were broken out of.</summary>
/// <remarks>Some exporters write a description with real line breaks instead of <c>\n</c>; such text is kept, anywhere else it is an error.</remarks>
public sealed class StrayLineJoiner
{
    private readonly List<(int Number, string Raw)> _lines = [];
    private readonly List<string> _strays = [];

    /// <exception cref="InvalidEntryException">A line that is no property and does not follow a longer text.</exception>
    public void Add(int number, string raw)
    {
        if (string.IsNullOrWhiteSpace(raw))
            return;
        if (_lines.Count > 0 && IsLongText(_lines[^1].Raw) && IsStray(raw, _strays.Count > 0))
        {
            _strays.Add(raw);
            return;
        }
        if (!ContentLine.LooksLikeOne(raw))
            throw new InvalidEntryException("This line has no property name followed by a colon.", number);
        JoinStrays();
        _lines.Add((number, raw));
    }

    public List<(int Number, string Raw)> Complete()
    {
        JoinStrays();
        return _lines;
    }

    private void JoinStrays()
    {
        if (_strays.Count == 0)
            return;
        var (number, raw) = _lines[^1];
        _lines[^1] = (number, raw + string.Concat(_strays.Select(stray => "\\n" + TextValue.Escape(stray))));
        _strays.Clear();
    }

    /// <summary>Within broken text, "Passcode: 123" is no property either: exporters that write such text write names in capitals.</summary>
    private static bool IsStray(string raw, bool isWithinStrays) =>
        !ContentLine.LooksLikeOne(raw)
        || raw.StartsWith("http:", StringComparison.OrdinalIgnoreCase)
        || raw.StartsWith("https:", StringComparison.OrdinalIgnoreCase)
        || raw.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase)
        || (isWithinStrays && raw.TakeWhile(c => c is not (':' or ';')).Any(char.IsAsciiLetterLower));

    private static bool IsLongText(string raw) =>
        raw.StartsWith("DESCRIPTION", StringComparison.OrdinalIgnoreCase)
        || raw.StartsWith("COMMENT", StringComparison.OrdinalIgnoreCase)
        || raw.StartsWith("X-ALT-DESC", StringComparison.OrdinalIgnoreCase);
}
