using System.Text;

namespace PeerWeb.Core.Primitives;

/// <summary>Text of others as it may be shown: on one line no control characters, and no bidi controls that could turn the rest of the line around.</summary>
public static class DisplayText
{
    public static string OneLine(string text)
    {
        foreach (var c in text)
        {
            if (char.IsControl(c) || IsBidiControl(c))
                return Cleaned(text);
        }
        return text.Trim();
    }

    /// <summary>At most <paramref name="most"/> characters, cut between code points, with an ellipsis where cut.</summary>
    public static string Excerpt(string? text, int most)
    {
        var line = OneLine(text ?? string.Empty);
        if (line.Length <= most)
            return line;
        var end = char.IsHighSurrogate(line[most - 2]) ? most - 2 : most - 1;
        return line[..end] + "…";
    }

    /// <summary>What somebody typed, over several lines: line feeds between them, and no control characters but those and tabs.</summary>
    public static string Lines(string text)
    {
        var typed = new StringBuilder(text.Length);
        foreach (var c in text.ReplaceLineEndings("\n"))
        {
            if (c is '\n' or '\t' || !char.IsControl(c))
                typed.Append(c);
        }
        return typed.ToString().Trim();
    }

    private static string Cleaned(string text)
    {
        var line = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (char.IsControl(c))
                line.Append(' ');
            else if (!IsBidiControl(c))
                line.Append(c);
        }
        return line.ToString().Trim();
    }

    private static bool IsBidiControl(char c) => c is '\u061C' or '\u200E' or '\u200F' or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');
}
