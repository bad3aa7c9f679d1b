using NodaTime;
using PeerWeb.Core.Primitives;
using Xunit;

namespace PeerWeb.Tests.Formats.ICalendar;

/// <summary>RFC 5545 3.2.13 and 3.8.4.4: RANGE=THISANDFUTURE.</summary>
public sealed class FollowingChangeTests
{
    private static readonly string[] Weekly = Ics.Component("DTSTART;TZID=Europe/Zurich:20260302T090000", "DTEND;TZID=Europe/Zurich:20260302T100000", "RRULE:FREQ=WEEKLY;COUNT=6", "SUMMARY:Old");

    [Fact]
    public void All_following_instances_move_by_the_same_difference_and_have_the_same_length_and_title()
    {
        var entry = Ics.Index(Ics.Calendar([.. Weekly, .. From("20260316T090000", "DTSTART;TZID=Europe/Zurich:20260317T110000", "DTEND;TZID=Europe/Zurich:20260317T113000")]));

        Assert.Equal(["2026-03-02 09:00", "2026-03-09 09:00", "2026-03-17 11:00", "2026-03-24 11:00", "2026-03-31 11:00", "2026-04-07 11:00"], Ics.Starts(entry));
        Assert.Equal(["20260302T090000", "20260309T090000", "20260316T090000", "20260323T090000", "20260330T090000", "20260406T090000"], Ics.Ids(entry));
        Assert.Equal([null, null, "New", "New", "New", "New"], entry.Instances.Select(instance => instance.Title));
        Assert.Equal("2026-04-07 11:30", Ics.Local(entry.Instances[^1].End));
        Assert.Equal(Instant.FromUtc(2026, 4, 7, 9, 30), entry.Last);
    }

    [Fact]
    public void The_next_such_change_takes_over_and_single_changes_and_exceptions_win()
    {
        var entry = Ics.Index(Ics.Calendar(
        [
            .. Ics.Component("DTSTART:20260302T090000", "DURATION:PT1H", "RRULE:FREQ=WEEKLY;COUNT=6", "EXDATE:20260323T090000", "SUMMARY:Old"),
            .. From("20260309T090000", "DTSTART:20260309T100000"),
            .. From("20260330T090000", "DTSTART:20260330T080000", "SUMMARY:Last"),
            .. Ics.Component("RECURRENCE-ID:20260316T090000", "DTSTART:20260318T150000", "SUMMARY:Once"),
        ]));

        Assert.Equal(["2026-03-02 09:00", "2026-03-09 10:00", "2026-03-18 15:00", "2026-03-30 08:00", "2026-04-06 08:00"], Ics.Starts(entry));
        Assert.Equal([null, "New", "Once", "Last", "Last"], entry.Instances.Select(instance => instance.Title));
    }

    [Theory]
    [InlineData("DTSTART;TZID=America/New_York:20260309T090000", "2026-03-09T13:00:00Z 2026-03-16T13:00:00Z 2026-03-23T13:00:00Z 2026-03-30T13:00:00Z 2026-04-06T13:00:00Z")]
    [InlineData("DTSTART:20260309T090000Z", "2026-03-09T09:00:00Z 2026-03-16T09:00:00Z 2026-03-23T09:00:00Z 2026-03-30T08:00:00Z 2026-04-06T08:00:00Z")]
    public void Clocks_change_in_the_zone_that_counts(string start, string expected) =>
        Assert.Equal(expected, string.Join(' ', Ics.Index(Ics.Calendar([.. Weekly, .. From("20260309T090000", start)])).Instances.Skip(1).Select(instance => instance.Start.Instant)));

    [Fact]
    public void A_series_may_turn_into_days_or_times_from_an_instance_on()
    {
        var days = Ics.Index(Ics.Calendar([.. Weekly, .. From("20260323T090000", "DTSTART;VALUE=DATE:20260324")]));
        var times = Ics.Index(Ics.Calendar([.. Ics.Component("DTSTART;VALUE=DATE:20260302", "RRULE:FREQ=DAILY;COUNT=3"), .. Ics.Component("RECURRENCE-ID;VALUE=DATE;RANGE=THISANDFUTURE:20260303", "DTSTART:20260303T170000")]));

        Assert.Equal([(TimeKind.Date, "2026-03-24 00:00"), (TimeKind.Date, "2026-03-31 00:00"), (TimeKind.Date, "2026-04-07 00:00")], days.Instances.Skip(3).Select(instance => (instance.Start.Kind, Ics.Local(instance.Start))));
        Assert.Equal(["2026-03-02 00:00", "2026-03-03 17:00", "2026-03-04 17:00"], Ics.Starts(times));
    }

    [Fact]
    public void A_window_finds_instances_that_have_moved_into_it_from_far_away()
    {
        var text = Ics.Calendar([.. Ics.Component("DTSTART:20260105T090000Z", "RRULE:FREQ=WEEKLY"), .. From("20260202T090000Z", "DTSTART:20260803T090000Z")]);
        var back = Ics.Calendar([.. Ics.Component("DTSTART:20260105T090000Z", "RRULE:FREQ=WEEKLY"), .. From("20260803T090000Z", "DTSTART:20260202T090000Z")]);
        var week = new TimeRange(Instant.FromUtc(2026, 8, 10, 0, 0), Instant.FromUtc(2026, 8, 17, 0, 0));

        Assert.Equal(["20260209T090000Z"], Ics.App.Expand(text, week, DateTimeZone.Utc, 10).Select(instance => instance.RecurrenceId));
        Assert.Equal(["20270208T090000Z"], Ics.App.Expand(back, week, DateTimeZone.Utc, 10).Select(instance => instance.RecurrenceId));
    }

    [Fact]
    public void The_series_begins_and_ends_where_its_moved_instances_do()
    {
        var entry = Ics.Index(Ics.Calendar([.. Ics.Component("DTSTART:20260305T090000Z", "RRULE:FREQ=DAILY;COUNT=3"), .. From("20260305T090000Z", "DTSTART:20260301T090000Z", "DURATION:PT3H")]));

        Assert.Equal((Instant.FromUtc(2026, 3, 1, 9, 0), Instant.FromUtc(2026, 3, 3, 12, 0)), (entry.First.GetValueOrDefault(), entry.Instances[^1].End.Instant.GetValueOrDefault()));
        Assert.True(entry.Last >= entry.Instances[^1].End.Instant);
    }

    [Fact]
    public void An_instance_after_the_change_is_opened_with_its_words_and_times()
    {
        var opened = Core.Calendars.CalendarEvent.Read(Ics.Calendar([.. Weekly, .. From("20260316T090000", "DTSTART;TZID=Europe/Zurich:20260316T100000")]), "20260323T090000");

        Assert.Equal(("New", "2026-03-23 10:00"), (opened.Summary, Ics.Local(opened.Start)));
    }

    private static string[] From(string id, params string[] lines) =>
        Ics.Component([id.EndsWith('Z') || !lines[0].Contains("TZID=Europe", StringComparison.Ordinal) ? $"RECURRENCE-ID;RANGE=THISANDFUTURE:{id}" : $"RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Europe/Zurich:{id}", .. lines, .. lines.Any(line => line.StartsWith("SUMMARY", StringComparison.Ordinal)) ? Array.Empty<string>() : ["SUMMARY:New"]]);
}
