using NodaTime;
using Xunit;

namespace PeerWeb.Tests.Formats.ICalendar;

public sealed class SeriesTests
{
    private static readonly string[] WeeklyInZurich = ["DTSTART;TZID=Europe/Zurich:20260105T090000", "DTEND;TZID=Europe/Zurich:20260105T100000", "RRULE:FREQ=WEEKLY;COUNT=4", "SUMMARY:Planning"];

    [Theory]
    [InlineData("EXDATE;TZID=Europe/Zurich:20260112T090000")]
    [InlineData("EXDATE:20260112T080000Z")]
    [InlineData("EXDATE;VALUE=DATE:20260112")]
    [InlineData("EXDATE;TZID=America/New_York:20260112T030000")]
    [InlineData("EXDATE;TZID=Europe/Zurich:20250101T090000,20260112T090000")]
    public void An_exception_date_is_understood_in_every_form(string exdate) =>
        Assert.Equal(["20260105T090000", "20260119T090000", "20260126T090000"], Ics.Ids(Ics.Index(Ics.Event([.. WeeklyInZurich, exdate]))));

    [Fact]
    public void Further_dates_are_instances_in_order_and_periods_have_their_own_length()
    {
        var entry = Ics.Index(Ics.Event([.. WeeklyInZurich, "RDATE;TZID=Europe/Zurich:20260107T110000", "RDATE;VALUE=PERIOD:20260108T090000Z/PT2H,20260202T090000Z/20260203T090000Z"]));

        Assert.Equal(
            ["2026-01-05 09:00", "2026-01-07 11:00", "2026-01-08 10:00", "2026-01-12 09:00", "2026-01-19 09:00", "2026-01-26 09:00", "2026-02-02 10:00"],
            Ics.Starts(entry));
        Assert.Equal(
            ["2026-01-05 10:00", "2026-01-07 12:00", "2026-01-08 12:00"], entry.Instances.Take(3).Select(instance => Ics.Local(instance.End)));
        Assert.Equal(Instant.FromUtc(2026, 2, 3, 9, 0), entry.Last);
        Assert.Equal(["20260202T100000"], Ics.Ids(Ics.Index(entry.Text, 2026, 2028) with { Instances = Ics.App.Expand(entry.Text, new(Instant.FromUtc(2026, 2, 3, 0, 0), Instant.FromUtc(2026, 2, 4, 0, 0)), DateTimeZone.Utc, 10) }));
    }

    [Fact]
    public void An_exception_rule_of_the_older_standard_leaves_out_what_it_matches()
    {
        var entry = Ics.Index(Ics.Event("DTSTART:20260105T090000Z", "RRULE:FREQ=DAILY;COUNT=9", "EXRULE:FREQ=WEEKLY;BYDAY=SA,SU"));

        Assert.Equal(["05", "06", "07", "08", "09", "12", "13"], entry.Instances.Select(instance => instance.RecurrenceId?[6..8]));
        Assert.Equal(Instant.FromUtc(2026, 1, 13, 9, 0), entry.Last);
    }

    [Theory]
    [InlineData("FREQ=WEEKLY;BYDAY=TU;COUNT=3", "05 06 13")]
    [InlineData("FREQ=WEEKLY;BYDAY=MO,TU;COUNT=3", "05 06 12")]
    [InlineData("FREQ=WEEKLY;BYDAY=TU;UNTIL=20260113T090000Z", "05 06 13")]
    [InlineData("FREQ=WEEKLY;BYDAY=TU;COUNT=1", "05")]
    [InlineData("FREQ=MONTHLY;BYMONTHDAY=7,8;COUNT=2", "05 07")]
    public void The_start_is_the_first_instance_and_counts_also_where_the_rule_does_not_match_it(string rule, string days) =>
        Assert.Equal(days.Split(' '), Ics.Index(Ics.Event("DTSTART:20260105T090000Z", $"RRULE:{rule}")).Instances.Select(instance => instance.RecurrenceId?[6..8]));

    [Fact]
    public void Several_rules_are_united()
    {
        var entry = Ics.Index(Ics.Event("DTSTART:20260105T090000Z", "RRULE:FREQ=WEEKLY;COUNT=2", "RRULE:FREQ=DAILY;COUNT=3"));

        Assert.Equal(["20260105T090000Z", "20260106T090000Z", "20260107T090000Z", "20260112T090000Z"], Ics.Ids(entry));
    }

    [Fact]
    public void A_changed_instance_moves_across_days_with_its_own_title()
    {
        var entry = Ics.Index(Ics.Calendar(
        [
            .. Ics.Component(WeeklyInZurich),
            .. Ics.Component("RECURRENCE-ID;TZID=Europe/Zurich:20260112T090000", "DTSTART;TZID=Europe/Zurich:20260121T150000", "DTEND;TZID=Europe/Zurich:20260121T160000", "SUMMARY:Planning, late"),
        ]));

        Assert.Equal(["20260105T090000", "20260119T090000", "20260112T090000", "20260126T090000"], Ics.Ids(entry));
        Assert.Equal([null, null, "Planning, late", null], entry.Instances.Select(instance => instance.Title));
        Assert.Equal("2026-01-21 15:00", Ics.Local(entry.Instances[2].Start));
    }

    [Fact]
    public void A_changed_instance_is_recognised_when_its_recurrence_id_is_in_utc()
    {
        var entry = Ics.Index(Ics.Calendar([.. Ics.Component(WeeklyInZurich), .. Ics.Component("RECURRENCE-ID:20260112T080000Z", "DTSTART:20260112T120000Z")]));

        Assert.Equal(["20260105T090000", "20260112T090000", "20260119T090000", "20260126T090000"], Ics.Ids(entry));
    }

