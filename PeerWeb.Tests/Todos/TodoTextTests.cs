using NodaTime;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Formats.ICalendar;
using PeerWeb.Core.Primitives;
using PeerWeb.Core.Todos;
using PeerWeb.Tests.Formats.ICalendar;
using Xunit;

namespace PeerWeb.Tests.Todos;

public sealed class TodoTextTests
{
    private static readonly EntryTime Friday = EntryTime.Date(new LocalDate(2026, 11, 27));
    private static readonly string Weekly = Vtodo.Of("DTSTART;VALUE=DATE:20261102", "DUE;VALUE=DATE:20261103", "RRULE:FREQ=WEEKLY;COUNT=4;BYDAY=MO", "SUMMARY:Bins", "X-KEPT:1");

    private static EntryTime At(int day, int hour) => Vtodo.Zurich.At(new LocalDateTime(2026, 11, day, hour, 0));

    [Fact]
    public void What_is_created_is_what_is_read()
    {
        var fields = new TodoFields("Call Ada", "About\nthe roof", At(26, 9), At(27, 18), 1, 40, TodoStatus.InProcess, ["phone", "a, b"], Uid.Parse("whole;1"), "Attic", IsPrivate: true, new Recurrence("FREQ=WEEKLY;COUNT=3", []));
        var text = Vtodo.Texts.Create(Uid.Parse("new-1"), fields, Vtodo.Now);

        Assert.Equal(fields, Vtodo.Texts.Read(text));
        Assert.Equal(3, Vtodo.Index(text).Instances.Count);
        Assert.Contains("BEGIN:VTIMEZONE", text, StringComparison.Ordinal);
        Assert.True(Vtodo.Index(text).IsPrivate);
    }

    [Fact]
    public void A_todo_of_a_title_alone_says_nothing_else() => Assert.Equal(
        ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//PeerWeb//PeerWeb//EN", "BEGIN:VTODO", "UID:new-1", "SUMMARY:Milk", "END:VTODO", "END:VCALENDAR"],
        Vtodo.Lines(Vtodo.Texts.Create(Uid.Parse("new-1"), TodoFields.None with { Summary = "Milk" }, Vtodo.Now)));

    [Fact]
    public void What_is_not_meant_to_change_stays_line_by_line()
    {
        var text = Vtodo.Of("DUE;TZID=\"Europe/Zurich\";X-A=1:20261127T180000", "SUMMARY;LANGUAGE=en:Old", "X-KEPT;P=\"a:b\":1", "RELATED-TO;RELTYPE=SIBLING:other", "BEGIN:VALARM", "ACTION:DISPLAY", "TRIGGER:-PT1H", "END:VALARM");
        var changed = Vtodo.Change(text, fields => fields with { Summary = "New", Due = At(28, 18), Parent = Uid.Parse("whole") });

        Assert.Equal(
            Vtodo.Lines(text).Select(line => line.Replace(":Old", ":New", StringComparison.Ordinal).Replace("20261127T", "20261128T", StringComparison.Ordinal)).Append("RELATED-TO;RELTYPE=PARENT:whole").Order(StringComparer.Ordinal),
            Vtodo.Lines(changed).Order(StringComparer.Ordinal));
        Assert.Same(text, Vtodo.Change(text, fields => fields));
    }

    [Fact]
    public void Times_come_and_go_each_by_itself()
    {
        var text = Vtodo.Of("DTSTART:20261120T090000Z", "DURATION:PT2H", "SUMMARY:x");
        var later = Vtodo.Change(text, fields => fields with { Start = EntryTime.Utc(Instant.FromUtc(2026, 11, 20, 8, 0)) });
        var dueOnly = Vtodo.Change(later, fields => fields with { Start = null });
        var none = Vtodo.Change(dueOnly, fields => fields with { Due = null });
        var day = Vtodo.Change(none, fields => fields with { Due = Friday });

        Assert.Subset(Vtodo.Lines(later).ToHashSet(), new HashSet<string> { "DTSTART:20261120T080000Z", "DUE:20261120T110000Z" });
        Assert.Contains("DUE:20261120T110000Z", Vtodo.Lines(dueOnly));
        Assert.DoesNotContain(Vtodo.Lines(none), line => line.StartsWith('D'));
        Assert.Contains("DUE;VALUE=DATE:20261127", Vtodo.Lines(day));
        Assert.True(Vtodo.Texts.Read(day).IsAllDay);
    }

