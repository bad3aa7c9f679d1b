using NodaTime;
using PeerWeb.Core.Calendars;
using PeerWeb.Core.Calendars.Editing;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Formats.ICalendar;
using PeerWeb.Tests.Formats.ICalendar;
using Xunit;

namespace PeerWeb.Tests.Calendars.Editing;

public sealed class RecurrenceEditTests
{
    private const string Third = "20260119T090000";

    private static readonly string[] Weekly = ["DTSTART;TZID=Europe/Zurich:20260105T090000", "DTEND;TZID=Europe/Zurich:20260105T100000", "RRULE:FREQ=WEEKLY;BYDAY=MO;COUNT=5",
        "EXDATE;TZID=Europe/Zurich:20260112T090000", "SUMMARY:Planning", "X-UNKNOWN:1"];

    private static readonly string[] Late = ["RECURRENCE-ID;TZID=Europe/Zurich:20260126T090000", "DTSTART;TZID=Europe/Zurich:20260127T140000", "SUMMARY:Late"];

    private static readonly string Series = Ics.Calendar([.. Ics.Component(Weekly), .. Ics.Component(Late)]);

    private static readonly string Single = Ics.Event("DTSTART;TZID=Europe/Zurich:20260105T090000", "DTEND;TZID=Europe/Zurich:20260105T100000", "X-UNKNOWN:1");

    [Fact]
    public void What_a_dialog_shows_of_a_series_is_its_rule_and_what_is_left_out()
    {
        Assert.Null(EventText.Fields(Single, null).Recurrence);
        foreach (var id in new[] { null, Third, "20260126T090000" })
            Assert.Equal(new Recurrence("FREQ=WEEKLY;BYDAY=MO;COUNT=5", ["20260112T090000"]), EventText.Fields(Series, id).Recurrence);
    }

    [Fact]
    public void A_single_event_begins_to_repeat_and_stops_again()
    {
        var series = Texts.Change(Single, null, EventScope.All, fields => fields with { Recurrence = new Recurrence("FREQ=DAILY;COUNT=4", ["20260107T090000"]) });

        Assert.Equal(["SEQUENCE:1", "RRULE:FREQ=DAILY;COUNT=4", "EXDATE;TZID=Europe/Zurich:20260107T090000"], Texts.Added(Single, series));
        Assert.Equal(["20260105T090000", "20260106T090000", "20260108T090000"], Ics.Ids(Ics.Index(series)));

        var single = Texts.Change(series, "20260106T090000", EventScope.All, fields => fields with { Recurrence = null });
        Assert.Equal([null], Ics.Ids(Ics.Index(single)));
        Assert.Equal(["2026-01-06 09:00"], Ics.Starts(Ics.Index(single)));
        Assert.Contains("X-UNKNOWN:1", Texts.Lines(single));
    }

    [Fact]
    public void A_series_that_stops_at_a_changed_instance_is_that_instance()
    {
        var single = Texts.Change(Series, "20260126T090000", EventScope.All, fields => fields with { Recurrence = null, Location = "Room 2" });

        Assert.Equal(
            ["BEGIN:VEVENT", "UID:event-1@test.example", "DTSTART;TZID=Europe/Zurich:20260127T140000", "SUMMARY:Late", "LOCATION:Room 2", "SEQUENCE:1", "END:VEVENT", "END:VCALENDAR"],
            Texts.Lines(single)[3..]);
        Assert.Equal(new EventImpact(4, 4), Impact(Series, "20260126T090000", EventScope.All, fields => fields with { Recurrence = null, Location = "Room 2" }));
    }

