using NodaTime;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Core.Formats.ICalendar;

/// <summary>The wall-clock starts that a master generates: rules and RDATEs, without EXDATEs and without instances that are changed.</summary>
/// <remarks>RFC 5545 3.8.5. As Ical.Net: several rules are united, and DTSTART counts only where no rule is there or one generates it.</remarks>
internal sealed class NominalStarts
{
    /// <summary>Up to here the last instance is found exactly; beyond, UNTIL stands for it.</summary>
    private const int MaxCounted = 20_000;

    private static readonly LocalDateTime EndOfTime = TimeRange.Latest.InUtc().LocalDateTime;

    private readonly CalendarTime _start;
    private readonly List<GuardedRule> _rules;
    private readonly HashSet<LocalDateTime> _listed = [];
    private readonly HashSet<LocalDateTime> _left = [];
    private readonly HashSet<Instant> _leftInstants = [];
    private readonly HashSet<LocalDate> _leftDays = [];
    private readonly int _line;

    public NominalStarts(EventComponent master, List<EventComponent> overrides, CalendarZones zones)
    {
        _start = master.Start;
        _line = master.Component.Line;
        var rules = master.Component.All("RRULE").ToList();
        _rules = rules.ConvertAll(line => GuardedRule.Read(line, _start, rules.Count));
        foreach (var (time, _) in master.Component.All("RDATE").SelectMany(line => CalendarTimeText.ReadList(line, zones)))
            _listed.Add(_start.LocalLikeMe(time));
        foreach (var (time, _) in master.Component.All("EXDATE").SelectMany(line => CalendarTimeText.ReadList(line, zones)))
            LeaveOut(time);
        foreach (var changed in overrides)
            LeaveOut(changed.RecurrenceId!.Value, isChanged: true);
        Recurs = _rules.Count > 0 || _listed.Count > 0 || overrides.Count > 0;
    }

    /// <summary>Whether instances need a recurrence id.</summary>
    public bool Recurs { get; }

    /// <summary>The start that a RECURRENCE-ID means, as the master is typed.</summary>
    public LocalDateTime Nominal(CalendarTime recurrenceId) => _start.LocalLikeMe(recurrenceId);

    /// <summary>Starts in [<paramref name="from"/>, <paramref name="to"/>) that are wanted, in order, at most <paramref name="most"/>.</summary>
    /// <exception cref="InvalidEntryException">Too expensive.</exception>
    public List<LocalDateTime> Between(LocalDateTime from, LocalDateTime to, int most, Predicate<LocalDateTime> isWanted)
    {
        bool IsWanted(LocalDateTime start) => start >= from && start < to && !IsLeftOut(start) && isWanted(start);
        var starts = new SortedSet<LocalDateTime>();
        foreach (var rule in _rules)
            starts.UnionWith(rule.Starts(from, to, most, IsWanted));
        starts.UnionWith(_listed.Where(IsWanted));
        if (_rules.Count == 0 && IsWanted(_start.Local))
            starts.Add(_start.Local);
        return [.. starts.Take(most)];
    }

    /// <summary>First and last start; last is null where unbounded. Null where every instance is left out or changed.</summary>
    /// <exception cref="InvalidEntryException">No rule ever matches.</exception>
    public (CalendarTime First, CalendarTime? Last)? Extent()
    {
        var isUnbounded = _rules.Exists(rule => rule.Parts.IsUnbounded);
        var most = isUnbounded ? 1 : MaxCounted;
        var isMatched = false;
        var starts = _rules.ConvertAll(rule => rule.Starts(_start.Local, EndOfTime, most, start =>
        {
            isMatched = true;
            return !IsLeftOut(start);
        }));
        if (_rules.Count > 0 && _listed.Count == 0 && !isMatched)
            throw new InvalidEntryException("The recurrence rule never matches a day.", _line);
        var left = starts.SelectMany(list => list).Concat((_rules.Count == 0 ? _listed.Append(_start.Local) : _listed).Where(start => !IsLeftOut(start))).ToList();
        if (left.Count == 0)
            return isUnbounded ? (_start, null) : null;
        var last = left.Max();
        for (var i = 0; i < _rules.Count; i++)
        {
            if (starts[i].Count == MaxCounted && _rules[i].Until is { } until && until > last)
                last = LocalDateTime.Min(until, EndOfTime.PlusDays(-1));
        }
        return (_start.At(left.Min()), isUnbounded ? null : _start.At(last));
    }

    private bool IsLeftOut(LocalDateTime start)
    {
        if (_left.Contains(start) || _leftDays.Contains(start.Date))
            return true;
        return _leftInstants.Count > 0 && _start.At(start).Instant is { } instant && _leftInstants.Contains(instant);
    }

    private void LeaveOut(CalendarTime time, bool isChanged = false)
    {
        // Many exporters exclude a whole day of a timed event by its date.
        if (time.IsDate && !_start.IsDate && !isChanged)
            _leftDays.Add(time.Local.Date);
        _left.Add(_start.LocalLikeMe(time));
        if (time.Instant is { } instant)
            _leftInstants.Add(instant);
    }
}
