using NodaTime;
using PeerWeb.Core.Calendars;
using PeerWeb.Core.Calendars.Editing;
using PeerWeb.Core.Entries;
using PeerWeb.Tests.Formats.ICalendar;
using Xunit;

namespace PeerWeb.Tests.Calendars.Editing;

public sealed class SeriesEditTests
{
    private static readonly string[] Weekly = ["DTSTART;TZID=Europe/Zurich:20260105T090000", "DTEND;TZID=Europe/Zurich:20260105T100000", "RRULE:FREQ=WEEKLY;BYDAY=MO;COUNT=5", "SUMMARY:Planning",
        "EXDATE;TZID=Europe/Zurich:20260119T090000", "X-UNKNOWN:1", "SEQUENCE:2", "BEGIN:VALARM", "ACTION:DISPLAY", "TRIGGER:-PT10M", "END:VALARM"];

    private static readonly string[] Late = ["RECURRENCE-ID;TZID=Europe/Zurich:20260126T090000", "DTSTART;TZID=Europe/Zurich:20260127T140000", "DTEND;TZID=Europe/Zurich:20260127T160000", "SUMMARY:Planning, late"];

    private static readonly string Series = Ics.Calendar([.. Ics.Component(Weekly), .. Ics.Component(Late)]);

    [Fact]
    public void A_changed_instance_is_a_copy_of_the_master_without_its_rules()
    {
        var changed = Texts.Change(Series, "20260112T090000", EventScope.This, fields => Texts.Moved(fields, Period.FromHours(1)) with { Summary = "Moved" });

        Assert.Equal(
            ["BEGIN:VEVENT", "UID:event-1@test.example", "DTSTART;TZID=Europe/Zurich:20260112T100000", "DTEND;TZID=Europe/Zurich:20260112T110000", "SUMMARY:Moved", "X-UNKNOWN:1", "SEQUENCE:3",
                "RECURRENCE-ID;TZID=Europe/Zurich:20260112T090000", "BEGIN:VALARM", "ACTION:DISPLAY", "TRIGGER:-PT10M", "END:VALARM", "END:VEVENT"],
            Texts.Added(Series, changed));
        Assert.Empty(Texts.Gone(Series, changed));
    }

    [Fact]
    public void An_instance_changed_before_is_changed_where_it_is()
    {
        var changed = Texts.Change(Series, "20260126T090000", EventScope.This, fields => fields with { Summary = "Later still" });

        Assert.Equal(["SUMMARY:Later still"], Texts.Added(Series, changed));
        Assert.Equal(["SUMMARY:Planning, late"], Texts.Gone(Series, changed));
    }

    [Fact]
    public void An_instance_that_is_left_out_cannot_be_changed() =>
        Assert.Throws<InvalidEntryException>(() => Texts.Change(Series, "20260119T090000", EventScope.This, fields => fields with { Summary = "Ghost" }));

    [Fact]
    public void The_whole_series_moves_with_exceptions_and_changed_instances()
    {
        var changed = Texts.Change(Series, "20260112T090000", EventScope.All, fields => Texts.Moved(fields, Period.FromDays(1) + Period.FromHours(2)));

        Assert.Equal(
            ["DTSTART;TZID=Europe/Zurich:20260106T110000", "DTEND;TZID=Europe/Zurich:20260106T120000", "RRULE:FREQ=WEEKLY;BYDAY=TU;COUNT=5", "EXDATE;TZID=Europe/Zurich:20260120T110000", "SEQUENCE:3",
                "RECURRENCE-ID;TZID=Europe/Zurich:20260127T110000", "DTSTART;TZID=Europe/Zurich:20260128T160000", "DTEND;TZID=Europe/Zurich:20260128T180000", "SEQUENCE:1"],
            Texts.Added(Series, changed));
        Assert.Equal(["20260106T110000", "20260113T110000", "20260127T110000", "20260203T110000"], Ics.Ids(Ics.Index(changed)));
    }

    [Fact]
    public void A_new_length_is_for_all_but_those_with_a_length_of_their_own()
    {
        var changed = Texts.Change(Series, null, EventScope.All, fields => fields with { End = Texts.InZurich(1, 5, 11) });

        Assert.Equal([2, 2, 2, 2], Texts.Times(changed).Select(time => (time.End.Local - time.Start.Local).Hours));
        Assert.Equal(["DTEND;TZID=Europe/Zurich:20260105T110000", "SEQUENCE:3", "SEQUENCE:1"], Texts.Added(Series, changed));
    }

    [Fact]
    public void A_new_title_of_all_is_no_new_title_of_an_instance_with_one_of_its_own()
    {
        var changed = Texts.Change(Series, null, EventScope.All, fields => fields with { Summary = "Review", Location = "Room 2" });

        Assert.Equal(["Review", "Planning, late"], Texts.Instances(changed).Select(instance => instance.Component.Component.Text("SUMMARY")).Distinct());
        Assert.All(Texts.Instances(changed), instance => Assert.Equal("Room 2", instance.Component.Component.Text("LOCATION")));
    }

