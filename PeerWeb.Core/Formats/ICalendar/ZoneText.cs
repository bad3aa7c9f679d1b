using NodaTime;
using NodaTime.TimeZones;

namespace PeerWeb.Core.Formats.ICalendar;

/// <summary>Writes the VTIMEZONE of a tzdb zone: the rules that hold from an event on, no history.</summary>
/// <remarks>RFC 5545 3.6.5. Yearly rules where the zone changes its clocks on the same weekday of a month every year, else the dates of the next years.</remarks>
public static class ZoneText
{
    private const int Years = 6;
    private static readonly string[] Days = ["", "MO", "TU", "WE", "TH", "FR", "SA", "SU"];

    /// <param name="from">The first time that is given in the zone.</param>
    public static ComponentLines Write(string zoneId, Instant from)
    {
        var zone = DateTimeZoneProviders.Tzdb[zoneId];
        var first = zone.GetZoneInterval(from);
        var intervals = zone.GetZoneIntervals(new Interval(from, from + Duration.FromDays(366 * Years))).ToList();
        IEnumerable<string> observances = intervals.Count == 1
            ? Observance(first, first.WallOffset, new LocalDateTime(1970, 1, 1, 0, 0), [])
            : intervals.GroupBy(interval => (interval.WallOffset, interval.Savings, interval.Name)).SelectMany(group => Observance(zone, [.. group]));
        return ComponentLines.Of([
            "BEGIN:VTIMEZONE",
            $"TZID:{zoneId}",
            .. observances,
            "END:VTIMEZONE"]);
    }

    private static string[] Observance(DateTimeZone zone, List<ZoneInterval> intervals)
    {
        var first = intervals[0];
        if (!first.HasStart)
            return Observance(first, first.WallOffset, new LocalDateTime(1970, 1, 1, 0, 0), []);
        var starts = intervals.ConvertAll(interval => (Before: OffsetBefore(zone, interval), Local: OnsetOf(zone, interval)));
        string[] repeats = starts.Count == 1
            ? []
            : YearlyRule(starts) is { } rule ? [rule] : [.. starts.Skip(1).Select(start => $"RDATE:{CalendarTimeText.DateTime.Format(start.Local)}")];
        return Observance(first, starts[0].Before, starts[0].Local, repeats);
    }

    private static string[] Observance(ZoneInterval interval, Offset before, LocalDateTime start, string[] repeats)
    {
        var name = interval.Savings == Offset.Zero ? "STANDARD" : "DAYLIGHT";
        return [
            $"BEGIN:{name}",
            $"DTSTART:{CalendarTimeText.DateTime.Format(start)}",
            $"TZOFFSETFROM:{Text(before)}",
            $"TZOFFSETTO:{Text(interval.WallOffset)}",
            $"TZNAME:{interval.Name}",
            .. repeats,
            $"END:{name}"];
    }

    private static string? YearlyRule(List<(Offset Before, LocalDateTime Local)> starts)
    {
        var first = starts[0];
        for (var i = 1; i < starts.Count; i++)
        {
            var (before, local) = starts[i];
            if (before != first.Before || local.Year != first.Local.Year + i || local.Month != first.Local.Month
                || local.DayOfWeek != first.Local.DayOfWeek || local.TimeOfDay != first.Local.TimeOfDay)
            {
                return null;
            }
        }
        var day = Days[(int)first.Local.DayOfWeek];
        if (starts.TrueForAll(start => start.Local.Day + 7 > start.Local.Calendar.GetDaysInMonth(start.Local.Year, start.Local.Month)))
            return $"RRULE:FREQ=YEARLY;BYMONTH={first.Local.Month};BYDAY=-1{day}";
        var week = (first.Local.Day + 6) / 7;
        return starts.TrueForAll(start => (start.Local.Day + 6) / 7 == week) ? $"RRULE:FREQ=YEARLY;BYMONTH={first.Local.Month};BYDAY={week}{day}" : null;
    }

    /// <summary>The onset in the wall-clock time that was before it.</summary>
    private static LocalDateTime OnsetOf(DateTimeZone zone, ZoneInterval interval) =>
        interval.Start.WithOffset(OffsetBefore(zone, interval)).LocalDateTime;

    private static Offset OffsetBefore(DateTimeZone zone, ZoneInterval interval) => zone.GetUtcOffset(interval.Start - Duration.Epsilon);

    private static string Text(Offset offset)
    {
        var seconds = Math.Abs(offset.Seconds);
        var text = $"{(offset.Seconds < 0 ? '-' : '+')}{seconds / 3600:00}{seconds / 60 % 60:00}";
        return seconds % 60 == 0 ? text : $"{text}{seconds % 60:00}";
    }
}
