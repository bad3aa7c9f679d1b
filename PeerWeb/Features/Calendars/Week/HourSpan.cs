using NodaTime;
using PeerWeb.Features.Calendars.Month;

namespace PeerWeb.Features.Calendars.Week;

/// <summary>Days beside each other, hour by hour.</summary>
public abstract record HourSpan : CalendarSpan
{
    protected HourSpan(LocalDate start, int length) => (Start, Length) = (start, length);

    /// <summary>How many days it has, those that are left out included; what "previous" and "next" go by.</summary>
    public int Length { get; }

    public override string Title => EventWords.Days(Days[0], Days[^1]);

    public override LocalDate First => Days[0];

    public override LocalDate Start { get; }

    public override LocalDate End => Start.PlusDays(Length);

    public override bool Includes(LocalDate day) => day >= Start && day < End;

    /// <summary>That day, or where it is outside the years that entries may have the nearest within.</summary>
    protected static LocalDate Within(LocalDate day) => LocalDate.Max(MonthSpan.Earliest, LocalDate.Min(MonthSpan.Latest.With(DateAdjusters.EndOfMonth), day));
}
