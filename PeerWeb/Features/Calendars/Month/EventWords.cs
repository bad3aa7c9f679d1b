using System.Globalization;
using NodaTime;
using NodaTime.Text;
using PeerWeb.Core.Calendars;
using PeerWeb.Core.Federation.Merge;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Features.Calendars.Month;

/// <summary>Days, times and events in words: the one formatter of the calendar.</summary>
public static class EventWords
{
    private static readonly LocalDatePattern FullDay = LocalDatePattern.Create("dddd, d MMMM uuuu", CultureInfo.InvariantCulture);
    private static readonly LocalDatePattern MonthOnly = LocalDatePattern.Create("MMMM uuuu", CultureInfo.InvariantCulture);
    private static readonly LocalTimePattern Clock = LocalTimePattern.Create("HH:mm", CultureInfo.InvariantCulture);
    private static readonly LocalDatePattern LongDay = LocalDatePattern.Create("d MMMM uuuu", CultureInfo.InvariantCulture);
    private static readonly LocalDatePattern ShortDay = LocalDatePattern.Create("d MMM", CultureInfo.InvariantCulture);

    public static string Month(MonthSpan span) => MonthOnly.Format(span.First);

    /// <summary>"23 – 29 November 2026", "30 Nov – 6 Dec 2026"; month and year are named once where both ends share them.</summary>
    public static string Days(LocalDate first, LocalDate last) => (first.Year == last.Year, first.Month == last.Month) switch
    {
        (true, true) => $"{Number(first.Day)} – {LongDay.Format(last)}",
        (true, false) => $"{DayAndMonth(first)} – {DayAndMonth(last)} {Number(last.Year)}",
        (false, _) => $"{DayAndMonth(first)} {Number(first.Year)} – {DayAndMonth(last)} {Number(last.Year)}",
    };

    public static string Day(LocalDate day) => FullDay.Format(day);

    /// <summary>"23 November 2026".</summary>
    public static string LongDate(LocalDate day) => LongDay.Format(day);

    public static string DayAndMonth(LocalDate day) => ShortDay.Format(day);

    public static string IsoDay(LocalDate day) => LocalDatePattern.Iso.Format(day);

    public static LocalDate? ParseIsoDay(string? text) =>
        text is not null && LocalDatePattern.Iso.Parse(text) is { Success: true, Value: var day } ? day : null;

    public static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    public static string Time(LocalTime time) => Clock.Format(time);

    /// <summary>"Friday, 3 January 2025, 09:00 to 10:30"; days and times are named once where both ends share them.</summary>
    public static string When(EventInstance instance) => When(instance.Start, instance.End, instance.IsAllDay);

    /// <param name="end">Exclusive; of all-day events the midnight after.</param>
    public static string When(LocalDateTime start, LocalDateTime end, bool isAllDay)
    {
        if (isAllDay)
        {
            var last = end > start ? end.Date.PlusDays(-1) : start.Date;
            return last > start.Date ? $"{Day(start.Date)} to {Day(last)}, all day" : $"{Day(start.Date)}, all day";
        }
        if (end == start)
            return $"{Day(start.Date)}, {Time(start.TimeOfDay)}";
        return end.Date == start.Date
            ? $"{Day(start.Date)}, {Time(start.TimeOfDay)} to {Time(end.TimeOfDay)}"
            : $"{Day(start.Date)}, {Time(start.TimeOfDay)} to {Day(end.Date)}, {Time(end.TimeOfDay)}";
    }

    /// <summary>What stands before a title in a list of one day: "all day", "09:00 – 10:30", "until 02:00".</summary>
    public static string TimeOn(EventInstance instance, LocalDate day)
    {
        var startsHere = instance.FirstDay == day;
        var endsHere = instance.LastDay == day;
        return (instance.IsAllDay, startsHere, endsHere) switch
        {
            (true, _, _) or (false, false, false) => "all day",
            (_, true, true) when instance.End == instance.Start => Time(instance.Start.TimeOfDay),
            (_, true, true) => $"{Time(instance.Start.TimeOfDay)} – {Time(instance.End.TimeOfDay)}",
            (_, true, false) => $"from {Time(instance.Start.TimeOfDay)}",
            (_, false, true) => $"until {Time(instance.End.TimeOfDay)}",
        };
    }

    /// <summary>What stands before a title in a cell: "09:00 ", or nothing where an event begins on no clock or on no day of this week.</summary>
    public static string Shown(Segment segment) =>
        segment.Instance.IsAllDay || segment.ContinuesBefore ? string.Empty : $"{Time(segment.Instance.Start.TimeOfDay)} ";

    /// <summary>The accessible name: title, date, time and source.</summary>
    public static string Name(EventInstance instance, string source) =>
        $"{instance.Title}, {StatusBefore(instance)}{When(instance)}, {source}";

    /// <summary>The event in its own zone, where clocks there show another time than the viewer's; null where they do not.</summary>
    public static string? Elsewhere(EventInstance instance)
    {
        if (instance.Summary is not { Start: { ZoneId: { } zone } start, End: { } end } || start.Local == instance.Start)
            return null;
        return $"{When(start.Local, end.ZoneId == zone ? end.Local : start.Local + (instance.End - instance.Start), false)} in {zone.Replace('_', ' ')}";
    }

    /// <summary>When an entry is, for a line about it; of a series its first instance.</summary>
    public static string? About(MergedEntry entry, DateTimeZone zone) =>
        entry.Summary is { Start: { } start, End: { } end } ? When(start.LocalFor(zone), end.LocalFor(zone), start.IsDate) : null;

    /// <summary>The same moment in another zone; null for dates and floating times, which are no moments.</summary>
    public static string? WhenIn(DateTimeZone zone, EntryTime start, EntryTime end) =>
        start.Instant is { } begins && end.Instant is { } ends && ends >= begins
            ? When(begins.InZone(zone).LocalDateTime, ends.InZone(zone).LocalDateTime, false)
            : null;

    /// <summary>A start for machines: a date, a local time, or an instant with the viewer's offset.</summary>
    public static string Iso(EventInstance instance, DateTimeZone viewer) => instance.Summary.Start switch
    {
        { Instant: { } instant } => OffsetDateTimePattern.Rfc3339.Format(instant.InZone(viewer).ToOffsetDateTime()),
        { Kind: TimeKind.Date } => LocalDatePattern.Iso.Format(instance.FirstDay),
        _ => LocalDateTimePattern.GeneralIso.Format(instance.Start),
    };

    /// <summary>What the box of something to be done is called.</summary>
    public static string Done(EventInstance instance) => $"Done: {instance.Title}";

    private static string StatusBefore(EventInstance instance) => instance.Status switch
    {
        EventStatus.Cancelled => "cancelled, ",
        EventStatus.Tentative => "tentative, ",
        _ => string.Empty,
    };
}