    [Fact]
    public void A_series_that_stops_from_an_instance_on_is_two_events()
    {
        var before = EventText.Fields(Series, Third);
        var edit = EventText.Change(Series, Third, EventScope.ThisAndFollowing, before, before with { Recurrence = null }, Texts.Following, Texts.Now);

        Assert.Equal(["2026-01-05 09:00"], Ics.Starts(Ics.Index(edit.Text!)));
        Assert.Equal(["2026-01-19 09:00"], Ics.Starts(Ics.Index(edit.Following!.Text)));
        Assert.DoesNotContain("RRULE", edit.Following.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_new_rule_starts_the_series_on_its_first_day_and_drops_what_it_has_no_more()
    {
        EventFields Edit(EventFields fields) => fields with { Recurrence = fields.Recurrence! with { Rule = "FREQ=WEEKLY;BYDAY=TU;COUNT=3" } };
        var changed = Texts.Change(Series, Third, EventScope.All, Edit);

        Assert.Equal(
            ["DTSTART;TZID=Europe/Zurich:20260106T090000", "DTEND;TZID=Europe/Zurich:20260106T100000", "RRULE:FREQ=WEEKLY;BYDAY=TU;COUNT=3", "SEQUENCE:1"],
            Texts.Added(Series, changed));
        Assert.Equal(["20260106T090000", "20260113T090000", "20260120T090000"], Ics.Ids(Ics.Index(changed)));
        Assert.Equal(new EventImpact(4, 4) { Dropped = 1 }, Impact(Series, Third, EventScope.All, Edit));
    }

    [Fact]
    public void A_new_rule_keeps_exceptions_and_changed_instances_on_days_that_it_has()
    {
        var changed = Texts.Change(Series, null, EventScope.All, fields => fields with { Recurrence = fields.Recurrence! with { Rule = "FREQ=DAILY;UNTIL=20260128T225959Z" } });

        var ids = Ics.Ids(Ics.Index(changed));
        Assert.Equal(23, ids.Length);
        Assert.DoesNotContain("20260112T090000", ids);
        Assert.Contains("Late", Texts.Instances(changed).Select(instance => instance.Component.Component.Text("SUMMARY")));
    }

    [Theory]
    [InlineData("FREQ=WEEKLY;BYDAY=MO;COUNT=5", "COUNT=3", "20260119T090000 20260202T090000")]
    [InlineData("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO;COUNT=5", "COUNT=3", "20260119T090000 20260202T090000 20260216T090000")]
    [InlineData("FREQ=WEEKLY;BYDAY=MO;COUNT=2", "COUNT=2", "20260119T090000")]
    public void A_count_that_was_not_touched_is_of_the_whole_series_and_a_typed_one_of_what_follows(string rule, string expected, string ids)
    {
        var before = EventText.Fields(Series, Third);
        var edit = EventText.Change(
            Series, Third, EventScope.ThisAndFollowing, before, before with { Summary = "Review", Recurrence = before.Recurrence! with { Rule = rule } }, Texts.Following, Texts.Now);

        Assert.Contains(expected, Texts.Lines(edit.Following!.Text).Single(line => line.StartsWith("RRULE", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Equal(ids.Split(' '), Texts.Instances(edit.Following.Text).Where(instance => instance.Component.RecurrenceId is null).Select(instance => instance.RecurrenceId));
    }

    [Theory]
    [InlineData("FREQ=WEEKLY;BYDAY=MO;COUNT=5")]
    [InlineData("FREQ=WEEKLY;BYDAY=TU;COUNT=5")]
    public void A_count_that_is_said_to_be_of_what_follows_is_so_although_the_series_had_the_same(string rule)
    {
        var before = EventText.Fields(Series, Third);
        var edit = EventText.Change(
            Series, Third, EventScope.ThisAndFollowing, before, before with { Recurrence = before.Recurrence! with { Rule = rule, CountsFromSplit = true } }, Texts.Following, Texts.Now);

        Assert.Contains($"RRULE:{rule}", Texts.Lines(edit.Following!.Text));
    }

    [Theory]
    [InlineData("FREQ=WEEKLY;BYDAY=TU;COUNT=1", "2026-01-06 09:00")]
    [InlineData("FREQ=WEEKLY;BYDAY=TU;UNTIL=20260106T225959Z", "2026-01-06 09:00")]
    public void A_rule_that_ends_with_its_first_day_starts_on_that_day(string rule, string start) =>
        Assert.Equal([start], Ics.Starts(Ics.Index(Texts.Change(Series, null, EventScope.All, fields => fields with { Recurrence = fields.Recurrence! with { Rule = rule } }))));

    [Fact]
    public void A_rule_that_ends_before_its_first_day_is_refused()
    {
        var rule = "FREQ=WEEKLY;BYDAY=TU;UNTIL=20260105T225959Z";

        Assert.Contains(
            "ends before the first day",
            Assert.Throws<InvalidEntryException>(() => Texts.Change(Series, null, EventScope.All, fields => fields with { Recurrence = fields.Recurrence! with { Rule = rule } })).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Where_only_the_end_is_new_the_days_move_along()
    {
        var changed = Texts.Change(Series, Third, EventScope.All, fields => Texts.Moved(fields, Period.FromDays(1)) with { Recurrence = fields.Recurrence! with { Rule = "FREQ=WEEKLY;BYDAY=MO;COUNT=6" } });

        Assert.Contains("RRULE:FREQ=WEEKLY;BYDAY=TU;COUNT=6", Texts.Lines(changed));
        Assert.Equal(["20260106T090000", "20260120T090000", "20260127T090000", "20260203T090000", "20260210T090000"], Ics.Ids(Ics.Index(changed)));
    }

    [Fact]
    public void A_longer_event_with_another_rule_is_both()
    {
        var changed = Texts.Change(Series, Third, EventScope.All, fields => fields with { End = Texts.Moved(fields.End, Period.FromHours(1)), Recurrence = fields.Recurrence! with { Rule = "FREQ=WEEKLY;COUNT=2" } });

        Assert.Contains("RRULE:FREQ=WEEKLY;COUNT=2", Texts.Lines(changed));
        Assert.Contains("DTEND;TZID=Europe/Zurich:20260105T110000", Texts.Lines(changed));
    }

    [Fact]
    public void Instances_are_taken_back_and_left_out_by_their_recurrence_id()
    {
        EventFields Edit(EventFields fields) => fields with { Recurrence = fields.Recurrence! with { Exceptions = [Third, "20260126T090000"] } };
        var changed = Texts.Change(Series, null, EventScope.All, Edit);

        Assert.Equal(["20260105T090000", "20260112T090000", "20260202T090000"], Ics.Ids(Ics.Index(changed)));
        Assert.DoesNotContain("RECURRENCE-ID", changed, StringComparison.Ordinal);
        Assert.Equal(new EventImpact(2, 4) { Dropped = 1 }, Impact(Series, null, EventScope.All, Edit));
        Assert.Throws<InvalidEntryException>(() => Texts.Change(Series, null, EventScope.All, fields => fields with { Recurrence = fields.Recurrence! with { Exceptions = ["20260120T090000"] } }));
    }

    [Fact]
    public void Leaving_out_every_instance_leaves_nothing()
    {
        var before = EventText.Fields(Series, null);
        var after = before with { Recurrence = before.Recurrence! with { Exceptions = ["20260105T090000", "20260112T090000", Third, "20260126T090000", "20260202T090000"] } };

        Assert.Equal(new EventEdit(null, null), EventText.Change(Series, null, EventScope.All, before, after, Texts.Following, Texts.Now));
    }

    [Fact]
    public void One_instance_alone_cannot_repeat_in_another_way() =>
        Assert.Throws<InvalidEntryException>(() => Texts.Change(Series, Third, EventScope.This, fields => fields with { Recurrence = null }));

    [Theory]
    [InlineData("RRULE:FREQ=DAILY;COUNT=3", "RRULE:FREQ=MONTHLY;COUNT=3")]
    [InlineData("RDATE:20260110T090000Z", "X-NO-RULE:1")]
    [InlineData("RRULE:FREQ=DAILY;COUNT=3", "EXRULE:FREQ=DAILY;INTERVAL=2;COUNT=1")]
    public void A_series_that_no_rule_editor_shows_says_why_and_can_be_changed_otherwise(string one, string other)
    {
        var text = Ics.Event("DTSTART:20260105T090000Z", one, other);
        var recurrence = EventText.Fields(text, null).Recurrence!;

        Assert.False(recurrence.IsEditable);
        Assert.Equal([one, other], Texts.Lines(Texts.Change(text, null, EventScope.All, fields => fields with { Summary = "Review" })).Intersect([one, other]));
        Assert.Single(Texts.Instances(Texts.Change(text, null, EventScope.All, fields => fields with { Recurrence = null })));
        Assert.Contains(
            recurrence.FixedBecause!,
            Assert.Throws<InvalidEntryException>(() => Texts.Change(text, null, EventScope.All, fields => fields with { Recurrence = recurrence with { Rule = "FREQ=YEARLY" } })).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_rule_that_only_ends_elsewhere_keeps_a_start_that_is_none_of_its_days()
    {
        var text = Ics.Event("DTSTART:20260107T090000", "RRULE:FREQ=WEEKLY;BYDAY=MO;COUNT=3");

        var longer = Texts.Change(text, null, EventScope.All, fields => fields with { Recurrence = fields.Recurrence! with { Rule = "FREQ=WEEKLY;BYDAY=MO;COUNT=4" } });

        Assert.Equal(["2026-01-07 09:00", "2026-01-12 09:00", "2026-01-19 09:00", "2026-01-26 09:00"], Ics.Starts(Ics.Index(longer)));
    }

    [Fact]
    public void An_end_in_the_second_of_two_like_hours_is_an_hour_later_and_what_follows_lasts_as_long()
    {
        var text = Ics.Event("DTSTART;TZID=Europe/Zurich:20281028T020000", "DTEND;TZID=Europe/Zurich:20281028T033000", "RRULE:FREQ=DAILY;COUNT=4");

        var edit = EventText.Change(text, "20281029T020000", EventScope.ThisAndFollowing, EventText.Fields(text, "20281029T020000"), EventText.Fields(text, "20281029T020000") with { Summary = "Watch" }, Texts.Following, Texts.Now);

        var lengths = Texts.Instances(text).Concat(Texts.Instances(edit.Following!.Text)).Select(instance => (instance.End.Instant - instance.Start.Instant)?.TotalMinutes);
        Assert.Equal(Enumerable.Repeat<double?>(90, 7), lengths);
    }

    [Fact]
    public void Hours_that_clocks_skip_let_no_hourly_series_move_over_them()
    {
        var text = Ics.Event("DTSTART;TZID=Europe/Zurich:20270327T000000", "RRULE:FREQ=HOURLY;COUNT=40");

        Assert.Throws<InvalidEntryException>(() => Texts.Change(text, null, EventScope.All, fields => Texts.Moved(fields, Period.FromDays(-7))));
        Assert.Equal(40, Texts.Instances(Texts.Change(text, null, EventScope.All, fields => fields with { Summary = "Watch" })).Count);
    }

    [Fact]
    public void The_impact_counts_what_looks_different()
    {
        Assert.Equal(new EventImpact(3, 4), Impact(Series, null, EventScope.All, fields => fields with { Summary = "Review" }));
        Assert.Equal(new EventImpact(3, 4), Impact(Series, Third, EventScope.ThisAndFollowing, fields => Texts.Moved(fields, Period.FromDays(7))));
        Assert.Equal(new EventImpact(2, 4), Impact(Series, Third, EventScope.ThisAndFollowing, fields => fields with { Summary = "Review" }));
        Assert.Equal(new EventImpact(1, 4), Impact(Series, Third, EventScope.This, fields => fields with { Summary = "Review" }));
        Assert.Equal(new EventImpact(0, 4), Impact(Series, Third, EventScope.All, fields => fields));
        Assert.Equal(new EventImpact(1, 1), Impact(Single, null, EventScope.All, fields => fields with { Summary = "Review" }));
        Assert.Equal(new EventImpact(null, null), Impact(Ics.Event("DTSTART:20260105T090000Z", "RRULE:FREQ=DAILY"), null, EventScope.All, fields => fields with { Summary = "Review" }));
    }

    private static EventImpact Impact(string text, string? id, EventScope scope, Func<EventFields, EventFields> edit)
    {
        var before = EventText.Fields(text, id);
        return EventText.Impact(text, id, scope, before, edit(before), EventText.Change(text, id, scope, before, edit(before), Texts.Following, Texts.Now));
    }
}
