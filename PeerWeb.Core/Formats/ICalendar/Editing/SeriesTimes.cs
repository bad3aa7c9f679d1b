using NodaTime;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Core.Formats.ICalendar.Editing;

/// <summary>Ends, and the times of changed instances, when a whole series moves or gets another length.</summary>
internal sealed class SeriesTimes
{
    private readonly TimedComponent _main;
    private readonly SeriesShift _shift;
    private readonly Duration _oldLength;
    private readonly Duration _newLength;

    public SeriesTimes(TimedComponent main, SeriesShift shift, FieldChange change)
    {
        (_main, _shift) = (main, shift);
        var oldEnd = main.EndOf(main.Start).ToEntryTime();
        _oldLength = TimeLines.Elapsed(main.Start.ToEntryTime(), oldEnd);
        var keepsLength = !shift.ChangesKind && IsAsLong(change.Before, change.After);
        _newLength = keepsLength ? _oldLength : TimeLines.Elapsed(change.After.Start, change.After.End);
        var start = shift.NewStart.ToEntryTime();
        var keepsEnd = TimeLine.IsAlike(change.Before.End, change.After.End) && !shift.ChangesKind;
        var like = keepsEnd || !IsOfOneKind(start, change.After.End) ? oldEnd : change.After.End;
        SeriesEnd = keepsLength && keepsEnd && shift.KeepsForm ? main.EndOf(shift.NewStart).ToEntryTime() : TimeLines.After(start, _newLength, like);
    }

    public EntryTime SeriesEnd { get; }

    /// <summary>Where a changed instance is afterwards: as far from its place in the series as before.</summary>
    public (EntryTime Start, EntryTime End) Of(TimedComponent changed, LocalDateTime nominal, bool hasSeries)
    {
        var (start, end) = (changed.Start.ToEntryTime(), changed.EndOf(changed.Start).ToEntryTime());
        var length = TimeLines.Elapsed(start, end);
        var isInPlace = hasSeries && start == _main.Start.At(nominal).ToEntryTime();
        if (isInPlace && (_shift.ChangesKind || length == _oldLength))
        {
            var moved = _shift.Map(nominal).ToEntryTime();
            return (moved, TimeLines.After(moved, _newLength, IsOfOneKind(moved, end) ? end : SeriesEnd));
        }
        var own = start.ToCalendarTime();
        var movedOwn = isInPlace ? _shift.Map(nominal).ToEntryTime() : own.At(_shift.Move(own.Local, own.IsDate, nominal)).ToEntryTime();
        return (movedOwn, TimeLines.After(movedOwn, length == _oldLength && !_shift.ChangesKind ? _newLength : length, end));
    }

    /// <summary>Exactly, or by the clock: a night with changed clocks is as long as any other.</summary>
    private static bool IsAsLong(ComponentTimes before, ComponentTimes after) =>
        TimeLines.Elapsed(before.Start, before.End) == TimeLines.Elapsed(after.Start, after.End)
        || Period.Between(before.Start.Local, before.End.Local, PeriodUnits.Seconds).Seconds == Period.Between(after.Start.Local, after.End.Local, PeriodUnits.Seconds).Seconds;

    private static bool IsOfOneKind(EntryTime left, EntryTime right) => left.IsDate == right.IsDate && (left.Instant is null) == (right.Instant is null);
}
