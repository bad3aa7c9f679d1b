using NodaTime;
using PeerWeb.Features.Calendars.Month;

namespace PeerWeb.Features.Calendars.Week;

/// <summary>One day.</summary>
public sealed record DaySpan : HourSpan
{
    public const string ViewName = "day";

    private DaySpan(LocalDate day)
        : base(day, 1)
    {
    }

    public override string View => ViewName;

    public override string Step => "day";

    public override string Title => EventWords.Day(Start);

    public override DaySpan Previous => Of(Start.PlusDays(-1));

    public override DaySpan Next => Of(Start.PlusDays(1));

    /// <param name="day">One outside the years that entries may have is moved to the nearest within.</param>
    public static DaySpan Of(LocalDate day) => new(Within(day));
}
