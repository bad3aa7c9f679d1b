using System.Globalization;
using NodaTime;
using NodaTime.Text;
using PeerWeb.Core.Primitives;
using PeerWeb.Features.Calendars.Month;

namespace PeerWeb.Features.Calendars.Edit;

/// <summary>Start and end of a form in words: by the event's own clocks, and by the viewer's where those show something else.</summary>
public static class TimeWords
{
    private static readonly LocalDatePattern Day = LocalDatePattern.Create("ddd d MMM", CultureInfo.InvariantCulture);
    private static readonly LocalDateTimePattern DayAndClock = LocalDateTimePattern.Create("ddd d MMM, HH:mm", CultureInfo.InvariantCulture);

    public static string Said(EventForm form, EntryTime start, EntryTime end)
    {
        if (start.IsDate || FormZone.Read(form.StartZone) is not { } from || FormZone.Read(form.EndZoneInEffect) is not { } to)
            return EventWords.When(start.Local, end.Local, start.IsDate);
        if (from.Clock == to.Clock)
            return EventWords.When(from.Show(start), to.Show(end), false);
        return $"{Moment(from.Show(start))} in {from.Words} to {Moment(to.Show(end))} in {to.Words}";
    }

    /// <summary>Null where the viewer's clock shows the same.</summary>
    public static string? ForViewer(EventForm form, EntryTime start, EntryTime end, DateTimeZone viewer)
    {
        if (start.Instant is null || FormZone.Read(form.StartZone) is not { } from || FormZone.Read(form.EndZoneInEffect) is not { } to)
            return null;
        var (here, until) = (start.LocalFor(viewer), end.LocalFor(viewer));
        return here == from.Show(start) && until == to.Show(end) ? null : $"{EventWords.When(here, until, false)} where you are ({viewer.Id.Replace('_', ' ')})";
    }

    /// <summary>"Moved to Tue 24 Nov, 10:00."</summary>
    /// <param name="start">By the viewer's clock.</param>
    public static string Moved(LocalDateTime start, bool isAllDay) => $"Moved to {Moment(start, isAllDay)}.";

    /// <summary>"Tue 24 Nov, 10:00"</summary>
    public static string Moment(LocalDateTime time, bool isAllDay) => isAllDay ? Day.Format(time.Date) : DayAndClock.Format(time);

    private static string Moment(LocalDateTime time) => $"{EventWords.Day(time.Date)}, {EventWords.Time(time.TimeOfDay)}";
}
