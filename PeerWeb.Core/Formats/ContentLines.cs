using System.Buffers;
using System.Globalization;
using System.Text;
using PeerWeb.Core.Entries;

namespace PeerWeb.Core.Formats;

/// <summary>Unfolds a text into content lines and folds them back; nothing in between is lost.</summary>
/// <remarks>RFC 5545 3.1. Accepts CRLF, LF and CR; writes CRLF and folds at 75 octets.</remarks>
public static class ContentLines
{
    private const int FoldAt = 75;
    private const int TypicalLength = 2048;

    /// <summary>Putting marks in order takes the square of their number.</summary>
    private const int MaxMarks = 100;

    private static readonly SearchValues<char> Controls =
        SearchValues.Create([.. Enumerable.Range(0, 0xA0).Select(code => (char)code).Where(c => c != '\t' && char.IsControl(c))]);

    /// <exception cref="InvalidEntryException">A line that is no property, a forbidden character, or broken Unicode.</exception>
    public static List<ContentLine> Read(string text)
    {
        var joiner = new StrayLineJoiner();
        foreach (var (number, raw) in Unfold(text))
            joiner.Add(number, raw);
        return joiner.Complete().ConvertAll(line => ContentLine.Parse(Checked(line.Raw, line.Number), line.Number));
    }

    public static string Write(IEnumerable<ContentLine> lines)
    {
        var text = new StringBuilder(TypicalLength);
        foreach (var line in lines)
            AppendFolded(text, line.Raw);
        return text.ToString();
    }

    /// <summary>Appends one unfolded line with its line end, breaking it between code points after at most 75 octets.</summary>
    public static void AppendFolded(StringBuilder text, string raw)
    {
        if (Ascii.IsValid(raw))
        {
            AppendFoldedAscii(text, raw);
            return;
        }
        var octets = 0;
        foreach (var rune in raw.EnumerateRunes())
        {
            if (octets + rune.Utf8SequenceLength > FoldAt)
            {
                text.Append("\r\n ");
                octets = 1;
            }
            text.Append(rune);
            octets += rune.Utf8SequenceLength;
        }
        text.Append("\r\n");
    }

    private static void AppendFoldedAscii(StringBuilder text, string raw)
    {
        var at = Math.Min(FoldAt, raw.Length);
        text.Append(raw, 0, at);
        while (at < raw.Length)
        {
            var length = Math.Min(FoldAt - 1, raw.Length - at);
            text.Append("\r\n ").Append(raw, at, length);
            at += length;
        }
        text.Append("\r\n");
    }

    /// <summary>NFC, and no control characters but the tab.</summary>
    /// <exception cref="InvalidEntryException">A control character, broken Unicode, or more marks on a character than composing them can bear.</exception>
    public static string Checked(string raw, int number)
    {
        if (raw.AsSpan().IndexOfAny(Controls) is >= 0 and var at)
            throw new InvalidEntryException($"This line has a control character (U+{(int)raw[at]:X4}).", number);
        if (Ascii.IsValid(raw))
            return raw;
        var marks = 0;
        foreach (var rune in raw.EnumerateRunes())
        {
            marks = Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.SpacingCombiningMark ? marks + 1 : 0;
            if (marks > MaxMarks)
                throw new InvalidEntryException($"A character of this line has more than {MaxMarks} marks.", number);
        }
        try
        {
            return raw.IsNormalized(NormalizationForm.FormC) ? raw : raw.Normalize(NormalizationForm.FormC);
        }
        catch (ArgumentException)
        {
            throw new InvalidEntryException("This line is not valid Unicode.", number);
        }
    }

    /// <param name="isQuotedPrintable">As in <see cref="LineRules"/>; a line break of the encoding stays in the line as a line feed.</param>
    internal static IEnumerable<(int Number, string Raw)> Unfold(string text, bool isQuotedPrintable = false)
    {
        var at = text.StartsWith('\uFEFF') ? 1 : 0;
        var number = 0;
        var begun = 0;
        StringBuilder? folded = null;
        string? current = null;
        var (isEncoded, isBroken) = (false, false);
        while (at < text.Length)
        {
            var end = text.AsSpan(at).IndexOfAny('\r', '\n');
            end = end < 0 ? text.Length : at + end;
            number++;
            // Blank lines do not end a folded one: some files have CR CR LF at every line.
            var isBlank = end == at;
            if (isQuotedPrintable && isBroken)
            {
                (folded ??= new StringBuilder(current)).Append('\n').Append(text, at, end - at);
            }
            else if (!isBlank && current is not null && text[at] is ' ' or '\t')
            {
                (folded ??= new StringBuilder(current)).Append(text, at + 1, end - at - 1);
            }
            else if (!isBlank)
            {
                if (current is not null)
                    yield return (begun, folded?.ToString() ?? current);
                (current, folded, begun) = (text[at..end], null, number);
                isEncoded = isQuotedPrintable && QuotedPrintable.IsNamed(current);
            }
            if (isQuotedPrintable)
                isBroken = end > at && text[end - 1] == '=' && isEncoded;
            at = end + (end + 1 < text.Length && text[end] == '\r' && text[end + 1] == '\n' ? 2 : 1);
        }
        if (current is not null)
            yield return (begun, folded?.ToString() ?? current);
    }
}
