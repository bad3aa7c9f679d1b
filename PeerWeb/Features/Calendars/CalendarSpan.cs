using NodaTime;
using PeerWeb.Core.Primitives;
using PeerWeb.Features.Calendars.Settings;

namespace PeerWeb.Features.Calendars;

/// <summary>The days that a view shows at once, and the views before and after it.</summary>
public abstract record CalendarSpan
{
    /// <summary>As the address names it.</summary>
    public abstract string View { get; }

    /// <summary>What "previous" and "next" go by: "month", "30 days".</summary>
    public abstract string Step { get; }

    /// <summary>The days in words: "November 2026", "23 – 29 November 2026".</summary>
    public abstract string Title { get; }

    /// <summary>The day that stands for the span in an address.</summary>
    public abstract LocalDate First { get; }

    /// <summary>The first day that is asked for.</summary>
    public abstract LocalDate Start { get; }

    /// <summary>The day after the last that is asked for.</summary>
    public abstract LocalDate End { get; }

    public abstract CalendarSpan Previous { get; }

    public abstract CalendarSpan Next { get; }

    /// <summary>Days of the week that are left out.</summary>
    public DaySet Hidden { get; protected init; }

    /// <summary>The days that show, in order; at least one.</summary>
    public IReadOnlyList<LocalDate> Days =>
        [.. Enumerable.Range(0, Period.DaysBetween(Start, End)).Select(Start.PlusDays).Where(day => !Hidden.Contains(day.DayOfWeek))];

    /// <summary>False for a day that shows only beside the span, like those of the next month; true for one that is left out.</summary>
    public abstract bool Includes(LocalDate day);

    public bool Shows(LocalDate day) => day >= Start && day < End && !Hidden.Contains(day.DayOfWeek);

    /// <summary>The next day after or before that one, where days that are left out do not count; also out of the span.</summary>
    public LocalDate After(LocalDate day, int days)
    {
        do
            day = day.PlusDays(days);
        while (Hidden.Contains(day.DayOfWeek));
        return day;
    }

    /// <summary>That day, or where it is left out the next one that shows, or the last.</summary>
    public LocalDate Nearest(LocalDate day) => Shows(day) ? day : Days.Where(shown => shown > day).DefaultIfEmpty(Days[^1]).First();

    /// <summary>Not all that a record has: the spans beside it have spans beside them.</summary>
    public sealed override string ToString() => $"{View} {Start:uuuu-MM-dd}";

    /// <summary>The days as instants, as they begin and end in the viewer's zone.</summary>
    public TimeRange Range(DateTimeZone viewer) => new(viewer.AtStartOfDay(Start).ToInstant(), viewer.AtStartOfDay(End).ToInstant());
}
