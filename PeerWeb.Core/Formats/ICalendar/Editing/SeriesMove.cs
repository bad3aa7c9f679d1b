
namespace PeerWeb.Core.Formats.ICalendar.Editing;

/// <summary>Moves every instance of a recurring entry; single ones that were moved stay as far from their place as they were.</summary>
/// <param name="opened">The changed instance that is moved itself; null where another one is.</param>
/// <param name="rules">What becomes of the lines with rules, in their order.</param>
internal sealed class SeriesMove(ComponentDocument document, TimedComponent? opened, FieldChange change, SeriesShift shift, IReadOnlyList<string> rules)
{
    private readonly ComponentSeries _series = document.Series;

    public void Apply()
    {
        var times = new SeriesTimes(_series.Main, shift, change);
        if (_series.Master is { } master)
            MoveMaster(master, times);
        foreach (var changed in _series.Overrides)
        {
            var nominal = _series.NominalOf(changed);
            var lines = document.LinesOf(changed);
            if (_series.Master is not null && !shift.IsNone)
                lines.Set(Listed(changed.Component.Find("RECURRENCE-ID")!, changed.RecurrenceId!.Value, shift.Map(nominal)));
            var (start, end) = changed == opened ? (change.After.Start, change.After.End) : times.Of(changed, nominal, _series.Master is not null);
            TimeLines.Set(document, lines, changed, start, end);
        }
    }

    private void MoveMaster(TimedComponent master, SeriesTimes times)
    {
        var lines = document.LinesOf(master);
        TimeLines.Set(document, lines, master, shift.NewStart.ToEntryTime(), times.SeriesEnd);
        // An hour that clocks skip that day is no other hour on all other days.
        if (shift.KeepsForm)
            lines.Set(TimeLine.Write(master.StartName, shift.NewStart, master.StartLine!));
        foreach (var (line, rule) in lines.All("RRULE").Zip(rules))
            lines.Replace(line, rule);
        if (shift.IsNone)
            return;
        foreach (var line in lines.All("EXDATE").Concat(lines.All("RDATE")))
            ShiftList(lines, line);
    }

    private void ShiftList(ComponentLines lines, ContentLine line)
    {
        var times = CalendarTimeText.ReadList(line, _series.Zones).ToList();
        if (shift.KeepsForm)
        {
            var values = times.Select(item =>
            {
                var moved = Moved(item.Start);
                return moved.ToBasicFormat() + (item.End is null ? string.Empty : $"/{PeriodEnd(line, item.Start, moved, item.End)}");
            });
            lines.Replace(line, line.Raw[..^line.Value.Length] + string.Join(',', values));
            return;
        }
        lines.RemoveLine(line);
        foreach (var (time, _) in times)
            lines.Append(Listed(line, time, Moved(time)));
    }

    private CalendarTime Moved(CalendarTime time)
    {
        var moved = shift.Map(shift.OldStart.LocalLikeMe(time));
        // A whole day that is left out of timed instances stays a day.
        return time.IsDate && !shift.OldStart.IsDate ? time.At(moved.Local.Date.AtMidnight()) : InFormOf(time, moved);
    }

    private string PeriodEnd(ContentLine line, CalendarTime start, CalendarTime moved, string end)
    {
        if (end.Contains('P', StringComparison.OrdinalIgnoreCase))
            return end;
        var elapsed = CalendarTimeText.Read(end, line, _series.Zones).InstantOrUtc - start.InstantOrUtc;
        return moved.At(moved.InstantOrUtc + elapsed).ToBasicFormat();
    }

    /// <summary>A line that names an instance, with the instance's new time.</summary>
    private string Listed(ContentLine line, CalendarTime time, CalendarTime moved)
    {
        if (shift.KeepsForm)
            return TimeLine.Write(line.Name, InFormOf(time, moved), line);
        var entry = moved.ToEntryTime();
        document.NeedZone(entry);
        return TimeLine.Write(line.Name, entry);
    }

    private CalendarTime InFormOf(CalendarTime time, CalendarTime moved)
    {
        if (!shift.KeepsForm)
            return moved;
        return time.Instant is not null && moved.Instant is { } instant && !(time.Kind == moved.Kind && Equals(time.Zone, moved.Zone))
            ? time.At(instant)
            : time.At(moved.Local);
    }
}
