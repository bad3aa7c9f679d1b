using NodaTime;
using PeerWeb.Core.Primitives;
using PeerWeb.Features.Calendars.Month;
using PeerWeb.Features.Calendars.Week;

namespace PeerWeb.Features.Calendars;

/// <summary>The days that a view shows at once, and the views before and after it.</summary>
public abstract record CalendarSpan
{
    /// <summary>The views as the address names them; the first is shown where it names none.</summary>
    public static readonly IReadOnlyList<string> Views = [MonthSpan.ViewName, WeekSpan.ViewName];

    /// <summary>As the address names it.</summary>
    public abstract string View { get; }

    /// <summary>The days in words: "November 2026", "23 – 29 November 2026".</summary>
    public abstract string Title { get; }

    /// <summary>The day that stands for the span in an address.</summary>
    public abstract LocalDate First { get; }

    /// <summary>The first day that shows.</summary>
    public abstract LocalDate Start { get; }

    /// <summary>The day after the last that shows.</summary>
    public abstract LocalDate End { get; }

    public abstract CalendarSpan Previous { get; }

    public abstract CalendarSpan Next { get; }

    /// <summary>False for a day that shows only beside the span, like those of the next month.</summary>
    public abstract bool Includes(LocalDate day);

    public bool Shows(LocalDate day) => day >= Start && day < End;

    /// <summary>The shown days as instants, as they begin and end in the viewer's zone.</summary>
    public TimeRange Range(DateTimeZone viewer) => new(viewer.AtStartOfDay(Start).ToInstant(), viewer.AtStartOfDay(End).ToInstant());

    /// <summary>The span of a view that has <paramref name="day"/> in it; null where there is no such view.</summary>
    public static CalendarSpan? Of(string view, LocalDate day) => view switch
    {
        MonthSpan.ViewName => MonthSpan.Of(day),
        WeekSpan.ViewName => WeekSpan.Of(day),
        _ => null,
    };
}
