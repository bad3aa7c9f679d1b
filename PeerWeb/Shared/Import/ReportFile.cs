using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using PeerWeb.Core.Entries;

namespace PeerWeb.Shared.Import;

/// <summary>A report as a file to keep: a table for spreadsheets, or plain text.</summary>
public static partial class ReportFile
{
    private static readonly UTF8Encoding WithMark = new(encoderShouldEmitUTF8Identifier: true);

    /// <summary>CSV after RFC 4180, with a mark by which spreadsheets know UTF-8.</summary>
    /// <param name="entry">What an entry is called: "event".</param>
    public static byte[] Csv(string entry, IEnumerable<ImportedEntry> results)
    {
        var text = new StringBuilder($"number,{entry},result,reason,line\r\n");
        foreach (var result in results)
        {
            text.Append(CultureInfo.InvariantCulture, $"{result.Number},{Cell(result.Label)},{OutcomeCounts.Name(result.Outcome)},{Cell(result.Reason ?? string.Empty)},{result.Line}")
                .Append("\r\n");
        }
        return [.. WithMark.Preamble, .. WithMark.GetBytes(text.ToString())];
    }

    public static byte[] Text(string fileName, OutcomeCounts counts, IEnumerable<ImportedEntry> results)
    {
        var text = new StringBuilder($"Import of {fileName}\r\n");
        text.Append(string.Join(", ", Enum.GetValues<ImportOutcome>().Select(outcome => string.Create(CultureInfo.InvariantCulture, $"{counts.Of(outcome)} {OutcomeCounts.Name(outcome)}"))))
            .Append(".\r\n\r\n");
        foreach (var result in results)
        {
            text.Append(CultureInfo.InvariantCulture, $"{result.Number,6}  {OutcomeCounts.Name(result.Outcome),-9}  {OneLine(result.Label)}");
            if (result.Reason is { } reason)
                text.Append(": ").Append(OneLine(reason));
            if (result.Line is { } line)
                text.Append(CultureInfo.InvariantCulture, $" (line {line})");
            text.Append("\r\n");
        }
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    /// <summary>A cell that no spreadsheet takes for a formula: what begins like one gets an apostrophe before it, also where it would begin a cell in a country whose cells end with a semicolon or a tab.</summary>
    private static string Cell(string value)
    {
        var guarded = FormulaBegins().Replace(value, "'");
        return $"\"{(guarded is ['\t' or '\r' or '\n', ..] ? "'" + guarded : guarded).Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }

    [GeneratedRegex("(?<=^|[;\\t\\n]|\\r(?!\\n))(?=[\\s\"']*[=+\\-@\uFF1D\uFF0B\uFF0D\uFF20])", RegexOptions.CultureInvariant)]
    private static partial Regex FormulaBegins();

    private static string OneLine(string text) => text.ReplaceLineEndings(" ");
}
