using PeerWeb.Core.Formats;
using PeerWeb.Core.Formats.ICalendar;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Core.Calendars.Editing;

/// <summary>Links between the events that one series was split into.</summary>
/// <remarks>RFC 5545 3.8.4.5; FIRST and NEXT are of RFC 9253 5.</remarks>
internal static class RelatedLines
{
    private const string First = "FIRST";
    private const string Next = "NEXT";

    /// <summary>The next one; the one that was next before is next to that.</summary>
    public static void SetNext(ComponentLines lines, Uid next) =>
        lines.Replace(line => IsOf(line, Next), [ContentLine.Parse(ContentLines.Checked($"RELATED-TO;RELTYPE={Next}:{TextValue.Escape(next.Value)}", 0), 0)]);

    /// <summary>The first one of all, which stays what it is when a later one is split once more.</summary>
    public static void AddFirst(ComponentLines lines, Uid first)
    {
        if (!lines.Properties.Any(line => IsOf(line, First)))
            lines.Append($"RELATED-TO;RELTYPE={First}:{TextValue.Escape(first.Value)}");
    }

    private static bool IsOf(ContentLine line, string type) =>
        line.Name == "RELATED-TO" && string.Equals(line.Parameter("RELTYPE"), type, StringComparison.OrdinalIgnoreCase);
}
