using NodaTime;
using PeerWeb.Core.Entries;

namespace PeerWeb.Core.Formats.ICalendar.Editing;

/// <summary>Where the start, the rules and the listed dates of a series have instances, those that are left out or changed included: what COUNT counts and a RECURRENCE-ID names.</summary>
internal sealed class SeriesStarts
{
    private readonly SortedSet<LocalDateTime> _listed = [];

    public SeriesStarts(TimedComponent master, CalendarZones zones)
    {
        var rules = master.Component.All("RRULE").ToList();
        Rules = rules.ConvertAll(line => new SeriesRule(GuardedRule.Read(line, master.Start, rules.Count), master.Start.Local));
        foreach (var (time, _) in master.Component.All("RDATE").SelectMany(line => CalendarTimeText.ReadList(line, zones)))
            _listed.Add(master.Start.LocalLikeMe(time));
        _listed.Add(master.Start.Local);
    }

    /// <summary>In the order of their lines.</summary>
    public IReadOnlyList<SeriesRule> Rules { get; }

    /// <summary>In order, at most <paramref name="most"/>.</summary>
    /// <exception cref="InvalidEntryException">Too expensive.</exception>
    public List<LocalDateTime> Between(LocalDateTime from, LocalDateTime to, int most, Predicate<LocalDateTime>? isWanted = null)
    {
        var starts = new SortedSet<LocalDateTime>(_listed.Where(start => start >= from && start < to && isWanted?.Invoke(start) != false));
        foreach (var rule in Rules)
            starts.UnionWith(rule.Between(from, to, most, isWanted));
        return [.. starts.Take(most)];
    }

    public List<LocalDateTime> From(LocalDateTime from, int most) => Between(from, SeriesRule.EndOfTime, most);

    /// <summary>Those of <paramref name="nominals"/> that are starts.</summary>
    public HashSet<LocalDateTime> Of(IEnumerable<LocalDateTime> nominals)
    {
        var asked = nominals.ToHashSet();
        return asked.Count == 0 ? [] : [.. Between(asked.Min(), asked.Max().PlusSeconds(1), asked.Count, asked.Contains)];
    }
}

/// <summary>One rule of a series.</summary>
internal sealed class SeriesRule(GuardedRule rule, LocalDateTime start)
{
    public static readonly LocalDateTime EndOfTime = new(2200, 1, 1, 0, 0);

    public RuleParts Parts => rule.Parts;

    public List<LocalDateTime> Between(LocalDateTime from, LocalDateTime to, int most, Predicate<LocalDateTime>? isWanted = null) =>
        rule.Starts(from, to, most, isWanted ?? (_ => true));

    public LocalDateTime? FirstFrom(LocalDateTime from) => Between(from, EndOfTime, 1) is [var first] ? first : null;

    /// <summary>What COUNT counts before the split: DTSTART too, also where the rule does not match it. RFC 5545 3.3.10.</summary>
    public int CountBefore(LocalDateTime split)
    {
        var starts = Between(start, split, int.MaxValue);
        return split > start && (starts.Count == 0 || starts[0] != start) ? starts.Count + 1 : starts.Count;
    }

    /// <summary>Looks back further and further, since most rules have one near.</summary>
    public LocalDateTime? LastBefore(LocalDateTime split)
    {
        foreach (var years in (int[])[1, 9, 400])
        {
            var from = split.Year - years > start.Year ? split.PlusYears(-years) : start;
            if (Between(from, split, int.MaxValue) is [.., var last])
                return last;
        }
        return null;
    }
}
