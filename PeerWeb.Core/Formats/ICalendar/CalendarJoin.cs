using System.Text;
using PeerWeb.Core.Entries;

namespace PeerWeb.Core.Formats.ICalendar;

/// <summary>Writes entries as one VCALENDAR: every line of every component as it is stored, each definition of a time zone once, before its first use.</summary>
/// <remarks>RFC 5545 3.4 and 3.6.5. Holds one entry at a time, and a digest of each zone.</remarks>
internal static class CalendarJoin
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    public static async Task WriteAsync(IAsyncEnumerable<Entry> entries, Stream file, CancellationToken cancellationToken)
    {
        await using var writer = new StreamWriter(file, Utf8, bufferSize: 64 * 1024, leaveOpen: true);
        var zones = new ZoneNames();
        await writer.WriteAsync($"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{EntryText.ProductId}\r\n".AsMemory(), cancellationToken);
        await foreach (var entry in entries.WithCancellation(cancellationToken))
            await writer.WriteAsync(Components(entry.Text, zones).AsMemory(), cancellationToken);
        await writer.WriteAsync("END:VCALENDAR\r\n".AsMemory(), cancellationToken);
    }

    private static string Components(string text, ZoneNames zones)
    {
        var parts = CalendarParts.Of(ContentLines.Read(text)).ToList();
        var renamed = new List<(string ZoneId, string Name)>();
        var written = new StringBuilder();
        foreach (var part in parts.Where(part => part.IsZone))
        {
            var zone = ContentLines.Write(part.Lines);
            if (part.ZoneId is not { } zoneId)
                continue;
            var (name, isNew) = zones.NameOf(zoneId, zone);
            if (name != zoneId)
                renamed.Add((zoneId, name));
            if (isNew)
                written.Append(name == zoneId ? zone : ZoneNames.Renamed(zone, zoneId, name));
        }
        foreach (var part in parts.Where(part => !part.IsZone))
            written.Append(renamed.Aggregate(ContentLines.Write(part.Lines), (component, zone) => ZoneNames.Renamed(component, zone.ZoneId, zone.Name)));
        return written.ToString();
    }
}
