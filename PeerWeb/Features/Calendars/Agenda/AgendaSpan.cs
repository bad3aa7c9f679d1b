using NodaTime;
using PeerWeb.Features.Calendars.Month;

namespace PeerWeb.Features.Calendars.Agenda;

/// <summary>Thirty days from any day on.</summary>
public sealed record AgendaSpan : CalendarSpan
{
    public const string ViewName = "agenda";
    public const int Length = 30;

    private AgendaSpan(LocalDate start) => Start = start;

    public override string View => ViewName;

    public override string Step => "30 days";

    public override string Title => EventWords.Days(Start, End.PlusDays(-1));

    public override LocalDate First => Start;

    public override LocalDate Start { get; }

    public override LocalDate End => Start.PlusDays(Length);

    public override AgendaSpan Previous => Of(Start.PlusDays(-Length));

    public override AgendaSpan Next => Of(Start.PlusDays(Length));

    /// <param name="day">The first; one outside the years that entries may have is moved to the nearest within.</param>
    public static AgendaSpan Of(LocalDate day) => new(LocalDate.Max(MonthSpan.Earliest, LocalDate.Min(MonthSpan.Latest, day)));

    public override bool Includes(LocalDate day) => Shows(day);
}
