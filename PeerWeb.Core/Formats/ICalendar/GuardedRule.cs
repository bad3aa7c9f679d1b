using Ical.Net.DataTypes;
using Ical.Net.Evaluation;
using NodaTime;
using NodaTime.Extensions;
using PeerWeb.Core.Entries;

namespace PeerWeb.Core.Formats.ICalendar;

/// <summary>Evaluates one RRULE with a bound on the work, so that no rule keeps a thread for long, not even one that never matches.</summary>
/// <remarks>Evaluated in wall-clock time; zones come after. RFC 5545 3.3.10.</remarks>
public sealed class GuardedRule
{
    /// <summary>Candidates that one evaluation of all rules of an event may look at: a fifth of a second.</summary>
    private const long MaxWork = 400_000;

    private static readonly LocalDateTime EndOfTime = new(2200, 1, 1, 0, 0);

    private readonly RecurrenceRule _rule;
    private readonly LocalDateTime _start;
    private readonly LocalDateTime? _until;
    private readonly int _line;
    private readonly long _maxWork;

    /// <summary>Of hours and minutes: times that clocks skip there are none, and are not counted. RFC 5545 3.3.10.</summary>
    private readonly DateTimeZone? _gaps;

    private GuardedRule(RuleParts parts, CalendarTime start, int line, int rules)
    {
        if (start.IsDate && parts.Frequency <= Frequency.Hourly)
            throw new InvalidEntryException("A rule that repeats by the hour or minute needs a start with a time.", line);
        (Parts, _rule, _start, _line, _maxWork) = (parts, parts.ToEvaluated(start.IsDate), start.Local, line, MaxWork / rules);
        IsDate = start.IsDate;
        _gaps = parts.Frequency <= Frequency.Hourly ? start.Zone?.Zone : null;
        _until = parts.LocalUntil(start, line);
        if (StepsTo(_start, _until ?? _start) > RuleParts.MaxSteps && parts.Frequency <= Frequency.Hourly)
            throw new InvalidEntryException("A rule that repeats by the hour or minute may take at most 10,000 steps.", line);
    }

    public RuleParts Parts { get; }

    /// <summary>Latest possible start where the rule has UNTIL.</summary>
    public LocalDateTime? Until => _until;

    private bool IsDate { get; }

    /// <param name="start">DTSTART, from which it counts.</param>
    /// <param name="rules">How many rules share the work.</param>
    /// <exception cref="InvalidEntryException">Malformed or beyond a cap.</exception>
    public static GuardedRule Read(ContentLine line, CalendarTime start, int rules = 1)
    {
        var parts = RuleParts.Read(line);
        try
        {
            return new GuardedRule(parts, start, line.Number, rules);
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or OverflowException)
        {
            throw new InvalidEntryException("The recurrence rule has a part that is out of range.", line.Number);
        }
    }

    /// <summary>Starts in [<paramref name="from"/>, <paramref name="to"/>) that match, in order, at most <paramref name="most"/>.</summary>
    /// <param name="isWanted">Others are passed over and not counted.</param>
    /// <remarks>COUNT counts DTSTART, also where the rule does not match it. RFC 5545 3.3.10.</remarks>
    /// <exception cref="InvalidEntryException">It would take too much work.</exception>
    public List<LocalDateTime> Starts(LocalDateTime from, LocalDateTime to, int most, Predicate<LocalDateTime> isWanted)
    {
        var starts = new List<LocalDateTime>();
        to = LocalDateTime.Min(to, EndOfTime);
        var begin = Parts.Count is null && from > _start ? LocalDateTime.Max(_start, OnePeriodBefore(from)) : _start;
        if (to <= begin)
            return starts;
        var left = Parts.Count ?? int.MaxValue;
        var isFirst = Parts.Count is not null;
        Evaluate(begin, to, start =>
        {
            if (isFirst && start > _start)
                left--;
            isFirst = false;
            if (left <= 0)
                return false;
            if (start > _start && _gaps is not null && _gaps.MapLocal(start).Count == 0)
                return true;
            left--;
            if (start >= from && isWanted(start))
                starts.Add(start);
            return left > 0 && starts.Count < most;
        });
        return starts;
    }

    /// <summary>Hands on each match before <paramref name="to"/> until it is told to stop.</summary>
    private void Evaluate(LocalDateTime begin, LocalDateTime to, Predicate<LocalDateTime> goesOn)
    {
        var work = WorkPerStep();
        // Without this a rule that never matches runs on to the year 9999.
        var allSteps = StepsTo(begin, to) + 2;
        var idleSteps = Math.Min(allSteps, Math.Min(_maxWork / work, MostSteps));
        var options = new EvaluationOptions { MaxUnmatchedIncrementsLimit = (int)idleSteps };
        try
        {
            foreach (var period in new RecurrencePatternEvaluator(_rule).Evaluate(ToCalDateTime(_start), begin == _start ? null : ToCalDateTime(begin), options))
            {
                var start = period.StartTime.Value.ToLocalDateTime();
                if (start >= to || start > _until)
                    return;
                if (StepsTo(begin, start) * work > _maxWork || StepsTo(_start, start) > MostSteps)
                    throw TooExpensive();
                if (!goesOn(start))
                    return;
            }
        }
        catch (EvaluationLimitExceededException)
        {
            // Else there is no further match up to the end of what was asked for.
            if (idleSteps < allSteps)
                throw TooExpensive();
        }
        catch (EvaluationOutOfRangeException)
        {
            // The next step lies beyond the calendar's last year.
            return;
        }
        catch (Exception exception) when (exception is not (InvalidEntryException or OutOfMemoryException))
        {
            throw new InvalidEntryException($"The recurrence rule cannot be evaluated: {exception.Message}", _line);
        }
    }

    private InvalidEntryException TooExpensive() => new("The recurrence rule is too expensive to evaluate.", _line);

    private int MostSteps => Parts.Frequency <= Frequency.Hourly ? RuleParts.MaxSteps : int.MaxValue;

    private long WorkPerStep() => Parts.Product * (Parts.Parts.ContainsKey("BYDAY"), Parts.Frequency) switch
    {
        (true, Frequency.Yearly) => 53L,
        (true, Frequency.Monthly) => 5L,
        _ => Parts.Parts.ContainsKey("BYWEEKNO") ? 7L : 1L,
    };

    private long StepsTo(LocalDateTime from, LocalDateTime to)
    {
        if (to <= from)
            return 0;
        var span = LocalDateTime.Min(to, EndOfTime).InUtc().ToInstant() - LocalDateTime.Min(from, EndOfTime).InUtc().ToInstant();
        return (long)(span.TotalMinutes / MinutesOf(Parts.Frequency) / Parts.Interval);
    }

    private LocalDateTime OnePeriodBefore(LocalDateTime from)
    {
        var minutes = MinutesOf(Parts.Frequency) * (Parts.Interval + 1.0);
        return minutes > MinutesOf(Frequency.Yearly) * 400 ? _start : from.PlusMinutes((long)-minutes).PlusDays(-31);
    }

    private static double MinutesOf(Frequency frequency) => frequency switch
    {
        Frequency.Minutely => 1,
        Frequency.Hourly => 60,
        Frequency.Daily => 1440,
        Frequency.Weekly => 7 * 1440,
        Frequency.Monthly => 28 * 1440,
        Frequency.Yearly => 365 * 1440,
        _ => throw new InvalidOperationException($"There is no frequency {frequency}."),
    };

    private CalDateTime ToCalDateTime(LocalDateTime local) =>
        IsDate ? new CalDateTime(local.Date.ToDateOnly()) : new CalDateTime(local.ToDateTimeUnspecified());
}
