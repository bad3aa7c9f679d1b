using NodaTime;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Primitives;
using PeerWeb.Core.Todos;
using PeerWeb.Tests.Formats.ICalendar;
using Xunit;

namespace PeerWeb.Tests.Todos;

public sealed class TodoAppTests
{
    private static readonly string[] Daily = ["DTSTART;TZID=Europe/Zurich:20261120T090000", "DUE;TZID=Europe/Zurich:20261120T180000", "RRULE:FREQ=DAILY;COUNT=5", "SUMMARY:Water plants"];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static string[] Done(string id) =>
        ["BEGIN:VTODO", "UID:todo-1@test.example", $"RECURRENCE-ID;TZID=Europe/Zurich:{id}", $"DTSTART;TZID=Europe/Zurich:{id}", "STATUS:COMPLETED", "SUMMARY:Water plants", "END:VTODO"];

    [Theory]
    [InlineData("2007-05-01 00:00", "2007-05-02 00:00", TodoStatus.NeedsAction, "UID:20070313T123432Z-456553@example.com", "DTSTAMP:20070313T123432Z", "DUE;VALUE=DATE:20070501", "SUMMARY:Submit Quebec Income Tax Return for 2006", "CLASS:CONFIDENTIAL", "CATEGORIES:FAMILY,FINANCE", "STATUS:NEEDS-ACTION")]
    [InlineData("2007-05-14 11:00", "2007-07-09 13:00", TodoStatus.NeedsAction, "UID:20070514T103211Z-123404@example.com", "DTSTAMP:20070514T103211Z", "DTSTART:20070514T110000Z", "DUE:20070709T130000Z", "COMPLETED:20070707T100000Z", "SUMMARY:Submit Revised Internet-Draft", "PRIORITY:1", "STATUS:NEEDS-ACTION")]
    public void The_examples_of_RFC_5545_3_6_2_are_read(string start, string end, TodoStatus status, params string[] lines)
    {
        var entry = Vtodo.App.Index(Ics.Calendar(["BEGIN:VTODO", .. lines, "END:VTODO"]), Ics.Years(2007, 2008));
        var instance = Assert.Single(entry.Instances);

        Assert.Equal((start, end, status), (Ics.Local(instance.Start), Ics.Local(instance.End), TodoDetail.Parse(entry.Detail).Status));
        Assert.Equal((lines[0], lines.Contains("CLASS:CONFIDENTIAL")), ($"UID:{entry.Uid}", entry.IsPrivate));
    }

    [Theory]
    [InlineData("2026-11-10 00:00", "2026-11-11 00:00", "DUE;VALUE=DATE:20261110")]
    [InlineData("2026-11-10 09:00", "2026-11-10 09:00", "DUE:20261110T090000Z")]
    [InlineData("2026-11-08 00:00", "2026-11-11 00:00", "DTSTART;VALUE=DATE:20261108", "DUE;VALUE=DATE:20261110")]
    [InlineData("2026-11-08 09:00", "2026-11-10 09:00", "DTSTART:20261108T090000", "DUE:20261110T090000")]
    [InlineData("2026-11-08 09:00", "2026-11-08 11:00", "DTSTART:20261108T090000", "DURATION:PT2H")]
    [InlineData("2026-11-08 09:00", "2026-11-08 09:00", "DTSTART:20261108T090000")]
    // What other programs write though they must not: DUE counts.
    [InlineData("2026-11-10 09:00", "2026-11-10 09:00", "DTSTART;VALUE=DATE:20261108", "DUE:20261110T090000Z")]
    [InlineData("2026-11-10 00:00", "2026-11-11 00:00", "DTSTART;VALUE=DATE:20261112", "DUE;VALUE=DATE:20261110")]
    public void A_todo_is_from_its_start_until_it_is_due_and_a_day_is_due_until_it_is_over(string start, string end, params string[] lines)
    {
        var entry = Vtodo.Index(Vtodo.Of(lines));
        var instance = Assert.Single(entry.Instances);

        Assert.Equal((start, end), (Ics.Local(instance.Start), Ics.Local(instance.End)));
        Assert.Equal(instance.Start.InstantFor(DateTimeZone.Utc), entry.First);
        Assert.Equal(instance.End.InstantFor(DateTimeZone.Utc), entry.Last);
    }

