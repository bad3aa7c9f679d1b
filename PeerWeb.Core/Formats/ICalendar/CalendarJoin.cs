using System.Text;
using PeerWeb.Core.Entries;

namespace PeerWeb.Core.Formats.ICalendar;

/// <summary>Writes entries as one VCALENDAR: every line of every component as it is stored, each definition of a time zone once, before its first use.</summary>
/// <remarks>RFC 5545 3.4 and 3.6.5. Holds one entry at a time, and a digest of each zone.</remarks>
internal static class CalendarJoin
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <param name="onSkipped">Told of entries that cannot be read, which are left out.</param>
    public static async Task WriteAsync(IAsyncEnumerable<Entry> entries, Stream file, Action<SkippedEntry> onSkipped, CancellationToken cancellationToken)
    {
        await using var writer = new StreamWriter(file, Utf8, bufferSize: 64 * 1024, leaveOpen: true);
        var zones = new ZoneNames();
        await writer.WriteAsync($"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{EntryText.ProductId}\r\n".AsMemory(), cancellationToken);
        await foreach (var entry in entries.WithCancellation(cancellationToken))
        {
            if (PartsOf(entry, onSkipped) is { } parts)
                await writer.WriteAsync(Components(parts, zones).AsMemory(), cancellationToken);
        }
        await writer.WriteAsync("END:VCALENDAR\r\n".AsMemory(), cancellationToken);
    }

    /// <summary>Null where they cannot be read: one entry must not spoil the file that it is in.</summary>
    private static List<CalendarPart>? PartsOf(Entry entry, Action<SkippedEntry> onSkipped)
    {
        try
        {
            return CalendarText.Guard(() =>
            {
                var lines = ContentLines.Read(entry.Text);
                if (Component.Read(lines) is not { Name: "VCALENDAR" } calendar || calendar.Components.TrueForAll(component => component.Name == "VTIMEZONE"))
                    throw new InvalidEntryException("There is nothing in it.", null);
                return CalendarParts.Of(lines).ToList();
            });
        }
        catch (InvalidEntryException invalid)
        {
            onSkipped(new SkippedEntry(entry.Collection, entry.Uid, invalid.Message, invalid.Line));
            return null;
        }
    }

    private static string Components(List<CalendarPart> parts, ZoneNames zones)
    {
        var renamed = new Dictionary<string, string>();
        var written = new StringBuilder();
        foreach (var part in parts.Where(part => part.IsZone))
        {
            var zone = ContentLines.Write(part.Lines);
            if (part.ZoneId is not { } zoneId)
                continue;
            var (name, isNew) = zones.NameOf(zoneId, zone);
            if (name != zoneId)
                renamed[zoneId] = name;
            if (isNew)
                written.Append(name == zoneId ? zone : ZoneNames.Renamed(part.Lines, zoneId, name));
        }
        foreach (var part in parts.Where(part => !part.IsZone))
            written.Append(renamed.Count == 0 ? ContentLines.Write(part.Lines) : ZoneNames.Renamed(part.Lines, renamed));
        return written.ToString();
    }
}
