using NodaTime;
using PeerWeb.Features.Calendars.Month;

namespace PeerWeb.Features.Calendars.Week;

/// <summary>The seven days of a week.</summary>
public sealed record WeekSpan : CalendarSpan
{
    public const string ViewName = "week";
    public const int Days = 7;

    private WeekSpan(LocalDate start) => Start = start;

    public override string View => ViewName;

    public override string Title => EventWords.Days(Start, End.PlusDays(-1));

    public override LocalDate First => Start;

    public override LocalDate Start { get; }

    public override LocalDate End => Start.PlusDays(Days);

    public override WeekSpan Previous => Of(Start.PlusDays(-Days), Start.DayOfWeek);

    public override WeekSpan Next => Of(Start.PlusDays(Days), Start.DayOfWeek);

    /// <param name="day">Any day of the week; one outside the years that entries may have is moved to the nearest within.</param>
    public static WeekSpan Of(LocalDate day, IsoDayOfWeek weekStart = IsoDayOfWeek.Monday)
    {
        var within = LocalDate.Max(MonthSpan.Earliest, LocalDate.Min(MonthSpan.Latest.With(DateAdjusters.EndOfMonth), day));
        return new WeekSpan(within.With(DateAdjusters.PreviousOrSame(weekStart)));
    }

    public override bool Includes(LocalDate day) => Shows(day);
}