    [Fact]
    public void A_todo_without_time_has_no_instance_and_no_end()
    {
        var entry = Vtodo.Index(Vtodo.Of("SUMMARY:Some day"));

        Assert.Empty(entry.Instances);
        Assert.Equal((null, null, false), (entry.First, entry.Last, entry.IsUnbounded));
        Assert.Empty(Vtodo.App.Expand(entry.Text, Ics.Years(1950, 2100), DateTimeZone.Utc, 10));
    }

    [Fact]
    public void What_is_due_today_is_found_all_day_long_in_the_viewers_zone()
    {
        var text = Vtodo.Of("DUE;VALUE=DATE:20261110");
        bool Finds(int fromHour, int toHour) => Vtodo.App.Expand(
            text, new TimeRange(Instant.FromUtc(2026, 11, 10, fromHour, 0), Instant.FromUtc(2026, 11, 10, toHour, 0)), DateTimeZoneProviders.Tzdb["Asia/Tokyo"], 10).Count == 1;

        Assert.True(Finds(13, 14));
        Assert.False(Finds(15, 16));
    }

    [Fact]
    public void A_list_learns_what_it_shows_from_the_detail()
    {
        var detail = Vtodo.Detail(Vtodo.Of(
            "DTSTART;TZID=Europe/Zurich:20261108T090000", "DUE;TZID=Europe/Zurich:20261110T180000", "STATUS:IN-PROCESS", "PERCENT-COMPLETE:40", "PRIORITY:3", "CATEGORIES:home,phone", "CATEGORIES:Ada",
            "RELATED-TO;RELTYPE=SIBLING:other", "RELATED-TO:whole", "LOCATION:Attic", "DESCRIPTION:One\\nTwo"));

        Assert.Equal((TodoStatus.InProcess, 40, 3, "whole", false), (detail.Status, detail.Percent, detail.Priority, detail.Parent, detail.IsRecurring));
        Assert.Equal(["home", "phone", "Ada"], detail.Tags);
        Assert.Equal(new TodoTime(TimeKind.Zoned, "2026-11-10T18:00:00", "Europe/Zurich"), detail.Due);
        Assert.Equal(Instant.FromUtc(2026, 11, 8, 8, 0), detail.Times.Start?.Instant);
        Assert.Equal(("Attic", "One Two"), (detail.Location, detail.Excerpt));
        Assert.Equal(detail.ToJson(), TodoDetail.Parse(detail.ToJson()).ToJson());
    }

    [Theory]
    [InlineData(TodoStatus.Completed, 100, "STATUS:COMPLETED")]
    [InlineData(TodoStatus.Completed, 100, "COMPLETED:20261101T090000Z")]
    [InlineData(TodoStatus.Completed, 100, "PERCENT-COMPLETE:100")]
    [InlineData(TodoStatus.InProcess, 30, "PERCENT-COMPLETE:30")]
    [InlineData(TodoStatus.InProcess, 99, "STATUS:IN-PROCESS", "PERCENT-COMPLETE:100")]
    [InlineData(TodoStatus.NeedsAction, 0, "STATUS:WHO-KNOWS", "PERCENT-COMPLETE:-3")]
    public void Programs_that_say_one_of_three_are_understood(TodoStatus status, int percent, params string[] lines)
    {
        var detail = Vtodo.Detail(Vtodo.Of(lines));

        Assert.Equal((status, percent), (detail.Status, detail.Percent));
    }

    [Fact]
    public void A_repeating_todo_has_each_instance_with_what_it_says_and_the_first_open_one_is_next()
    {
        var text = Ics.Calendar([.. Vtodo.Component(Daily), .. Done("20261120T090000"), .. Done("20261122T090000")]);
        var entry = Vtodo.Index(text);

        Assert.Equal(["20261120T090000", "20261121T090000", "20261122T090000", "20261123T090000", "20261124T090000"], Ics.Ids(entry));
        Assert.Equal([true, false, true, false, false], entry.Instances.Select(instance => instance.Detail is { } detail && TodoDetail.Parse(detail).Status == TodoStatus.Completed));
        Assert.Equal("20261121T090000", TodoDetail.Parse(entry.Detail).Next?.RecurrenceId);
        Assert.Equal("2026-11-21T18:00:00", TodoDetail.Parse(entry.Detail).Next?.Due?.Local);
    }

