using NodaTime;
using PeerWeb.Core.Calendars;
using PeerWeb.Core.Calendars.Editing;
using PeerWeb.Core.Entries;
using PeerWeb.Tests.Formats.ICalendar;
using Xunit;

namespace PeerWeb.Tests.Calendars.Editing;

/// <summary>This and following: the bugs that others shipped.</summary>
public sealed class SeriesSplitTests
{
    private const string Split = "20260119T090000";

    private static readonly string[] Weekly = ["DTSTART;TZID=Europe/Zurich:20260105T090000", "DTEND;TZID=Europe/Zurich:20260105T100000", "RRULE:FREQ=WEEKLY;BYDAY=MO;COUNT=6", "SUMMARY:Planning",
        "EXDATE;TZID=Europe/Zurich:20260112T090000,20260126T090000", "X-UNKNOWN:1", "SEQUENCE:2", "ATTENDEE;PARTSTAT=ACCEPTED:mailto:bob@acme.example", "BEGIN:VALARM", "ACTION:DISPLAY", "TRIGGER:-PT10M", "END:VALARM"];

    /// <summary>The second instance, moved to after the split, and the fourth, moved to before it.</summary>
    private static readonly string[] Crossed = [
        .. Ics.Component("RECURRENCE-ID;TZID=Europe/Zurich:20260105T090000", "DTSTART;TZID=Europe/Zurich:20260121T140000", "SUMMARY:Early one, late"),
        .. Ics.Component("RECURRENCE-ID;TZID=Europe/Zurich:20260202T090000", "DTSTART;TZID=Europe/Zurich:20260106T140000", "SUMMARY:Late one, early")];

    private static readonly string Series = Ics.Calendar([.. Ics.Component(Weekly), .. Crossed]);

    [Fact]
    public void Count_exceptions_and_changed_instances_go_to_the_right_half()
    {
        var edit = Change(Series, Split, fields => fields with { Summary = "Review" });

        Assert.Equal(
            ["RRULE:FREQ=WEEKLY;BYDAY=MO;COUNT=2", "EXDATE;TZID=Europe/Zurich:20260112T090000", "SEQUENCE:3", "RELATED-TO;RELTYPE=NEXT:following-1@test.example"],
            Texts.Added(Series, edit.Text!));
        Assert.Equal(
            ["UID:following-1@test.example", "DTSTART;TZID=Europe/Zurich:20260119T090000", "DTEND;TZID=Europe/Zurich:20260119T100000", "RRULE:FREQ=WEEKLY;BYDAY=MO;COUNT=4", "SUMMARY:Review",
                "EXDATE;TZID=Europe/Zurich:20260126T090000", "SEQUENCE:0", "RELATED-TO;RELTYPE=FIRST:event-1@test.example", "UID:following-1@test.example"],
            Texts.Added(Series, edit.Following!.Text));
        Assert.Equal(["20260105T090000"], Ics.Ids(Ics.Index(edit.Text!)));
        Assert.Equal(["20260202T090000", "20260119T090000", "20260209T090000"], Ics.Ids(Ics.Index(edit.Following.Text)));
    }

    [Fact]
    public void Exceptions_and_changed_instances_move_with_their_half()
    {
        var edit = Change(Series, Split, fields => Texts.Moved(fields, Period.FromDays(1)));

        Assert.Equal(["20260105T090000"], Ics.Ids(Ics.Index(edit.Text!)));
        Assert.Equal(["2026-01-07 14:00", "2026-01-20 09:00", "2026-02-10 09:00"], Ics.Starts(Ics.Index(edit.Following!.Text)));
        Assert.Contains("RRULE:FREQ=WEEKLY;BYDAY=TU;COUNT=4", Texts.Lines(edit.Following.Text));
        Assert.Contains("EXDATE;TZID=Europe/Zurich:20260127T090000", Texts.Lines(edit.Following.Text));
        Assert.Contains("RECURRENCE-ID;TZID=Europe/Zurich:20260203T090000", Texts.Lines(edit.Following.Text));
    }

