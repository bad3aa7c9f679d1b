using NodaTime;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Core.Formats.ICalendar;

/// <summary>The wall-clock starts that a master generates: DTSTART, rules and RDATEs, without EXDATEs, EXRULEs and without instances that are changed.</summary>
/// <remarks>RFC 5545 3.8.5. DTSTART always is the first instance, whether or not a rule matches it; several rules are united.</remarks>
internal sealed class NominalStarts
{
    /// <summary>Up to here the last instance is found exactly; beyond, UNTIL stands for it.</summary>
    private const int MaxCounted = 20_000;

    private static readonly LocalDateTime EndOfTime = TimeRange.Latest.InUtc().LocalDateTime;

    private readonly CalendarTime _start;
    private readonly List<GuardedRule> _rules;
    private readonly List<GuardedRule> _exceptionRules;
    private readonly ListedDates _dates;
    private readonly int _line;

    public NominalStarts(TimedComponent master, List<TimedComponent> overrides, CalendarZones zones)
    {
        _start = master.Start;
        _line = master.Component.Line;
        var rules = master.Component.All("RRULE").ToList();
        var exceptionRules = master.Component.All("EXRULE").ToList();
        _rules = rules.ConvertAll(line => GuardedRule.Read(line, _start, rules.Count + exceptionRules.Count));
        _exceptionRules = exceptionRules.ConvertAll(line => GuardedRule.Read(line, _start, rules.Count + exceptionRules.Count));
        _dates = new ListedDates(master, overrides, zones);
        Recurs = _rules.Count > 0 || _dates.Added.Count > 0 || overrides.Count > 0;
    }

    /// <summary>Whether instances need a recurrence id.</summary>
    public bool Recurs { get; }

    /// <summary>Of the RDATEs that are periods: the ends that they have of their own.</summary>
    public IReadOnlyDictionary<LocalDateTime, CalendarTime> OwnEnds => _dates.OwnEnds;

    /// <summary>The start that a RECURRENCE-ID means, as the master is typed.</summary>
    public LocalDateTime Nominal(CalendarTime recurrenceId) => _start.LocalLikeMe(recurrenceId);

    /// <summary>Starts in [<paramref name="from"/>, <paramref name="to"/>) that are wanted, in order, at most <paramref name="most"/>.</summary>
    /// <exception cref="InvalidEntryException">Too expensive.</exception>
    public List<LocalDateTime> Between(LocalDateTime from, LocalDateTime to, int most, Predicate<LocalDateTime> isWanted)
    {
        var excluded = Excluded(from, to);
        if (excluded?.Count >= MaxCounted)
            throw new InvalidEntryException("The exception rule is too expensive to evaluate.", _line);
        bool IsWanted(LocalDateTime start) => start >= from && start < to && !IsLeftOut(start, excluded) && isWanted(start);
        var listed = _dates.Added.Where(IsWanted);
        if (IsWanted(_start.Local))
            listed = listed.Append(_start.Local);
        if (_rules.Count == 0)
            return [.. listed.Distinct().Order().Take(most)];
        var starts = _rules[0].Starts(from, to, most, IsWanted);
        var others = _rules.Skip(1).SelectMany(rule => rule.Starts(from, to, most, IsWanted)).Concat(listed).ToList();
        return others.Count == 0 || (others is [var only] && starts.Count > 0 && starts[0] == only)
            ? starts
            : [.. starts.Concat(others).Distinct().Order().Take(most)];
    }

    /// <summary>First and last start; last is null where unbounded. Null where every instance is left out or changed.</summary>
    /// <exception cref="InvalidEntryException">No rule ever matches.</exception>
    public (LocalDateTime First, LocalDateTime? Last)? Extent()
    {
        var isUnbounded = _rules.Exists(rule => rule.Parts.IsUnbounded);
        var most = isUnbounded ? 1 : MaxCounted;
        // One that ends before it begins, or with its beginning, has nothing to match.
        var isMatched = _rules.Exists(rule => rule.Parts.Count == 1 || rule.Until < _start.Local);
        var excluded = _rules.Count > 0 ? Excluded(_start.Local, EndOfTime) : Excluded(_start.Local, _dates.Added.Append(_start.Local).Max().PlusSeconds(1));
        var starts = _rules.ConvertAll(rule => rule.Starts(_start.Local, EndOfTime, most, start =>
        {
            isMatched = true;
            return !IsLeftOut(start, excluded);
        }));
        if (_rules.Count > 0 && _dates.Added.Count == 0 && !isMatched)
            throw new InvalidEntryException("The recurrence rule never matches a day.", _line);
        var left = starts.SelectMany(list => list).Concat(_dates.Added.Append(_start.Local).Where(start => !IsLeftOut(start, excluded))).ToList();
        if (left.Count == 0)
            return isUnbounded ? (_start.Local, null) : null;
        var last = left.Max();
        for (var i = 0; i < _rules.Count; i++)
        {
            if (starts[i].Count == MaxCounted && _rules[i].Until is { } until && until > last)
                last = LocalDateTime.Min(until, EndOfTime.PlusDays(-1));
        }
        return (left.Min(), isUnbounded ? null : last);
    }

    private bool IsLeftOut(LocalDateTime start, HashSet<LocalDateTime>? excluded) =>
        _dates.LeavesOut(start) || (excluded is not null && excluded.Contains(start));

    /// <remarks>EXRULE is of RFC 2445 4.8.5.2.</remarks>
    private HashSet<LocalDateTime>? Excluded(LocalDateTime from, LocalDateTime to) =>
        _exceptionRules.Count == 0 ? null : [.. _exceptionRules.SelectMany(rule => rule.Starts(from, to, MaxCounted, _ => true))];
}
