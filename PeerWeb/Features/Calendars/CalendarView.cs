using NodaTime;
using PeerWeb.Features.Calendars.Agenda;
using PeerWeb.Features.Calendars.Components;
using PeerWeb.Features.Calendars.Month;
using PeerWeb.Features.Calendars.Settings;
using PeerWeb.Features.Calendars.Week;

namespace PeerWeb.Features.Calendars;

/// <summary>A way to look at the calendar. A new one is a span, a grid, and a line in <see cref="All"/>.</summary>
/// <param name="Name">As the address names it.</param>
/// <param name="Key">Opens it, from anywhere in the page.</param>
/// <param name="Grid">An <see cref="EventGrid{TSpan}"/> of what <paramref name="Open"/> makes.</param>
/// <param name="Open">The span that has a day in it.</param>
public sealed record CalendarView(string Name, string Label, string Key, Type Grid, Func<LocalDate, CalendarSettings, CalendarSpan> Open)
{
    /// <summary>How the sheet lies when it is printed, by the names of <c>app.css</c>.</summary>
    public string Paper { get; private init; } = "across";

    public static readonly CalendarView Month =
        new(MonthSpan.ViewName, "Month", "m", typeof(MonthGrid), (day, settings) => MonthSpan.Of(day, settings.WeekStart, settings.Hidden));

    public static readonly IReadOnlyList<CalendarView> All =
    [
        new(DaySpan.ViewName, "Day", "d", typeof(WeekGrid), (day, _) => DaySpan.Of(day)),
        new(WorkWeekSpan.ViewName, "Work week", "x", typeof(WeekGrid), (day, settings) => WorkWeekSpan.Of(day, settings.WeekStart, settings.WorkDays)),
        new(WeekSpan.ViewName, "Week", "w", typeof(WeekGrid), (day, settings) => WeekSpan.Of(day, settings.WeekStart, settings.Hidden)),
        Month,
        new(AgendaSpan.ViewName, "Agenda", "a", typeof(AgendaGrid), (day, _) => AgendaSpan.Of(day)) { Paper = "upright" },
    ];

    public static CalendarView? Find(string? name) => All.FirstOrDefault(view => view.Name == name);
}