    [Theory]
    [InlineData("DTSTART;TZID=Europe/Zurich:20260302T090000", "20260316T090000", "UNTIL=20260309T080000Z")]
    [InlineData("DTSTART:20260302T090000Z", "20260316T090000Z", "UNTIL=20260309T090000Z")]
    [InlineData("DTSTART:20260302T090000", "20260316T090000", "UNTIL=20260309T090000")]
    [InlineData("DTSTART;VALUE=DATE:20260302", "20260316", "UNTIL=20260309")]
    public void The_first_half_ends_in_the_form_of_the_start(string start, string split, string until)
    {
        var endless = Change(Ics.Event(start, "RRULE:FREQ=WEEKLY"), split, fields => fields with { Summary = "Review" });
        var ending = Change(Ics.Event(start, "RRULE:FREQ=WEEKLY;UNTIL=20270101"), split, fields => fields with { Summary = "Review" });

        Assert.Contains($"RRULE:FREQ=WEEKLY;{until}", Texts.Lines(endless.Text!));
        Assert.Contains("RRULE:FREQ=WEEKLY", Texts.Lines(endless.Following!.Text));
        Assert.Contains($"RRULE:FREQ=WEEKLY;{until}", Texts.Lines(ending.Text!));
        Assert.Contains("RRULE:FREQ=WEEKLY;UNTIL=20270101", Texts.Lines(ending.Following!.Text));
    }

    [Theory]
    [InlineData("20260105T090000")]
    [InlineData("20260112T090000")]
    public void Where_nothing_is_before_it_the_event_stays_one(string split)
    {
        var text = Ics.Event("DTSTART;TZID=Europe/Zurich:20260105T090000", "RRULE:FREQ=WEEKLY;COUNT=3", "EXDATE;TZID=Europe/Zurich:20260105T090000,20260126T090000");
        if (split == "20260105T090000")
            text = text.Replace("EXDATE;TZID=Europe/Zurich:20260105T090000", "EXDATE;TZID=Europe/Zurich:20260119T090000", StringComparison.Ordinal);
        var edit = Change(text, split, fields => fields with { Summary = "Review" });

        Assert.Null(edit.Following);
        Assert.All(Texts.Instances(edit.Text!), instance => Assert.Equal("Review", instance.Component.Component.Text("SUMMARY")));
        Assert.Null(EventText.Remove(text, split, EventScope.ThisAndFollowing, Texts.Now));
    }

