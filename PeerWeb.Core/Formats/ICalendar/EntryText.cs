using System.Text;
using PeerWeb.Core.Entries;

namespace PeerWeb.Core.Formats.ICalendar;

/// <summary>Puts an entry's text together: the calendar's head, the zones it refers to, its components.</summary>
/// <remarks>METHOD and the calendar's own name stay behind: an entry is no message, and no calendar. RFC 4791 4.1.</remarks>
internal static class EntryText
{
    public const string ProductId = "PRODID:-//PeerWeb//PeerWeb//EN";

    /// <exception cref="InvalidEntryException">Larger than an entry may be.</exception>
    public static async Task<string> AssembleAsync(FileContents.Group group, SpillStream spill, CancellationToken cancellationToken)
    {
        var text = new StringBuilder();
        AppendHead(text, group.Members[0].Calendar);
        var zones = new HashSet<string>();
        foreach (var member in group.Members)
        {
            foreach (var zone in member.Zones)
            {
                if (member.Calendar.Zones.TryGetValue(zone, out var piece) && zones.Add(zone))
                    text.Append(await ReadAsync(piece, text, spill, cancellationToken));
            }
        }
        foreach (var member in group.Members)
            text.Append(await ReadAsync(member.Text, text, spill, cancellationToken));
        return text.Append("END:VCALENDAR\r\n").ToString();
    }

    private static void AppendHead(StringBuilder text, FileContents.CalendarHead head)
    {
        text.Append("BEGIN:VCALENDAR\r\n");
        if (!head.Lines.Exists(line => line.Name == "VERSION"))
            text.Append("VERSION:2.0\r\n");
        if (!head.Lines.Exists(line => line.Name == "PRODID"))
            text.Append(ProductId).Append("\r\n");
        text.Append(ContentLines.Write(head.Lines));
    }

    private static async Task<string> ReadAsync(SpillStream.Piece piece, StringBuilder text, SpillStream spill, CancellationToken cancellationToken) =>
        text.Length + piece.Length <= Caps.Entry + (Caps.Entry / 4)
            ? await spill.ReadAsync(piece, cancellationToken)
            : throw new InvalidEntryException($"The entry is larger than {Caps.Entry / 1024} KiB.", null);
}
