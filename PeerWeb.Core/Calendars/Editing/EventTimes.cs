using NodaTime;
using NodaTime.TimeZones;
using PeerWeb.Core.Formats.ICalendar;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Core.Calendars.Editing;

/// <summary>Turns wall-clock times of a viewer into times of an event, which keeps the kind and zone that it has.</summary>
public static class EventTimes
{
    /// <summary>Start and end of an event that a viewer wants from one wall-clock time to another.</summary>
    /// <param name="start">As it was; its kind and zone stay unless <paramref name="isAllDay"/> says another.</param>
    /// <param name="end">As it was; it may be in another zone than the start.</param>
    /// <param name="newStart">In <paramref name="viewer"/>; a floating time is the same everywhere.</param>
    /// <param name="newEnd">Exclusive; of an all-day event, midnight after its last day.</param>
    public static (EntryTime Start, EntryTime End) Move(
        EntryTime start, EntryTime end, LocalDateTime newStart, LocalDateTime newEnd, bool isAllDay, DateTimeZone viewer)
    {
        if (isAllDay)
            return AllDay(newStart, newEnd);
        if (start.IsDate)
            return New(newStart, newEnd, isAllDay, viewer);
        // What was not moved stays exactly, also where clocks repeat an hour.
        return (
            newStart == start.LocalFor(viewer) ? start : At(start, newStart, viewer),
            newEnd == end.LocalFor(viewer) ? end : At(end, newEnd, viewer));
    }

    /// <summary>Start and end of a new event: in the viewer's zone, or dates.</summary>
    public static (EntryTime Start, EntryTime End) New(LocalDateTime start, LocalDateTime end, bool isAllDay, DateTimeZone viewer) =>
        isAllDay ? AllDay(start, end) : (viewer.At(start), viewer.At(end));

    private static (EntryTime Start, EntryTime End) AllDay(LocalDateTime start, LocalDateTime end)
    {
        var last = end.TimeOfDay == LocalTime.Midnight && end.Date > start.Date ? end.Date : end.Date.PlusDays(1);
        return (EntryTime.Date(start.Date), EntryTime.Date(last));
    }

    private static EntryTime At(EntryTime old, LocalDateTime local, DateTimeZone viewer) => old.Kind switch
    {
        TimeKind.Floating => EntryTime.Floating(local),
        TimeKind.Date => EntryTime.Date(local.Date),
        TimeKind.Utc or TimeKind.Zoned => old.ToCalendarTime().At(InstantOf(local, viewer)).ToEntryTime(),
        _ => throw new InvalidOperationException($"There is no time kind {old.Kind}."),
    };

    private static Instant InstantOf(LocalDateTime local, DateTimeZone zone) => zone.ResolveLocal(local, Resolvers.LenientResolver).ToInstant();
}
