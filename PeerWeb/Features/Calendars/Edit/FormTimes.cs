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
    public static EntryForm WithStart(EntryForm form, string start)
    {
        var moved = form with { Start = start };
        return Read(form.Start, form.IsAllDay) is { } before && Read(form.End, form.IsAllDay) is { } end && end >= before && Read(start, form.IsAllDay) is { } now
            ? moved with { End = Text(now + Period.Between(before, end, PeriodUnits.Minutes), form.IsAllDay) }
            : moved;
    }

    /// <summary>A day becomes the usual hour at nine, a time its day.</summary>
    public static EntryForm WithAllDay(EntryForm form, bool isAllDay)
    {
        if (form.IsAllDay == isAllDay)
            return form;
        var (start, end) = (Read(form.Start, form.IsAllDay), Read(form.End, form.IsAllDay));
        if (isAllDay)
        {
            // An end at midnight does not touch the day that begins.
            var last = start < end && end is { } at && at.TimeOfDay == LocalTime.Midnight ? at.PlusDays(-1) : end;
            return form with { IsAllDay = true, Start = start is { } first ? Text(first, true) : string.Empty, End = last is { } day ? Text(day, true) : string.Empty };
        }
        return form with
        {
            IsAllDay = false,
            Start = start is { } from ? Text(from.Date.At(Morning), false) : string.Empty,
            End = end is { } until ? Text(until.Date.At(Morning) + Usual, false) : string.Empty,
        };
    }
}