    [Fact]
    public void A_start_and_a_due_that_do_not_go_together_are_refused()
    {
        var text = Vtodo.Of("DUE;VALUE=DATE:20261127");

        Assert.Throws<InvalidEntryException>(() => Vtodo.Change(text, fields => fields with { Start = At(20, 9) }));
        Assert.Throws<InvalidEntryException>(() => Vtodo.Change(text, fields => fields with { Start = EntryTime.Date(new LocalDate(2026, 11, 28)) }));
        Assert.Throws<InvalidEntryException>(() => Vtodo.Change(Vtodo.Of("SUMMARY:x"), fields => fields with { Recurrence = new Recurrence("FREQ=DAILY", []) }));
    }

    [Theory]
    [InlineData(TodoStatus.NeedsAction, 0, 100, TodoStatus.Completed, 100)]
    [InlineData(TodoStatus.NeedsAction, 0, 30, TodoStatus.InProcess, 30)]
    [InlineData(TodoStatus.InProcess, 30, 0, TodoStatus.NeedsAction, 0)]
    [InlineData(TodoStatus.Completed, 100, 90, TodoStatus.InProcess, 90)]
    [InlineData(TodoStatus.Cancelled, 0, 50, TodoStatus.Cancelled, 50)]
    public void The_status_follows_the_percentage(TodoStatus status, int percent, int to, TodoStatus expected, int expectedPercent)
    {
        var text = Vtodo.Texts.Create(Uid.Parse("new-1"), TodoFields.None with { Status = status, Percent = percent }, Vtodo.Now);
        var changed = Vtodo.Texts.Read(Vtodo.Change(text, fields => fields with { Percent = to }));

        Assert.Equal((expected, expectedPercent), (changed.Status, changed.Percent));
    }

    [Theory]
    [InlineData(TodoStatus.Completed, 100)]
    [InlineData(TodoStatus.NeedsAction, 0)]
    [InlineData(TodoStatus.InProcess, 40)]
    [InlineData(TodoStatus.Cancelled, 40)]
    public void The_percentage_follows_the_status(TodoStatus to, int expected)
    {
        var text = Vtodo.Of("STATUS:IN-PROCESS", "PERCENT-COMPLETE:40");
        var changed = Vtodo.Change(text, fields => fields with { Status = to });

        Assert.Equal((to, expected), (Vtodo.Texts.Read(changed).Status, Vtodo.Texts.Read(changed).Percent));
        Assert.Equal(to == TodoStatus.Completed, Vtodo.Detail(changed).CompletedAt == Vtodo.Now);
    }

    [Fact]
    public void A_series_moves_as_a_whole_and_its_rule_with_it()
    {
        var moved = Vtodo.Change(Weekly, fields => fields with { Start = EntryTime.Date(new LocalDate(2026, 11, 3)), Due = EntryTime.Date(new LocalDate(2026, 11, 5)) });

        Assert.Equal(["2026-11-03 00:00", "2026-11-10 00:00", "2026-11-17 00:00", "2026-11-24 00:00"], Ics.Starts(Vtodo.Index(moved)));
        Assert.Subset(Vtodo.Lines(moved).ToHashSet(), new HashSet<string> { "DUE;VALUE=DATE:20261105", "X-KEPT:1", "RRULE:FREQ=WEEKLY;COUNT=4;BYDAY=TU" });
    }

    [Fact]
    public void A_series_that_is_only_due_moves_by_its_due_dates()
    {
        var text = Vtodo.Of("DUE;VALUE=DATE:20261106", "RRULE:FREQ=WEEKLY;COUNT=3", "EXDATE;VALUE=DATE:20261113");
        var moved = Vtodo.Change(text, fields => fields with { Due = EntryTime.Date(new LocalDate(2026, 11, 7)) });

        Assert.Equal(["2026-11-07 00:00", "2026-11-21 00:00"], Ics.Starts(Vtodo.Index(moved)));
        Assert.Throws<InvalidEntryException>(() => Vtodo.Change(text, fields => fields with { Start = fields.Due }));
    }