    [Fact]
    public void When_all_instances_are_done_there_is_no_next_and_it_shows_as_done()
    {
        var text = Ics.Calendar([.. Vtodo.Component([.. Daily, "EXDATE;TZID=Europe/Zurich:20261122T090000,20261123T090000,20261124T090000"]), .. Done("20261120T090000"), .. Done("20261121T090000")]);

        Assert.Null(Vtodo.Detail(text).Next);
        Assert.Equal(TodoStatus.Completed, Vtodo.Shown(text).Progress.Status);
        Assert.Equal("20261122T090000", Vtodo.Detail(text.Replace("20261122T090000,", string.Empty, StringComparison.Ordinal)).Next?.RecurrenceId);
    }

    [Fact]
    public void Without_a_start_a_rule_counts_from_the_day_it_is_due()
    {
        var entry = Vtodo.Index(Vtodo.Of("DUE;VALUE=DATE:20261130", "RRULE:FREQ=MONTHLY;COUNT=3;BYMONTHDAY=-1"));

        Assert.Equal(["2026-11-30 00:00", "2026-12-31 00:00", "2027-01-31 00:00"], Ics.Starts(entry));
        Assert.Equal("2027-02-01 00:00", Ics.Local(entry.Instances[^1].End));
    }

    [Theory]
    [InlineData("The todo repeats, but has no start (DTSTART or DUE).", "RRULE:FREQ=DAILY")]
    [InlineData("The end is before the start.", "DTSTART:20261112T090000Z", "DUE:20261110T090000Z", "RRULE:FREQ=DAILY;COUNT=2")]
    public void What_cannot_repeat_is_refused_with_the_reason(string reason, params string[] lines)
    {
        var refused = Assert.Throws<InvalidEntryException>(() => Vtodo.Index(Vtodo.Of(lines)));

        Assert.Equal(reason, refused.Message);
    }

    [Fact]
    public async Task Of_a_mixed_file_todos_are_read_and_all_else_is_left_out_with_the_reason()
    {
        var file = Ics.Calendar(["BEGIN:VEVENT", "UID:event", "DTSTART:20261110T090000Z", "SUMMARY:Meeting", "END:VEVENT", .. Vtodo.Component("SUMMARY:Buy bread"), "BEGIN:VJOURNAL", "UID:note", "END:VJOURNAL"]);
        var entries = new List<FileEntry>();
        await foreach (var entry in Vtodo.App.SplitAsync(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(file)), Cancel))
            entries.Add(entry);

        Assert.Equal("todo-1@test.example", Assert.Single(entries.OfType<FileEntry.Readable>()).Uid.Value);
        Assert.Equal(["VEVENT is not a todo.", "VJOURNAL is not a todo."], entries.OfType<FileEntry.Unreadable>().Select(entry => entry.Reason));
        Assert.Throws<InvalidEntryException>(() => Vtodo.Index(Ics.Event("DTSTART:20261110T090000Z")));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("not json")]
    [InlineData("""{"status":"Nonsense"}""")]
    [InlineData("""{"percent":4711,"priority":-5,"tags":[null,"a"],"due":{"kind":"Zoned","local":"2026-11-10T09:00:00","zone":"Mars/Olympus"},"next":{}}""")]
    [InlineData("""{"due":{"kind":"Date"},"start":{"local":"x"},"completed":"yesterday","isRecurring":true}""")]
    public void A_detail_that_somebody_else_wrote_says_what_can_be_understood(string json)
    {
        var detail = TodoDetail.Parse(json);

        Assert.InRange(detail.Percent, 0, 100);
        Assert.InRange(detail.Priority, 0, 9);
        Assert.Null(detail.Times.Due ?? detail.Times.Start);
        Assert.DoesNotContain(detail.Tags ?? [], tag => tag is null);
        Assert.Null(detail.CompletedAt);
        Assert.Null(detail.Next);
    }
}
