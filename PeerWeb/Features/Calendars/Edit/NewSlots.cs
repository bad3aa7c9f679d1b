using NodaTime;
using PeerWeb.Features.Calendars.Week;

namespace PeerWeb.Features.Calendars.Edit;

/// <summary>Where a new event begins and ends when somebody only says about when.</summary>
public static class NewSlots
{
    private static readonly LocalTime UsualStart = new(9, 0);

    /// <summary>A day: an hour from nine; of today, from the next full hour, as long as that is today.</summary>
    public static NewSlot On(LocalDate day, LocalDateTime now)
    {
        var next = now.Date + new LocalTime(now.Hour, 0) + Period.FromHours(1);
        return Hour(day == now.Date && next.Date == day ? next : day + UsualStart);
    }

    /// <summary>An hour from a half hour of the week, or the whole day.</summary>
    public static NewSlot At(WeekCursor cursor) => cursor.Slot is { } slot ? Hour(cursor.Day + WeekCursor.TimeOf(slot)) : AllDay(cursor.Day, cursor.Day);

    public static NewSlot AllDay(LocalDate first, LocalDate last) => new(first.AtMidnight(), last.PlusDays(1).AtMidnight(), IsAllDay: true);

    /// <summary>The last of a day ends with it.</summary>
    private static NewSlot Hour(LocalDateTime start) => new(start, LocalDateTime.Min(start.PlusHours(1), start.Date.PlusDays(1).AtMidnight()), IsAllDay: false);
}
