using System.Text;
using NodaTime;
using PeerWeb.Core.Calendars;

namespace PeerWeb.Demo.Data;

/// <summary>The demo's calendars: a year of events around a day, the same for the same day.</summary>
public static class DemoCalendars
{
    /// <summary>How many weeks before and after it reaches.</summary>
    internal const int Weeks = 26;

    /// <param name="today">Events lie around the Monday of its week.</param>
    public static IReadOnlyList<DemoCollection> Around(LocalDate today)
    {
        var monday = today.PlusDays(1 - (int)today.DayOfWeek);
        return [.. DemoPerson.All.Select(person => new DemoCollection(person, CalendarApp.AppId, "Calendar", ColorOf(person), Text(person, monday)))];
    }

    private static string Text(DemoPerson person, LocalDate monday)
    {
        var events = DemoSeries.Of(person, monday)
            .Concat(DemoDays.Of(person, monday))
            .Concat(DemoMeetings.Of(person, monday));
        var text = new StringBuilder();
        text.Append("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Example//Desktop Calendar 4.2//EN\r\nCALSCALE:GREGORIAN\r\n");
        text.Append("X-WR-CALNAME:").Append(person.FullName).Append("\r\n");
        text.Append(DemoZones.Text);
        foreach (var demoEvent in events)
            demoEvent.AppendTo(text, monday);
        return text.Append("END:VCALENDAR\r\n").ToString();
    }

    internal static string ColorOf(DemoPerson person) => person.User switch
    {
        "ada" => "#3f51b5",
        "bob" => "#00897b",
        "carol" => "#c2185b",
        "sam" => "#e65100",
        "grace" => "#6a1b9a",
        _ => "#2e7d32",
    };
}
