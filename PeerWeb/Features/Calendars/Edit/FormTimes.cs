using NodaTime;
using NodaTime.Text;

namespace PeerWeb.Features.Calendars.Edit;

/// <summary>Times as native date inputs hold them.</summary>
public static class FormTimes
{
    private static readonly LocalDateTimePattern Minutes = LocalDateTimePattern.CreateWithInvariantCulture("uuuu'-'MM'-'dd'T'HH':'mm");
    private static readonly LocalDateTimePattern Seconds = LocalDateTimePattern.CreateWithInvariantCulture("uuuu'-'MM'-'dd'T'HH':'mm':'ss");
    private static readonly LocalTime Morning = new(9, 0);
    private static readonly Period Usual = Period.FromHours(1);

    public static string Text(LocalDateTime time, bool isAllDay) => isAllDay ? LocalDatePattern.Iso.Format(time.Date) : Minutes.Format(time);

    /// <param name="end">Exclusive; an all-day event's input holds its last day.</param>
    public static string EndText(LocalDateTime start, LocalDateTime end, bool isAllDay) =>
        Text(isAllDay && end.Date > start.Date ? end.PlusDays(-1) : end, isAllDay);

    /// <summary>Null where the input is empty or holds no time.</summary>
    public static LocalDateTime? Read(string text, bool isAllDay)
    {
        if (isAllDay)
            return LocalDatePattern.Iso.Parse(text) is { Success: true, Value: var day } ? day.AtMidnight() : null;
        return Minutes.Parse(text) is { Success: true, Value: var minutes } ? minutes
            : Seconds.Parse(text) is { Success: true, Value: var seconds } ? seconds
            : null;
    }

    /// <summary>The end as an entry has it: exclusive.</summary>
    public static LocalDateTime? ReadEnd(string text, bool isAllDay) => Read(text, isAllDay) is { } end ? isAllDay ? end.PlusDays(1) : end : null;

    /// <summary>Another start takes the end with it, so that the event lasts as long as before.</summary>
    public static EventForm WithStart(EventForm form, string start)
    {
        var moved = form with { Start = start };
        if (Read(form.Start, form.IsAllDay) is not { } before || Read(form.End, form.IsAllDay) is not { } end || Read(start, form.IsAllDay) is not { } now)
            return moved;
        var length = Period.Between(before, end, PeriodUnits.Minutes);
        // A flight that lands by the clock before it took off keeps its length too.
        return end >= before || form.StartZone != form.EndZoneInEffect ? moved with { End = Text(now + length, form.IsAllDay) } : moved;
    }

    /// <summary>The clock time stays, in another zone; the end comes along as long as both were in one.</summary>
    public static EventForm WithStartZone(EventForm form, string zone) =>
        form with { StartZone = zone, EndZone = form.EndZoneInEffect == form.StartZone ? zone : form.EndZone };

    /// <summary>A time becomes its day, a day the time that it had when the dialog opened, or else the usual hour at nine.</summary>
    public static EventForm WithAllDay(EventForm form, bool isAllDay, EventForm opened)
    {
        if (form.IsAllDay == isAllDay)
            return form;
        var (start, end) = (Read(form.Start, form.IsAllDay), Read(form.End, form.IsAllDay));
        if (isAllDay)
            return form with { IsAllDay = true, Start = start is { } first ? Text(first, true) : string.Empty, End = LastDay(start, end) is { } last ? Text(last, true) : string.Empty };
        if (Read(opened.Start, false) is { } from && Read(opened.End, false) is { } until && LastDay(from, until) is { } day)
        {
            return form with
            {
                IsAllDay = false,
                Start = start is { } at ? Text(at.Date + from.TimeOfDay, false) : string.Empty,
                End = end is { } to ? Text(to + Period.Between(day.Date.AtMidnight(), until, PeriodUnits.Minutes), false) : string.Empty,
            };
        }
        return form with
        {
            IsAllDay = false,
            Start = start is { } morning ? Text(morning.Date.At(Morning), false) : string.Empty,
            End = end is { } evening ? Text(evening.Date.At(Morning) + Usual, false) : string.Empty,
        };
    }

    /// <summary>An end at midnight does not touch the day that begins.</summary>
    private static LocalDateTime? LastDay(LocalDateTime? start, LocalDateTime? end) =>
        start < end && end is { } at && at.TimeOfDay == LocalTime.Midnight ? at.PlusDays(-1) : end;
}
