using NodaTime;
using PeerWeb.Features.Calendars.Settings;

namespace PeerWeb.Features.Calendars.Month;

/// <summary>The days that a month view shows: whole weeks, from that of the first day of the month to that of its last; four to six of them.</summary>
public sealed record MonthSpan : CalendarSpan
{
    public const string ViewName = "month";

    /// <summary>Months outside cannot be asked for; a day of the next month may show beside them.</summary>
    public static readonly LocalDate Earliest = new(1900, 2, 1);
    public static readonly LocalDate Latest = new(2199, 11, 1);

    private MonthSpan(LocalDate first, LocalDate start, int weeks) => (First, Start, Weeks) = (first, start, weeks);

    public override string View => ViewName;

    public override string Step => "month";

    public override string Title => EventWords.Month(this);

    /// <summary>The first day of the month.</summary>
    public override LocalDate First { get; }

    /// <summary>The first day of the first week.</summary>
    public override LocalDate Start { get; }

    public int Weeks { get; }

    /// <summary>How many days of each week show.</summary>
    public int DaysShown => Hidden.Others.Count;

    public override LocalDate End => Start.PlusDays(7 * Weeks);

    public override MonthSpan Previous => Of(First.PlusMonths(-1), Start.DayOfWeek, Hidden);

    public override MonthSpan Next => Of(First.PlusMonths(1), Start.DayOfWeek, Hidden);

    /// <param name="day">Any day of the month; one outside the years that entries may have is moved to the nearest month within.</param>
    public static MonthSpan Of(LocalDate day, IsoDayOfWeek weekStart = IsoDayOfWeek.Monday, DaySet hidden = default)
    {
        var first = LocalDate.Max(Earliest, LocalDate.Min(Latest, day.With(DateAdjusters.StartOfMonth)));
        var start = first.With(DateAdjusters.PreviousOrSame(weekStart));
        var days = Period.DaysBetween(start, first.PlusMonths(1));
        return new MonthSpan(first, start, (days + 6) / 7) { Hidden = hidden };
    }

    public override bool Includes(LocalDate day) => IsOfMonth(day);

    public bool IsOfMonth(LocalDate day) => day.Year == First.Year && day.Month == First.Month;
}
