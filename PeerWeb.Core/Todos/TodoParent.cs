using PeerWeb.Core.Formats;
using PeerWeb.Core.Formats.ICalendar;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Core.Todos;

/// <summary>The todo that one is a part of.</summary>
/// <remarks>RFC 5545 3.8.4.5; PARENT is what RELATED-TO without RELTYPE says (3.2.15).</remarks>
internal static class TodoParent
{
    /// <summary>Of several the first; null where there is none.</summary>
    public static Uid? Of(IEnumerable<ContentLine> lines) =>
        lines.FirstOrDefault(IsParent) is { } line && Uid.TryParse(TextValue.Unescape(line.Value).Trim(), out var parent) ? parent : null;

    /// <summary>Other relations stay.</summary>
    public static void Set(ComponentLines lines, Uid? parent) => lines.Replace(
        IsParent,
        parent is { } uid ? [ContentLine.Parse(ContentLines.Checked($"RELATED-TO;RELTYPE=PARENT:{TextValue.Escape(uid.Value)}", 0), 0)] : []);

    private static bool IsParent(ContentLine line) =>
        line.Name == "RELATED-TO" && (line.Parameter("RELTYPE") is not { } type || type.Equals("PARENT", StringComparison.OrdinalIgnoreCase));
}
