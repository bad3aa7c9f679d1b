using NodaTime;
using PeerWeb.Core.Primitives;
using PeerWeb.Features.Calendars.Month;

namespace PeerWeb.Features.Calendars.Edit;

/// <summary>Start and end of a form in words: by the event's own clocks, and by the viewer's where those show something else.</summary>
public static class TimeWords
{
    public static string Said(EntryForm form, EntryTime start, EntryTime end)
    {
        if (start.IsDate || FormZone.Read(form.StartZone) is not { } from || FormZone.Read(form.EndZoneInEffect) is not { } to)
            return EventWords.When(start.Local, end.Local, start.IsDate);
        if (from.Clock == to.Clock)
            return EventWords.When(from.Show(start), to.Show(end), false);
        return $"{Moment(from.Show(start))} in {from.Words} to {Moment(to.Show(end))} in {to.Words}";
    }

    /// <summary>Null where the viewer's clock shows the same.</summary>
    public static string? ForViewer(EntryForm form, EntryTime start, EntryTime end, DateTimeZone viewer)
    {
        if (start.Instant is null || FormZone.Read(form.StartZone) is not { } from || FormZone.Read(form.EndZoneInEffect) is not { } to)
            return null;
        var (here, until) = (start.LocalFor(viewer), end.LocalFor(viewer));
        return here == from.Show(start) && until == to.Show(end) ? null : $"{EventWords.When(here, until, false)} where you are ({viewer.Id.Replace('_', ' ')})";
    }

    private static string Moment(LocalDateTime time) => $"{EventWords.Day(time.Date)}, {EventWords.Time(time.TimeOfDay)}";
}
