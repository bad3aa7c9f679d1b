using System.Text.Json;
using NodaTime;
using PeerWeb.Core.Todos;
using PeerWeb.Features.Todos.Edit;
using PeerWeb.Shared.Entries;
using Xunit;

namespace PeerWeb.Tests.Features.Todos.Edit;

public sealed class TodoShapeTests
{
    private const string InNewYork = "DUE;TZID=America/New_York:20250314T170030";

    private static readonly EntryScene Scene = TodoView.Scene();

    [Theory]
    [InlineData("DUE;VALUE=DATE:20250314", "2025-03-14", "Europe/Berlin")]
    [InlineData("DUE:20250314T130000Z", "2025-03-14T14:00", "utc")]
    [InlineData("DUE:20250314T130000", "2025-03-14T13:00", "floating")]
    [InlineData(InNewYork, "2025-03-14T17:00:30", "America/New_York")]
    public void A_time_shows_by_its_own_clock_and_comes_back_as_it_was(string line, string due, string zone)
    {
        var fields = Read(line);

        var form = Show(fields);

        Assert.Equal((due, zone), (form.Due, form.Zone));
        Assert.Equal(fields, TodoShape.Instance.Fields(form, fields, Scene));
        Assert.Equal(fields, TodoShape.Instance.Fields(form with { Title = "Other" }, fields, Scene) with { Summary = fields.Summary });
    }

    [Fact]
    public void A_time_that_was_typed_is_kept_in_the_zone_of_the_todo()
    {
        var fields = Read(InNewYork);

        var changed = TodoShape.Instance.Fields(Show(fields) with { Due = "2025-03-20T09:00" }, fields, Scene).Due;

        Assert.Equal(("America/New_York", Instant.FromUtc(2025, 3, 20, 13, 0)), (changed?.ZoneId, changed?.Instant));
    }

    [Fact]
    public void Another_zone_moves_the_time()
    {
        var fields = Read(InNewYork);

        var changed = TodoShape.Instance.Fields(Show(fields) with { Zone = "Europe/Berlin" }, fields, Scene).Due;

        Assert.Equal(("Europe/Berlin", Instant.FromUtc(2025, 3, 14, 16, 0, 30)), (changed?.ZoneId, changed?.Instant));
    }

    [Fact]
    public void Days_become_times_and_days_again()
    {
        var form = TodoForm.Empty with { Start = "2025-03-14", Due = "2025-03-15" };

        var timed = form.WithAllDay(false);

        Assert.Equal(("2025-03-14T09:00", "2025-03-15T17:00"), (timed.Start, timed.Due));
        Assert.Equal(form, timed.WithAllDay(true));
    }

    [Theory]
    [InlineData("2025-03-15", "2025-03-14", "", "0", "It is due before it starts.")]
    [InlineData("", "0001-01-01", "", "0", "This is no time between the years 1900 and 2199.")]
    [InlineData("", "", "FREQ=DAILY", "0", "A todo that repeats needs a due date or a start.")]
    [InlineData("", "", "", "101", "This is no number from 0 to 100.")]
    public void What_cannot_be_is_told_and_not_saved(string start, string due, string rule, string percent, string problem)
    {
        var form = TodoForm.Empty with { Source = TodoView.Mine.Id.ToString(), Start = start, Due = due, Rule = rule, Percent = percent };

        Assert.Contains(problem, new[] { form.DueProblem, form.RuleProblem, form.PercentProblem });
        Assert.True(TodoShape.Instance.HasProblems(form, TodoForm.Empty, isTried: false));
    }

    [Fact]
    public void What_was_typed_goes_on_top_of_what_somebody_else_changed()
    {
        var before = Show(Read(InNewYork));
        var now = before with { Title = "Theirs", Priority = "1", Zone = "utc", Due = "2025-03-14T20:00" };

        var form = TodoShape.Instance.Rebase(before with { Priority = "9", Status = nameof(TodoStatus.InProcess) }, before, now);

        Assert.Equal(("Theirs", "9", "utc", "2025-03-14T20:00", nameof(TodoStatus.InProcess)), (form.Title, form.Priority, form.Zone, form.Due, form.Status));
    }

    [Fact]
    public void In_another_list_it_is_a_part_of_nothing()
    {
        var form = TodoForm.Empty with { Source = TodoView.Mine.Id.ToString(), Parent = "whole" };

        Assert.Equal("whole", TodoShape.Instance.WithSource(form, form.Source).Parent);
        Assert.Equal(string.Empty, TodoShape.Instance.WithSource(form, TodoView.Sams.Id.ToString()).Parent);
    }

    [Fact]
    public void A_rule_that_stays_keeps_its_exceptions()
    {
        var fields = Read("DUE;VALUE=DATE:20250314", "RRULE:FREQ=WEEKLY;COUNT=4", "EXDATE;VALUE=DATE:20250321");

        Assert.Equal(fields.Recurrence, TodoShape.Instance.Fields(Show(fields), fields, Scene).Recurrence);
        Assert.Null(TodoShape.Instance.Fields(Show(fields) with { Rule = string.Empty }, fields, Scene).Recurrence);
        Assert.Equal(("FREQ=DAILY", 1), TodoShape.Instance.Fields(Show(fields) with { Rule = "FREQ=DAILY" }, fields, Scene).Recurrence is { } rule ? (rule.Rule, rule.Exceptions.Count) : default);
    }

    [Fact]
    public void A_draft_is_read_again_as_it_was()
    {
        var form = Show(Read(InNewYork, "CATEGORIES:a,b", "PRIORITY:1"));
        var draft = new EntryDraft<TodoForm>(TodoView.Mine.Id.ToString(), "a", null, null, null, TodoForm.Empty, form);

        Assert.Equal(draft, EntryDraft.Read(JsonSerializer.Serialize(draft, TodoKind.Instance.Drafts), TodoKind.Instance));
    }

    private static TodoFields Read(params string[] lines) => TodoShape.Instance.Text.Read(TodoView.Text("a", ["SUMMARY:Call", .. lines]));

    private static TodoForm Show(TodoFields fields) => TodoShape.Instance.Show(fields, TodoView.Mine.Id.ToString(), Scene);
}
