using NodaTime;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Core.Formats.ICalendar;

/// <summary>Turns the starts that a master generates into instances: with its own properties, or with those of the last override before that has RANGE=THISANDFUTURE.</summary>
/// <remarks>RFC 5545 3.8.4.4 and 3.8.5. Single overrides are no part of it, and win.</remarks>
internal sealed class SeriesExpansion
{
    /// <summary>Looked at where some instances move, since order is known only when all have moved.</summary>
    private const int MaxMoved = 20_000;

    private static readonly LocalDateTime StartOfTime = TimeRange.Earliest.InUtc().LocalDateTime;

    private static readonly LocalDateTime EndOfTime = TimeRange.Latest.InUtc().LocalDateTime;

    /// <summary>More than any zone is away from UTC, and an hour or two for changed clocks.</summary>
    private static readonly Duration Spare = Duration.FromDays(2);

    private readonly TimedComponent _master;
    private readonly NominalStarts _starts;
    private readonly List<FollowingChange> _following;

    public SeriesExpansion(TimedComponent master, List<TimedComponent> overrides, CalendarZones zones)
    {
        _master = master;
        _starts = new NominalStarts(master, overrides, zones);
        _following = overrides.FindAll(changed => changed.ChangesFollowing)
            .ConvertAll(changed => new FollowingChange(changed, master.Start, Nominal(changed.RecurrenceId.GetValueOrDefault())));
        _following.Sort((left, right) => left.Nominal.CompareTo(right.Nominal));
    }

    public bool Recurs => _starts.Recurs;

    /// <summary>Whether no unchanged instance is left.</summary>
    public bool IsEmpty => _starts.Extent() is null;

    /// <summary>The start that a RECURRENCE-ID means, as the master is typed.</summary>
    public LocalDateTime Nominal(CalendarTime recurrenceId) => _starts.Nominal(recurrenceId);

    public bool Generates(LocalDateTime nominal) => _starts.Between(nominal, nominal.PlusSeconds(1), 1, _ => true).Count > 0;

    /// <summary>The instance that would start at <paramref name="nominal"/> by the master.</summary>
    public ComponentInstance Instance(string? id, LocalDateTime nominal)
    {
        var (start, end, component) = Place(nominal);
        return new ComponentInstance(id, start.ToEntryTime(), end.ToEntryTime(), component);
    }

    /// <summary>The first unchanged instance; null where none is left.</summary>
    /// <remarks>Looks further and further, since most series have one near and what is left out is evaluated as far as is looked.</remarks>
    public ComponentInstance? First()
    {
        var from = StartOfTime;
        foreach (var years in (int[])[1, 10, 400])
        {
            var to = _master.Start.Local.Year + years < EndOfTime.Year ? _master.Start.Local.PlusYears(years) : EndOfTime;
            if (_starts.Between(from, to, 1, _ => true) is [var nominal])
                return Instance(IdOf(nominal), nominal);
            from = to;
        }
        return null;
    }

    /// <summary>Start of the first and end of the last instance; where some move, the last may be too late.</summary>
    public (Instant First, Instant? Last)? Extent()
    {
        if (_starts.Extent() is not { } own)
            return null;
        var first = Place(own.First).Start.InstantOrUtc;
        if (own.Last is not { } last)
            return (first, null);
        var ends = _following.Select(change => change.Component.EndOf(change.StartOf(last)))
            .Append(_master.EndOf(_master.Start.At(last)))
            .Append(Place(last).End)
            .Concat(_starts.OwnEnds.Values);
        return (first, ends.Max(end => end.InstantOrUtc));
    }

    /// <summary>Instances that overlap, by the start that they would have unmoved.</summary>
    /// <param name="viewer">Zone of dates and floating times; null fetches them with 14 hours to spare on both sides.</param>
    public IEnumerable<ComponentInstance> Instances(TimeRange range, DateTimeZone? viewer, int most)
    {
        var isPlain = _following.Count == 0 && _starts.OwnEnds.Count == 0;
        var length = LongestLength();
        var from = Shift(range.Start, -(length + Spare + LatestMove()));
        var to = Shift(range.End, Spare + EarliestMove());
        // What starts this far inside starts inside in every zone, and need not be looked at.
        var (inside, outside) = (Shift(range.Start, Spare), Shift(range.End, -Spare));
        Instant? previous = null;
        foreach (var nominal in _starts.Between(from, to, isPlain ? most : Math.Max(most, MaxMoved), start => (isPlain && start > inside && start < outside) || Overlaps(Place(start), range, viewer)))
        {
            var (start, end, component) = Place(nominal);
            // Times that a change of clocks skips fall on the hour after it, which may be an instance already.
            if (start.Instant is { } instant)
            {
                if (instant == previous)
                    continue;
                previous = instant;
            }
            yield return new ComponentInstance(IdOf(nominal), start.ToEntryTime(), end.ToEntryTime(), component);
        }
    }

    public static bool Overlaps((CalendarTime Start, CalendarTime End, TimedComponent Component) placed, TimeRange range, DateTimeZone? viewer)
    {
        var spare = viewer is null && placed.Start.Instant is null ? Duration.FromHours(14) : Duration.Zero;
        var zone = viewer ?? DateTimeZone.Utc;
        return range.Overlaps(placed.Start.ToEntryTime().InstantFor(zone) - spare, placed.End.ToEntryTime().InstantFor(zone) + spare);
    }

    private string? IdOf(LocalDateTime nominal) => Recurs ? _master.Start.At(nominal).ToBasicFormat() : null;

    private (CalendarTime Start, CalendarTime End, TimedComponent Component) Place(LocalDateTime nominal)
    {
        if (Following(nominal) is { } change)
        {
            var moved = change.StartOf(nominal);
            return (moved, change.Component.EndOf(moved), change.Component);
        }
        var start = _master.Start.At(nominal);
        return (start, _starts.OwnEnds.TryGetValue(nominal, out var own) ? own : _master.EndOf(start), _master);
    }

    /// <summary>The last change up to there.</summary>
    private FollowingChange? Following(LocalDateTime nominal)
    {
        var (low, high) = (0, _following.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_following[middle].Nominal <= nominal)
                low = middle + 1;
            else
                high = middle;
        }
        return low > 0 ? _following[low - 1] : null;
    }

    private Duration LongestLength()
    {
        var length = LengthOf(_master);
        foreach (var change in _following)
            length = Duration.Max(length, LengthOf(change.Component));
        foreach (var (start, end) in _starts.OwnEnds)
            length = Duration.Max(length, end.InstantOrUtc - _master.Start.At(start).InstantOrUtc);
        return length;
    }

    private static Duration LengthOf(TimedComponent component) => component.EndOf(component.Start).InstantOrUtc - component.Start.InstantOrUtc;

    private Duration LatestMove() => _following.Aggregate(Duration.Zero, (most, change) => Duration.Max(most, change.Shift));

    private Duration EarliestMove() => _following.Aggregate(Duration.Zero, (most, change) => Duration.Max(most, -change.Shift));

    private static LocalDateTime Shift(Instant instant, Duration by)
    {
        var shifted = instant.InUtc().LocalDateTime.PlusSeconds((long)by.TotalSeconds);
        return shifted < EndOfTime ? shifted : EndOfTime;
    }
}