    [Theory]
    [InlineData("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,FR;COUNT=6", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TH,MO;COUNT=6;WKST=TH")]
    [InlineData("FREQ=DAILY;UNTIL=20260201T080000Z", "FREQ=DAILY;UNTIL=20260204T080000Z")]
    [InlineData("FREQ=DAILY;UNTIL=20260201", "FREQ=DAILY;UNTIL=20260204")]
    [InlineData("FREQ=MONTHLY;COUNT=3", "FREQ=MONTHLY;COUNT=3")]
    [InlineData("FREQ=MONTHLY;BYMONTHDAY=5,20;COUNT=3", "FREQ=MONTHLY;BYMONTHDAY=8,23;COUNT=3")]
    [InlineData("FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=5;COUNT=3", "FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=8;COUNT=3")]
    public void A_rule_moves_with_its_start(string rule, string expected)
    {
        var text = Ics.Event("DTSTART;TZID=Europe/Zurich:20260105T090000", $"RRULE:{rule}");
        var changed = Texts.Change(text, null, EventScope.All, fields => Texts.Moved(fields, Period.FromDays(3)));

        Assert.Contains($"RRULE:{expected}", Texts.Lines(changed));
        Assert.Equal(Texts.Times(text).Select(time => Texts.Moved(time.Start, Period.FromDays(3))), Texts.Times(changed).Select(time => time.Start));
    }

    [Theory]
    [InlineData("FREQ=MONTHLY;BYDAY=1MO")]
    [InlineData("FREQ=MONTHLY;BYMONTHDAY=26")]
    [InlineData("FREQ=MONTHLY;BYMONTHDAY=-1")]
    [InlineData("FREQ=YEARLY;BYWEEKNO=2")]
    public void A_rule_that_cannot_move_is_refused_with_the_reason(string rule)
    {
        var refused = Assert.Throws<InvalidEntryException>(() =>
            Texts.Change(Ics.Event("DTSTART:20260105T090000Z", $"RRULE:{rule}"), null, EventScope.All, fields => Texts.Moved(fields, Period.FromDays(3))));

        Assert.Contains("one by one", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_series_made_all_day_keeps_its_exceptions_and_its_end()
    {
        var text = Ics.Calendar([.. Ics.Component([.. Weekly.Select(line => line.Replace("COUNT=5", "UNTIL=20260202T080000Z", StringComparison.Ordinal))]), .. Ics.Component(Late)]);
        var changed = Texts.Change(text, "20260112T090000", EventScope.All, fields => fields with { Start = Texts.Day(1, 12), End = Texts.Day(1, 13) });

        Assert.Equal(["20260105", "20260112", "20260126", "20260202"], Ics.Ids(Ics.Index(changed)));
        Assert.Contains("RRULE:FREQ=WEEKLY;BYDAY=MO;UNTIL=20260202", Texts.Lines(changed));
    }

    [Fact]
    public void A_night_on_which_clocks_change_does_not_make_all_nights_longer()
    {
        var text = Ics.Event("DTSTART;TZID=Europe/Zurich:20260320T220000", "DTEND;TZID=Europe/Zurich:20260321T060000", "RRULE:FREQ=DAILY;COUNT=20");
        var changed = Texts.Change(text, "20260328T220000", EventScope.All, fields => Texts.Moved(fields, Period.FromDays(2)));

        Assert.Contains("DTEND;TZID=Europe/Zurich:20260323T060000", Texts.Lines(changed));
    }

    [Theory]
    [InlineData("DTSTART;TZID=Europe/Zurich:20260105T090000", "20260112T090000", "EXDATE;TZID=Europe/Zurich:20260112T090000")]
    [InlineData("DTSTART:20260105T090000Z", "20260112T090000Z", "EXDATE:20260112T090000Z")]
    [InlineData("DTSTART:20260105T090000", "20260112T090000", "EXDATE:20260112T090000")]
    [InlineData("DTSTART;VALUE=DATE:20260105", "20260112", "EXDATE;VALUE=DATE:20260112")]
    public void A_removed_instance_is_left_out_in_the_form_of_the_start(string start, string id, string exdate)
    {
        var text = Ics.Event(start, "RRULE:FREQ=WEEKLY;COUNT=3");
        var removed = EventText.Remove(text, id, EventScope.This, Texts.Now)!;

        Assert.Equal([exdate, "SEQUENCE:1"], Texts.Added(text, removed));
        Assert.Equal(2, Ics.Index(removed).Instances.Count);
    }

    [Fact]
    public void A_changed_instance_that_is_removed_does_not_come_back_unchanged() =>
        Assert.Equal(["20260105T090000", "20260112T090000", "20260202T090000"], Ics.Ids(Ics.Index(EventText.Remove(Series, "20260126T090000", EventScope.This, Texts.Now)!)));

    [Fact]
    public void Removing_the_last_instance_leaves_nothing()
    {
        Assert.Null(EventText.Remove(Ics.Event("DTSTART:20260105T090000Z"), "20260105T090000Z", EventScope.This, Texts.Now));
        Assert.Null(EventText.Remove(Ics.Event("DTSTART:20260105T090000Z", "RRULE:FREQ=DAILY;COUNT=2", "EXDATE:20260105T090000Z"), "20260106T090000Z", EventScope.This, Texts.Now));
        Assert.Null(EventText.Remove(Ics.Event("RECURRENCE-ID:20260105T090000Z", "DTSTART:20260106T090000Z"), "20260105T090000Z", EventScope.This, Texts.Now));
    }
}
