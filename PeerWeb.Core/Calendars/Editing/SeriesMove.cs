using PeerWeb.Core.Formats.ICalendar;

namespace PeerWeb.Core.Calendars.Editing;

/// <summary>Moves every instance of a recurring event; single ones that were moved stay as far from their place as they were.</summary>
/// <param name="opened">The changed instance that is moved itself; null where another one is.</param>
/// <param name="moveRule">What becomes of a line with a rule.</param>
internal sealed class SeriesMove(EventDocument document, EventComponent? opened, FieldChange change, Func<ContentLine, SeriesShift, string> moveRule)
{
    private readonly EventSeries _series = document.Series;

    public void Apply()
    {
        var shift = new SeriesShift(_series.Main.Start, change.Before.Start, change.After.Start);
        var times = new SeriesTimes(_series.Main, shift, change);
        if (_series.Master is { } master)
            MoveMaster(master, shift, times);
        foreach (var changed in _series.Overrides)
        {
            var nominal = _series.NominalOf(changed);
            var lines = document.LinesOf(changed);
            if (_series.Master is not null && !shift.IsNone)
                lines.Set(Listed(changed.Component.Find("RECURRENCE-ID")!, changed.RecurrenceId!.Value, shift, shift.Map(nominal)));
            var (start, end) = changed == opened ? (change.After.Start, change.After.End) : times.Of(changed, nominal, _series.Master is not null);
            TimeLines.Set(document, lines, changed, start, end);
        }
    }

    private void MoveMaster(EventComponent master, SeriesShift shift, SeriesTimes times)
    {
        var lines = document.LinesOf(master);
        TimeLines.Set(document, lines, master, shift.NewStart.ToEntryTime(), times.SeriesEnd);
        // An hour that clocks skip that day is no other hour on all other days.
        if (shift.KeepsForm)
            lines.Set(TimeLine.Write("DTSTART", shift.NewStart, master.Component.Find("DTSTART")!));
        if (shift.IsNone)
            return;
        foreach (var rule in lines.All("RRULE"))
            lines.Replace(rule, moveRule(rule, shift));
        foreach (var line in lines.All("EXDATE").Concat(lines.All("RDATE")))
            ShiftList(lines, line, shift);
    }

    private void ShiftList(ComponentLines lines, ContentLine line, SeriesShift shift)
    {
        var times = CalendarTimeText.ReadList(line, _series.Zones).ToList();
        if (shift.KeepsForm)
        {
            var values = times.Select(item =>
            {
                var moved = Moved(item.Start, shift);
                return moved.ToBasicFormat() + (item.End is null ? string.Empty : $"/{PeriodEnd(line, item.Start, moved, item.End)}");
            });
            lines.Replace(line, line.Raw[..^line.Value.Length] + string.Join(',', values));
            return;
        }
        lines.RemoveLine(line);
        foreach (var (time, _) in times)
            lines.Append(Listed(line, time, shift, Moved(time, shift)));
    }

    private static CalendarTime Moved(CalendarTime time, SeriesShift shift) =>
        // A whole day that is left out of timed instances stays a day.
        time.IsDate && !shift.OldStart.IsDate
            ? time.At(time.Local.PlusDays(shift.Days))
            : InFormOf(time, shift, shift.Map(shift.OldStart.LocalLikeMe(time)));

    private string PeriodEnd(ContentLine line, CalendarTime start, CalendarTime moved, string end)
    {
        if (end.Contains('P', StringComparison.OrdinalIgnoreCase))
            return end;
        var elapsed = CalendarTimeText.Read(end, line, _series.Zones).InstantOrUtc - start.InstantOrUtc;
        return moved.At(moved.InstantOrUtc + elapsed).ToBasicFormat();
    }

    /// <summary>A line that names an instance, with the instance's new time.</summary>
    private string Listed(ContentLine line, CalendarTime time, SeriesShift shift, CalendarTime moved)
    {
        if (shift.KeepsForm)
            return TimeLine.Write(line.Name, InFormOf(time, shift, moved), line);
        var entry = moved.ToEntryTime();
        document.NeedZone(entry);
        return TimeLine.Write(line.Name, entry);
    }

    private static CalendarTime InFormOf(CalendarTime time, SeriesShift shift, CalendarTime moved)
    {
        if (!shift.KeepsForm)
            return moved;
        return time.Instant is not null && moved.Instant is { } instant && !(time.Kind == moved.Kind && Equals(time.Zone, moved.Zone))
            ? time.At(instant)
            : time.At(moved.Local);
    }
}
