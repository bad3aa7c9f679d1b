using NodaTime;
using NodaTime.Text;
using PeerWeb.Core.Federation.Merge;
using PeerWeb.Features.Calendars.Month;
using PeerWeb.Features.Calendars.State;
using PeerWeb.Features.Calendars.Week;
using PeerWeb.Shared.Lists;

namespace PeerWeb.Features.Calendars;

/// <summary>What the address of the page means: <c>/calendar/{view}/{date}</c>, both optional.</summary>
/// <param name="Notice">What of it makes no sense; null where all does.</param>
public sealed record CalendarAddress(CalendarView View, LocalDate Day, string? Notice)
{
    /// <param name="view">Where there is none, it is where the viewer was last.</param>
    /// <param name="date">A day or a month, ISO 8601; where there is none, today.</param>
    public static CalendarAddress Read(string? view, string? date, CalendarPlace place, LocalDate today)
    {
        var known = CalendarView.Find(view);
        var asked = DateOf(date);
        var day = asked ?? (view is null ? place.Day : null) ?? today;
        var shown = known ?? CalendarView.Find(place.View) ?? CalendarView.Month;
        var notice = (view, known, date, asked) switch
        {
            (not null, null, _, _) => $"There is no view called “{Short(view)}”. This is the {shown.Label.ToLowerInvariant()}.",
            (_, _, not null, null) => $"“{Short(date)}” is no date. This is today.",
            _ => null,
        };
        return new CalendarAddress(shown, day, notice);
    }

    public static string Of(string view, LocalDate day) => $"/calendar/{view}/{EventWords.IsoDay(day)}";

    /// <summary>The day of an entry, with its event opened.</summary>
    public static string Of(MergedEntry entry, DateTimeZone zone) => new EntryLink(entry.Source, entry.Summary.Uid)
        .On(entry.Summary.Start is { } start ? Of(DaySpan.ViewName, start.LocalFor(zone).Date) : "/calendar");

    private static LocalDate? DateOf(string? text) =>
        EventWords.ParseIsoDay(text) is { } day ? day
        : text is not null && YearMonthPattern.Iso.Parse(text) is { Success: true, Value: var month } ? month.OnDayOfMonth(1)
        : null;

    private static string Short(string text) => text.Length <= 40 ? text : $"{text[..40]}…";
}
