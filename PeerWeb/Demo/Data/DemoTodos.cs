using System.Globalization;
using System.Text;
using NodaTime;
using PeerWeb.Core.Formats;
using PeerWeb.Core.Todos;
using PeerWeb.Shared;

namespace PeerWeb.Demo.Data;

/// <summary>The demo's todo lists, the same for the same day.</summary>
public static class DemoTodos
{
    /// <summary>A todo, by its number; its due day counts from today.</summary>
    /// <param name="Parent">The number of the one it is a part of.</param>
    /// <param name="Hour">Of the due time, in the owner's zone; null: that day.</param>
    private sealed record DemoTodo(
        int Number, string Summary, int? Due = null, int? Parent = null, int? Hour = null, int Priority = 0, int? Percent = null, string? Status = null, string? Tags = null, string? Rule = null, string? Notes = null);

    private static readonly DemoTodo[] OfAcme =
    [
        new(1, "Move to the new site", Due: 12, Priority: 1, Percent: 40, Status: "IN-PROCESS", Tags: "move", Notes: "Everything that has to be there on the first day."),
        new(2, "Order desks", Due: -2, Parent: 1, Priority: 5, Status: "COMPLETED", Percent: 100, Tags: "move"),
        new(3, "Label the cables", Due: 2, Parent: 1, Tags: "move,network"),
        new(4, "Network plan", Due: 0, Parent: 1, Hour: 16, Priority: 1, Percent: 60, Status: "IN-PROCESS", Tags: "move,network", Notes: "Rooms 1 to 14, and the hall."),
        new(5, "Tell the post office", Due: 6, Parent: 1),
        new(6, "Weekly report", Due: 3, Hour: 17, Rule: "FREQ=WEEKLY", Tags: "report"),
        new(7, "Water the plants", Due: -1, Rule: "FREQ=DAILY;INTERVAL=3"),
        new(8, "Call the lawyer about the lease", Due: -4, Priority: 1),
        new(9, "Renew the certificate of the door system", Due: 20, Priority: 5),
        new(10, "Read the draft of the annual report", Due: 1, Percent: 10, Tags: "report"),
        new(11, "Find a speaker for the summer party", Tags: "party"),
        new(12, "Book the boat", Parent: 11, Tags: "party"),
        new(13, "Return the projector", Due: -10, Status: "COMPLETED", Percent: 100),
        new(14, "Buy a second projector", Status: "CANCELLED"),
    ];

    private static readonly DemoTodo[] OfGlobex =
    [
        new(1, "Winter timetable of the north route", Due: 9, Priority: 1, Percent: 25, Status: "IN-PROCESS", Tags: "routes", Notes: "Both depots have to agree before it is printed."),
        new(2, "Ask the drivers for their wishes", Due: -3, Parent: 1, Status: "COMPLETED", Percent: 100, Tags: "routes"),
        new(3, "Check the ferry times", Due: 3, Parent: 1, Hour: 11, Tags: "routes"),
        new(4, "Send the draft to both depots", Due: 5, Parent: 1, Priority: 1, Tags: "routes"),
        new(5, "Tyres of van 7", Due: -1, Hour: 14, Priority: 1, Tags: "vans"),
        new(6, "Count the pallets", Due: 4, Hour: 8, Rule: "FREQ=WEEKLY", Tags: "stock"),
        new(7, "Clean the coffee machine", Due: 0, Rule: "FREQ=DAILY;INTERVAL=4"),
        new(8, "Answer the customs office", Due: -2, Priority: 1, Percent: 50, Status: "IN-PROCESS", Notes: "Form 12b, with the weights of each consignment."),
        new(9, "Insurance of the cold store", Due: 18, Priority: 5),
        new(10, "Labels for fragile goods", Due: 1, Tags: "stock"),
        new(11, "First-aid course", Tags: "people"),
        new(12, "Choose a date", Parent: 11, Due: 14, Tags: "people"),
        new(13, "Bring back the borrowed trolley", Due: -8, Status: "COMPLETED", Percent: 100),
        new(14, "New phones for the office", Status: "CANCELLED"),
    ];

    public static IReadOnlyList<DemoCollection> Around(LocalDate today) =>
        [.. ((DemoPerson[])[DemoPerson.Ada, DemoPerson.Bob, DemoPerson.Sam, DemoPerson.Grace]).Select((person, at) => new DemoCollection(person, TodoApp.AppId, "Todos", SourceColor.Palette[at], Text(person, today)))];

    private static string Text(DemoPerson person, LocalDate today)
    {
        var text = new StringBuilder("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Example//Tasks 3.1//EN\r\n").Append(DemoZones.Text);
        // Not everybody has everything to do; what is a part of something comes with it.
        foreach (var todo in (person.Company == DemoPerson.Ada.Company ? OfAcme : OfGlobex).Where(todo => ((todo.Parent ?? todo.Number) + person.User.Length) % 5 != 0))
        {
            foreach (var line in Lines(todo, person, today))
                ContentLines.AppendFolded(text, line);
        }
        return text.Append("END:VCALENDAR\r\n").ToString();
    }

    private static IEnumerable<string> Lines(DemoTodo todo, DemoPerson person, LocalDate today)
    {
        var stamp = $"{DemoEvent.Day(today.PlusDays(-14))}T080000Z";
        yield return "BEGIN:VTODO";
        yield return $"UID:{Uid(todo.Number, person)}";
        yield return $"DTSTAMP:{stamp}";
        yield return $"CREATED:{stamp}";
        yield return $"LAST-MODIFIED:{stamp}";
        yield return $"SUMMARY:{TextValue.Escape(todo.Summary)}";
        if (todo.Notes is { } notes)
            yield return $"DESCRIPTION:{TextValue.Escape(notes)}";
        foreach (var line in Times(todo, person.Zone, today))
            yield return line;
        if (todo.Priority > 0)
            yield return string.Create(CultureInfo.InvariantCulture, $"PRIORITY:{todo.Priority}");
        if (todo.Percent is { } percent)
            yield return string.Create(CultureInfo.InvariantCulture, $"PERCENT-COMPLETE:{percent}");
        yield return $"STATUS:{todo.Status ?? "NEEDS-ACTION"}";
        if (todo.Status == "COMPLETED")
            yield return $"COMPLETED:{DemoEvent.Day(today.PlusDays(-3))}T101500Z";
        if (todo.Tags is { } tags)
            yield return $"CATEGORIES:{tags}";
        if (todo.Parent is { } parent)
            yield return $"RELATED-TO;RELTYPE=PARENT:{Uid(parent, person)}";
        yield return "END:VTODO";
    }

    private static IEnumerable<string> Times(DemoTodo todo, string zone, LocalDate today)
    {
        if (todo.Due is not { } days)
            yield break;
        var due = today.PlusDays(days);
        var value = todo.Hour is { } hour ? $";TZID={zone}:{DemoEvent.Time(due.At(new LocalTime(hour, 0)))}" : $";VALUE=DATE:{DemoEvent.Day(due)}";
        if (todo.Rule is { } rule)
        {
            // Who repeats needs a start.
            yield return $"DTSTART{value}";
            yield return $"RRULE:{rule}";
        }
        yield return $"DUE{value}";
    }

    private static string Uid(int number, DemoPerson person) => string.Create(CultureInfo.InvariantCulture, $"todo-{number}-{person.User}@{person.MailDomain}");
}
