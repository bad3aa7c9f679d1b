using NodaTime;
using PeerWeb.Core.Calendars;
using PeerWeb.Core.Primitives;
using PeerWeb.Features.Calendars.Edit;
using PeerWeb.Features.Calendars.Month;
using PeerWeb.Shared.Files;

namespace PeerWeb.Features.Calendars;

/// <summary>Files of calendars.</summary>
public static class CalendarFiles
{
    public static readonly AppFiles Instance = AppFiles.OfICalendar(
        CalendarApp.AppId, EventKind.Nouns, "Import a calendar file", "An iCalendar file (.ics), as every calendar program exports it", "When", text => Of(CalendarEvent.Read(text)));

    private static EntryWords Of(CalendarEvent read) => new(
        read.Summary,
        WhenOf(read),
        read.RecurrenceRule,
        [new("title", read.Summary), new("time", WhenOf(read)), new("repeats", read.RecurrenceRule ?? "never"), new("place", read.Location ?? string.Empty)]);

    /// <summary>In the event's own zone.</summary>
    private static string WhenOf(CalendarEvent read)
    {
        var when = EventWords.When(read.Start.Local, read.End.LocalFor(ZoneOf(read.Start)), read.Start.IsDate);
        return read.Start.Kind switch
        {
            TimeKind.Utc => $"{when} UTC",
            TimeKind.Zoned => $"{when} ({read.Start.ZoneId?.Replace('_', ' ')})",
            TimeKind.Floating or TimeKind.Date => when,
        };
    }

    private static DateTimeZone ZoneOf(EntryTime time) =>
        time.ZoneId is { } id ? DateTimeZoneProviders.Tzdb.GetZoneOrNull(id) ?? DateTimeZone.Utc : DateTimeZone.Utc;
}