    [Fact]
    public void Each_of_many_halves_leads_to_the_next_and_to_the_first()
    {
        var once = Change(Series, Split, fields => fields with { Summary = "Review" });
        var first = EventText.Fields(once.Text!, "20260105T090000");
        var twice = EventText.Change(once.Following!.Text, "20260209T090000", EventScope.ThisAndFollowing, first, first with { Summary = "Last" }, Core.Primitives.Uid.Parse("third"), Texts.Now);

        Assert.Contains("RELATED-TO;RELTYPE=FIRST:event-1@test.example", Texts.Lines(twice.Text!));
        Assert.Contains("RELATED-TO;RELTYPE=NEXT:third", Texts.Lines(twice.Text!));
        Assert.Contains("RELATED-TO;RELTYPE=FIRST:event-1@test.example", Texts.Lines(twice.Following!.Text));
        Assert.DoesNotContain("RELTYPE=NEXT", twice.Following.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("20260202T090000", "FREQ=MONTHLY;BYDAY=1MO;COUNT=9", 1, "FREQ=MONTHLY;BYDAY=1TU;COUNT=8", "2026-02-03 2026-03-03 2026-04-07")]
    [InlineData("20260223T090000", "FREQ=MONTHLY;BYDAY=-1MO;UNTIL=20260501", -3, "FREQ=MONTHLY;BYDAY=-2FR;UNTIL=20260417T070000Z", "2026-02-20 2026-03-20 2026-04-17")]
    [InlineData("20260228T090000", "FREQ=MONTHLY;BYMONTHDAY=-1", -2, "FREQ=MONTHLY;BYMONTHDAY=-3", "2026-02-26 2026-03-29 2026-04-28")]
    [InlineData("20270105T090000", "FREQ=YEARLY;BYMONTH=1;BYDAY=1TU", 30, "FREQ=YEARLY;BYMONTH=2;BYDAY=1TH", "2027-02-04 2028-02-03 2029-02-01")]
    public void A_rule_that_cannot_move_becomes_one_for_the_like_day(string split, string rule, int days, string expected, string starts)
    {
        var text = Ics.Event("DTSTART;TZID=Europe/Zurich:20260105T090000", $"RRULE:{rule}");
        var following = Change(text, split, fields => Texts.Moved(fields, Period.FromDays(days))).Following!.Text;

        Assert.Contains($"RRULE:{expected}", Texts.Lines(following));
        Assert.Equal(starts.Split(' '), Texts.Instances(following).Take(3).Select(instance => Ics.Local(instance.Start)[..10]));
    }

    [Fact]
    public void Changed_instances_and_exceptions_of_such_a_rule_stay_with_their_instance()
    {
        var text = Ics.Calendar([.. Ics.Component("DTSTART:20260105T090000Z", "RRULE:FREQ=MONTHLY;BYDAY=1MO;COUNT=6", "EXDATE:20260504T090000Z"), .. Ics.Component("RECURRENCE-ID:20260406T090000Z", "DTSTART:20260408T110000Z")]);
        var following = Change(text, "20260202T090000Z", fields => Texts.Moved(fields, Period.FromDays(2))).Following!.Text;

        Assert.Equal(["20260204T090000Z", "20260304T090000Z", "20260401T090000Z", "20260603T090000Z"], Ics.Ids(Ics.Index(following)));
        Assert.Equal(["2026-02-04 09:00", "2026-03-04 09:00", "2026-04-03 11:00", "2026-06-03 09:00"], Ics.Starts(Ics.Index(following)));
    }

    [Fact]
    public void Listed_dates_are_split_as_well()
    {
        var text = Ics.Event("DTSTART:20260105T090000Z", "RDATE:20260107T090000Z,20260120T090000Z", "RDATE:20260122T090000Z");
        var edit = Change(text, "20260120T090000Z", fields => Texts.Moved(fields, Period.FromHours(1)));

        Assert.Equal(["2026-01-05 09:00", "2026-01-07 09:00"], Ics.Starts(Ics.Index(edit.Text!)));
        Assert.Equal(["2026-01-20 10:00", "2026-01-22 10:00"], Ics.Starts(Ics.Index(edit.Following!.Text)));
    }

    [Fact]
    public void Several_rules_go_on_as_they_were()
    {
        var text = Ics.Event("DTSTART:20260105T090000Z", "RRULE:FREQ=WEEKLY;COUNT=4", "RRULE:FREQ=MONTHLY;BYMONTHDAY=20");
        var edit = Change(text, "20260119T090000Z", fields => fields with { Summary = "Review" });

        Assert.Equal(["RRULE:FREQ=WEEKLY;COUNT=2"], Texts.Lines(edit.Text!).Where(line => line.StartsWith("RRULE", StringComparison.Ordinal)));
        Assert.Equal(
            ["2026-01-19", "2026-01-20", "2026-01-26", "2026-02-20", "2026-03-20"], Texts.Instances(edit.Following!.Text).Take(5).Select(instance => Ics.Local(instance.Start)[..10]));
    }

    [Fact]
    public void A_day_before_it_can_only_be_left_out_of_the_whole_series() =>
        Assert.Throws<InvalidEntryException>(() => Change(Series, Split, fields => fields with { Recurrence = fields.Recurrence! with { Exceptions = ["20260126T090000"] } }));

    private static EventEdit Change(string text, string split, Func<EventFields, EventFields> edit)
    {
        var before = EventText.Fields(text, split);
        return EventText.Change(text, split, EventScope.ThisAndFollowing, before, edit(before), Texts.Following, Texts.Now);
    }
}
