using NodaTime;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Core.Formats.ICalendar;

/// <summary>A weekday of a rule, such as every Monday or the last Friday of a month.</summary>
/// <param name="Ordinal">1 is the first, -1 the last of the month, or of a year without months; null where every one is meant.</param>
public readonly record struct RuleDay(int? Ordinal, IsoDayOfWeek Weekday);

/// <summary>When a rule ends.</summary>
public abstract record RuleEnd
{
    private RuleEnd()
    {
    }

    public static RuleEnd Never { get; } = new NeverEnds();

    public sealed record NeverEnds : RuleEnd;

    /// <param name="Last">The last day on which an instance may start, by the clock of the entry's zone.</param>
    public sealed record Until(LocalDate Last) : RuleEnd;

    /// <param name="Count">Instances, those that are left out later included; 1 to 10,000.</param>
    public sealed record After(int Count) : RuleEnd;
}

/// <summary>A recurrence rule as an editor with these inputs shows it; what is empty is taken from the entry's start.</summary>
/// <remarks>RFC 5545 3.3.10.</remarks>
public sealed partial record RulePattern
{
    /// <summary>Daily to yearly.</summary>
    public required Frequency Frequency { get; init; }

    /// <summary>From 1.</summary>
    public int Interval { get; init; } = 1;

    /// <summary>Ordinals in monthly and yearly rules only.</summary>
    public ValueList<RuleDay> Days { get; init; } = [];

    /// <summary>1 to 31, or -1 to -31 counted from the end of the month.</summary>
    public ValueList<int> MonthDays { get; init; } = [];

    /// <summary>1 to 12.</summary>
    public ValueList<int> Months { get; init; } = [];

    /// <summary>Which of all days that match in a period, such as -1 for the last; null for all of them.</summary>
    public int? SetPosition { get; init; }

    public IsoDayOfWeek WeekStart { get; init; } = IsoDayOfWeek.Monday;

    public RuleEnd End { get; init; } = RuleEnd.Never;
}
