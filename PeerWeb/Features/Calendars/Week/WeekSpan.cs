using NodaTime;
using PeerWeb.Features.Calendars.Settings;

namespace PeerWeb.Features.Calendars.Week;

/// <summary>The seven days of a week, or those of them that are not left out.</summary>
public sealed record WeekSpan : HourSpan
{
    public const string ViewName = "week";
    public const int DaysOfWeek = 7;

    private WeekSpan(LocalDate start)
        : base(start, DaysOfWeek)
    {
    }

    public override string View => ViewName;

    public override string Step => "week";

    public override WeekSpan Previous => Of(Start.PlusDays(-Length), Start.DayOfWeek, Hidden);

    public override WeekSpan Next => Of(Start.PlusDays(Length), Start.DayOfWeek, Hidden);

    /// <param name="day">Any day of the week; one outside the years that entries may have is moved to the nearest within.</param>
    public static WeekSpan Of(LocalDate day, IsoDayOfWeek weekStart = IsoDayOfWeek.Monday, DaySet hidden = default) =>
        new(Within(day).With(DateAdjusters.PreviousOrSame(weekStart))) { Hidden = hidden };
}