    [Fact]
    public void What_one_instance_has_of_its_own_it_keeps_when_the_series_changes()
    {
        var before = TodoText.ReadInstance(Weekly, "20261109");
        var one = TodoText.ChangeInstance(Weekly, "20261109", before, before with { Summary = "Bins and paper", Due = EntryTime.Date(new LocalDate(2026, 11, 11)) }, Vtodo.Now);
        var changed = Vtodo.Change(one, fields => fields with { Summary = "Rubbish", Priority = 2 });

        Assert.Equal([null, "Bins and paper", null, null], Vtodo.Index(changed).Instances.Select(instance => instance.Title));
        Assert.Equal("Rubbish", Vtodo.Index(changed).Title);
        Assert.Equal((2, EntryTime.Date(new LocalDate(2026, 11, 11))), (TodoText.ReadInstance(changed, "20261109").Priority, TodoText.ReadInstance(changed, "20261109").Due));
        Assert.Throws<InvalidEntryException>(() => TodoText.ChangeInstance(Weekly, "20261110", before, before with { Summary = "?" }, Vtodo.Now));
    }

    [Fact]
    public void A_todo_that_repeats_no_more_can_lose_its_times_with_it()
    {
        var single = Vtodo.Texts.Read(Vtodo.Change(Weekly, fields => fields with { Recurrence = null, Start = null, Due = null }));

        Assert.Equal((null, null, null, "Bins"), (single.Recurrence, single.Start, single.Due, single.Summary));
    }

    [Fact]
    public void A_rule_can_be_said_in_words_and_changed()
    {
        var fields = Vtodo.Texts.Read(Weekly);
        var daily = Vtodo.Change(Weekly, before => before with { Recurrence = new Recurrence("FREQ=DAILY;COUNT=2", []) });

        Assert.Equal("every week on Monday, 4 times", RecurrenceSentence.Of(fields.Recurrence!, fields.Start!.Value));
        Assert.Equal(["2026-11-02 00:00", "2026-11-03 00:00"], Ics.Starts(Vtodo.Index(daily)));
    }

    [Fact]
    public void What_two_people_changed_is_both_kept_and_what_they_changed_alike_conflicts_in_words()
    {
        var text = Vtodo.Of("DUE;VALUE=DATE:20261127", "SUMMARY:Bins", "PRIORITY:5");
        var mine = Vtodo.Change(text, fields => fields with { Summary = "Rubbish", Tags = ["home"] });
        var theirs = TodoCompletion.Complete(text, null, Vtodo.Now);
        var part = Vtodo.Change(text, fields => fields with { Percent = 40 });
        var merged = Vtodo.Texts.Merge(text, mine, theirs);

        Assert.Equal(("Rubbish", TodoStatus.Completed, 100), (Vtodo.Texts.Read(merged.Text!).Summary, Vtodo.Texts.Read(merged.Text!).Status, Vtodo.Texts.Read(merged.Text!).Percent));
        Assert.Equal(merged.Text, Vtodo.Texts.Merge(text, theirs, mine).Text);
        Assert.Equal(
            new EntryDifference(null, "Status", "40 %, in process", "Wed 25 Nov 2026, 09:30 (UTC), 100 %, completed"),
            Assert.Single(Vtodo.Texts.Merge(text, part, theirs).Conflicts));
        Assert.Equal(
            new EntryDifference(null, "When", "due Fri 27 Nov 2026", "due Sat 28 Nov 2026"),
            Assert.Single(Vtodo.Texts.Differences(text, Vtodo.Change(text, fields => fields with { Due = EntryTime.Date(new LocalDate(2026, 11, 28)) }))));
    }

    [Fact]
    public void Two_instances_completed_by_two_people_are_both_completed()
    {
        var merged = Vtodo.Texts.Merge(Weekly, TodoCompletion.Complete(Weekly, "20261102", Vtodo.Now), TodoCompletion.Complete(Weekly, "20261109", Vtodo.Now));

        Assert.Equal("20261116", Vtodo.Detail(merged.Text!).Next?.RecurrenceId);
    }

    [Fact]
    public void A_copy_has_another_uid_and_nothing_else_of_its_own() =>
        Assert.Equal(Vtodo.Lines(Weekly).Select(line => line.Replace("UID:todo-1@test.example", "UID:copy", StringComparison.Ordinal)), Vtodo.Lines(Vtodo.Texts.WithUid(Weekly, Uid.Parse("copy"))));
}