    [Fact]
    public void A_changed_instance_moved_out_of_the_horizon_leaves_no_trace_in_it()
    {
        var entry = Ics.Index(Ics.Calendar([.. Ics.Component(WeeklyInZurich), .. Ics.Component("RECURRENCE-ID;TZID=Europe/Zurich:20260112T090000", "DTSTART:20300101T120000Z")]));

        Assert.Equal(["20260105T090000", "20260119T090000", "20260126T090000"], Ics.Ids(entry));
        Assert.Equal(Instant.FromUtc(2030, 1, 1, 12, 0), entry.Last);
    }

    [Fact]
    public void Changed_instances_without_their_series_are_instances_by_themselves()
    {
        var entry = Ics.Index(Ics.Calendar([.. Ics.Component("RECURRENCE-ID:20260112T080000Z", "DTSTART:20260112T120000Z"), .. Ics.Component("RECURRENCE-ID:20260105T080000Z", "DTSTART:20260105T120000Z")]));

        Assert.Equal(["20260105T080000Z", "20260112T080000Z"], Ics.Ids(entry));
        Assert.Equal((Instant.FromUtc(2026, 1, 5, 12, 0), Instant.FromUtc(2026, 1, 12, 12, 0)), (entry.First, entry.Last));
    }

    [Theory]
    [InlineData("DTSTART:20260105T090000Z", "20260112T090000Z")]
    [InlineData("DTSTART;TZID=Asia/Tokyo:20260105T090000", "20260112T090000")]
    [InlineData("DTSTART:20260105T090000", "20260112T090000")]
    [InlineData("DTSTART;VALUE=DATE:20260105", "20260112")]
    public void A_recurrence_id_is_typed_as_the_start_is(string start, string second) => Assert.Equal(second, Ics.Ids(Ics.Index(Ics.Event(start, "RRULE:FREQ=WEEKLY;COUNT=2")))[1]);

    [Theory]
    [InlineData("RRULE:FREQ=WEEKLY", true, null)]
    [InlineData("RRULE:FREQ=WEEKLY;COUNT=3", false, "2026-01-19T10:00:00Z")]
    [InlineData("RRULE:FREQ=WEEKLY;UNTIL=20260130T000000Z", false, "2026-01-26T10:00:00Z")]
    [InlineData("RRULE:FREQ=WEEKLY;UNTIL=20260126", false, "2026-01-26T10:00:00Z")]
    [InlineData("X-NONE:1", false, "2026-01-05T10:00:00Z")]
    public void First_and_last_say_how_far_an_event_reaches(string rule, bool isUnbounded, string? last)
    {
        var entry = Ics.Index(Ics.Event("DTSTART:20260105T090000Z", "DURATION:PT1H", rule), 2040, 2041);

        Assert.Equal((Instant.FromUtc(2026, 1, 5, 9, 0), last, isUnbounded), (entry.First.GetValueOrDefault(), entry.Last?.ToString(), entry.IsUnbounded));
    }

    [Fact]
    public void An_instance_that_began_before_the_horizon_and_reaches_into_it_is_in_it()
    {
        var entry = Ics.Index(Ics.Event("DTSTART:20251220T090000Z", "DURATION:P14D", "RRULE:FREQ=MONTHLY;COUNT=2"));

        Assert.Equal(["2025-12-20 09:00", "2026-01-20 09:00"], Ics.Starts(entry));
    }

    [Fact]
    public void Dates_and_floating_times_are_cut_in_the_viewers_zone()
    {
        var text = Ics.Event("DTSTART;VALUE=DATE:20260105", "RRULE:FREQ=DAILY;COUNT=3");
        var tokyo = DateTimeZoneProviders.Tzdb["Asia/Tokyo"];
        var range = new Core.Primitives.TimeRange(Instant.FromUtc(2026, 1, 5, 15, 0), Instant.FromUtc(2026, 1, 6, 15, 0));

        Assert.Equal(["20260106"], Ics.App.Expand(text, range, tokyo, 10).Select(instance => instance.RecurrenceId));
        Assert.Equal(["20260105", "20260106"], Ics.App.Expand(text, range, DateTimeZone.Utc, 10).Select(instance => instance.RecurrenceId));
    }

    [Fact]
    public void Expanding_far_beyond_the_horizon_gives_the_first_instances_up_to_the_limit()
    {
        var instances = Ics.App.Expand(Ics.Event("DTSTART:20260105T090000Z", "RRULE:FREQ=DAILY"), Ics.Years(2100, 2150), DateTimeZone.Utc, 3);

        Assert.Equal(["20000101T090000Z", "20000102T090000Z", "20000103T090000Z"], instances.Select(instance => instance.RecurrenceId?.Replace("2100", "2000", StringComparison.Ordinal)));
    }

    [Fact]
    public void Two_events_of_one_uid_are_refused() => Assert.Contains("same UID", Ics.Refused(Ics.Calendar([.. Ics.Component("DTSTART:20260105T090000Z"), .. Ics.Component("DTSTART:20260106T090000Z")])).Message, StringComparison.Ordinal);

    [Fact]
    public void The_same_instance_changed_twice_is_refused() =>
        Assert.Contains("RECURRENCE-ID", Ics.Refused(Ics.Calendar(
        [
            .. Ics.Component(WeeklyInZurich),
            .. Ics.Component("RECURRENCE-ID:20260112T080000Z", "DTSTART:20260112T120000Z"),
            .. Ics.Component("RECURRENCE-ID;TZID=Europe/Zurich:20260112T090000", "DTSTART:20260112T130000Z"),
        ])).Message, StringComparison.Ordinal);
}
