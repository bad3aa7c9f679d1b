using NodaTime;
using PeerWeb.Features.Calendars.Settings;

namespace PeerWeb.Features.Calendars.Week;

/// <summary>The working days of a week.</summary>
public sealed record WorkWeekSpan : HourSpan
{
    public const string ViewName = "workweek";

    private WorkWeekSpan(LocalDate start)
        : base(start, WeekSpan.DaysOfWeek)
    {
    }

    public override string View => ViewName;

    public override string Step => "work week";

    public override WorkWeekSpan Previous => Of(Start.PlusDays(-Length), Start.DayOfWeek, Hidden.Others);

    public override WorkWeekSpan Next => Of(Start.PlusDays(Length), Start.DayOfWeek, Hidden.Others);

    /// <param name="day">Any day of the week, also one on which nobody works.</param>
    /// <param name="workDays">At least one.</param>
    public static WorkWeekSpan Of(LocalDate day, IsoDayOfWeek weekStart, DaySet workDays)
    {
        ArgumentOutOfRangeException.ThrowIfZero(workDays.Count, nameof(workDays));
        return new WorkWeekSpan(Within(day).With(DateAdjusters.PreviousOrSame(weekStart))) { Hidden = workDays.Others };
    }
}
