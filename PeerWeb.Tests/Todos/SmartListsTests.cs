using NodaTime;
using PeerWeb.Core.Primitives;
using PeerWeb.Core.Todos;
using Xunit;

namespace PeerWeb.Tests.Todos;

public sealed class SmartListsTests
{
    // It is Wednesday, 25 November 2026, half past ten in Zurich.
    private static readonly ShownTodo[] Shown =
    [
        Todo("today", "DUE;VALUE=DATE:20261125", "PRIORITY:5"),
        Todo("today, gone", "DUE;TZID=Europe/Zurich:20261125T100000", "CATEGORIES:Phone"),
        Todo("today, to come", "DUE:20261125T180000Z"),
        Todo("starts today", "DTSTART;VALUE=DATE:20261125"),
        Todo("yesterday", "DUE;VALUE=DATE:20261124", "CATEGORIES:phone,home"),
        Todo("done", "DUE;VALUE=DATE:20261124", "STATUS:COMPLETED", "CATEGORIES:home"),
        Todo("cancelled", "DUE;VALUE=DATE:20261125", "STATUS:CANCELLED"),
        Todo("tuesday", "DUE;VALUE=DATE:20261201", "PRIORITY:1", "STATUS:IN-PROCESS"),
        Todo("in a week", "DUE;VALUE=DATE:20261202"),
        Todo("some day", "PRIORITY:9"),
        Todo("daily", "DUE;VALUE=DATE:20261124", "RRULE:FREQ=DAILY", "EXDATE;VALUE=DATE:20261124"),
        Vtodo.Shown(Vtodo.Of("SUMMARY:remote", "DUE;VALUE=DATE:20261126"), "sam@globex.example"),
    ];

    private static ShownTodo Todo(string title, params string[] lines) => Vtodo.Shown(Vtodo.Of([$"SUMMARY:{title.Replace(",", "\\,", StringComparison.Ordinal)}", .. lines]));

    private static IEnumerable<string> Titles(IEnumerable<ShownTodo> todos) => todos.Select(todo => todo.Title);

    [Fact]
    public void Today_is_what_is_due_or_begins_today_and_is_open() =>
        Assert.Equal(["today, gone", "today, to come", "today", "daily", "starts today"], Titles(SmartLists.Today(Shown, Vtodo.Zurich, Vtodo.Now)));

    [Fact]
    public void Overdue_is_a_time_that_is_over_or_a_day_that_is() =>
        Assert.Equal(["yesterday", "today, gone"], Titles(SmartLists.Overdue(Shown, Vtodo.Zurich, Vtodo.Now)));

    [Fact]
    public void The_next_seven_days_begin_today() => Assert.Equal(
        ["today, gone", "today, to come", "today", "daily", "remote", "tuesday", "starts today"], Titles(SmartLists.NextSevenDays(Shown, Vtodo.Zurich, Vtodo.Now)));

    [Fact]
    public void A_day_is_the_viewers()
    {
        var tokyo = DateTimeZoneProviders.Tzdb["Asia/Tokyo"];

        Assert.DoesNotContain("today, to come", Titles(SmartLists.Today(Shown, tokyo, Vtodo.Now)));
        Assert.Contains("today", Titles(SmartLists.Overdue(Shown, tokyo, Instant.FromUtc(2026, 11, 25, 15, 0))));
        Assert.DoesNotContain("today", Titles(SmartLists.Overdue(Shown, tokyo, Instant.FromUtc(2026, 11, 25, 14, 59))));
    }

    [Fact]
    public void Tags_are_one_whatever_their_case()
    {
        Assert.Equal([("home", 1), ("Phone", 2)], SmartLists.Tags(Shown));
        Assert.Equal(["yesterday", "today, gone"], Titles(SmartLists.Tagged(Shown, "PHONE", Vtodo.Zurich)));
    }

    [Fact]
    public void People_are_the_owners_of_the_lists()
    {
        Assert.Equal([("ada@acme.example", 9), ("sam@globex.example", 1)], SmartLists.People(Shown).Select(person => (person.Owner.ToString(), person.Open)));
        Assert.Equal(["remote"], Titles(SmartLists.Of(Shown, Address.Parse("sam@globex.example"), Vtodo.Zurich)));
    }

    [Fact]
    public void The_board_has_a_column_for_each_status()
    {
        var columns = TodoBoard.Columns(Shown);

        Assert.Equal([TodoStatus.NeedsAction, TodoStatus.InProcess, TodoStatus.Completed, TodoStatus.Cancelled], columns.Select(column => column.Status));
        Assert.Equal([9, 1, 1, 1], columns.Select(column => column.Todos.Count));
    }

    [Fact]
    public void An_instance_of_a_range_is_due_where_it_is()
    {
        var entry = Vtodo.Index(Vtodo.Of("DTSTART;VALUE=DATE:20261123", "DUE;VALUE=DATE:20261124", "RRULE:FREQ=DAILY", "SUMMARY:x"));
        var third = entry.Instances[2];
        var shown = ShownTodo.Of(Address.Parse("ada@acme.example"), new(CollectionId.New(), entry.Uid, ETag.Parse("1.1"), third.RecurrenceId, entry.Title, third.Start, third.End, IsPrivate: false, third.Detail ?? entry.Detail));

        Assert.Equal((EntryTime.Date(new LocalDate(2026, 11, 25)), EntryTime.Date(new LocalDate(2026, 11, 26)), "20261125"), (shown.Start, shown.Due, shown.RecurrenceId));
    }
}
