using System.Text;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Core.Notes;

/// <summary>The beginning of a Markdown text as plain words.</summary>
/// <remarks>For lists: marks that are nothing but marks go, everything else stays as it was typed. It is shown as text, never as HTML.</remarks>
internal static class NoteExcerpt
{
    /// <summary>Marks make a text longer than its words, but hardly four times.</summary>
    private const int Looked = 4;

    private static readonly char[] Emphasis = ['*', '_', '`', '~'];

    public static string Of(string text, int most)
    {
        var words = new StringBuilder();
        foreach (var line in text.AsSpan(0, Math.Min(text.Length, Looked * most)).EnumerateLines())
        {
            if (Plain(line) is { Length: > 0 } plain)
                words.Append(words.Length > 0 ? " " : string.Empty).Append(plain);
        }
        return DisplayText.Excerpt(words.ToString(), most);
    }

    private static string Plain(ReadOnlySpan<char> line)
    {
        var left = WithoutLead(line.Trim());
        if (IsRule(left))
            return string.Empty;
        var plain = new StringBuilder(left.Length);
        for (var i = 0; i < left.Length; i++)
        {
            // A link or an image is its words.
            if (left[i] == '!' && i + 1 < left.Length && left[i + 1] == '[')
                continue;
            if (left[i] == '[' && Link(left[i..]) is (var label, var length))
            {
                plain.Append(left.Slice(i + 1, label));
                i += length - 1;
            }
            else if (!IsMark(left, i))
            {
                plain.Append(left[i]);
            }
        }
        return plain.ToString().Trim();
    }

    /// <summary>Heading, quote, list and fence.</summary>
    private static ReadOnlySpan<char> WithoutLead(ReadOnlySpan<char> line)
    {
        var left = line.TrimStart("#>").TrimStart();
        if (left.StartsWith("```") || left.StartsWith("~~~"))
            return [];
        if (left is ['-' or '*' or '+', ' ', ..])
            left = left[2..].TrimStart();
        return left.StartsWith("[ ] ") || left.StartsWith("[x] ") ? left[4..] : left;
    }

    private static bool IsRule(ReadOnlySpan<char> line) => line.Length >= 3 && line[0] is ('-' or '*' or '_' or '=') && line.Trim(line[0]).IsEmpty;

    /// <summary>Where the label ends and how long the whole is; null where it is none.</summary>
    private static (int Label, int Length)? Link(ReadOnlySpan<char> text)
    {
        var end = text.IndexOf(']');
        if (end < 1 || end + 1 >= text.Length || text[end + 1] != '(' || text[end..].IndexOf(')') is not (> 0 and var close))
            return null;
        return (end - 1, end + close + 1);
    }

    /// <summary>Signs that stand at the edge of a word; between letters, as in snake_case, they are part of it.</summary>
    private static bool IsMark(ReadOnlySpan<char> line, int at)
    {
        if (!Emphasis.Contains(line[at]))
            return false;
        var (before, after) = (at == 0 || !char.IsLetterOrDigit(line[at - 1]), at == line.Length - 1 || !char.IsLetterOrDigit(line[at + 1]));
        return before != after || (before && after && ((at > 0 && line[at - 1] == line[at]) || (at < line.Length - 1 && line[at + 1] == line[at])));
    }
}
