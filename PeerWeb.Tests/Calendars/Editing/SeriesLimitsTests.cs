using NodaTime;
using PeerWeb.Core.Calendars;
using PeerWeb.Core.Calendars.Editing;
using PeerWeb.Core.Entries;
using PeerWeb.Tests.Formats.ICalendar;
using Xunit;

namespace PeerWeb.Tests.Calendars.Editing;

/// <summary>What other programs wrote and an edit must not turn into something else.</summary>
public sealed class SeriesLimitsTests
{
    private const string Ranged = "20260112T090000";

    private static readonly string Series = Ics.Calendar(
    [
        .. Ics.Component("DTSTART:20260105T090000", "DTEND:20260105T100000", "RRULE:FREQ=WEEKLY;COUNT=5", "SUMMARY:Old"),
        .. Ics.Component($"RECURRENCE-ID;RANGE=THISANDFUTURE:{Ranged}", "DTSTART:20260113T110000", "DTEND:20260113T113000", "SUMMARY:New", "LOCATION:Room 1"),
    ]);

    [Fact]
    public void One_event_that_follows_a_change_of_all_that_follow_is_changed_as_it_shows()
    {
        var changed = Texts.Change(Series, "20260119T090000", EventScope.This, fields => fields with { Summary = "Special" });
        var entry = Ics.Index(changed);

        Assert.Equal(["2026-01-05 09:00", "2026-01-13 11:00", "2026-01-20 11:00", "2026-01-27 11:00", "2026-02-03 11:00"], Ics.Starts(entry));
        Assert.Equal([null, "New", "Special", "New", "New"], entry.Instances.Select(instance => instance.Title));
        Assert.Equal("2026-01-20 11:30", Ics.Local(entry.Instances[2].End));
        Assert.Equal("Room 1", EventText.Fields(changed, "20260119T090000").Location);
    }

    [Theory]
    [InlineData(Ranged, EventScope.This)]
    [InlineData("20260119T090000", EventScope.ThisAndFollowing)]
    [InlineData(null, EventScope.All)]
    public void What_would_take_the_change_of_all_that_follow_apart_is_refused_with_the_reason(string? id, EventScope scope) =>
        Assert.Contains(
            "all that follow it at once",
            Assert.Throws<InvalidEntryException>(() => Texts.Change(Series, id, scope, fields => Texts.Moved(fields, Period.FromDays(1)))).Message,
            StringComparison.Ordinal);

    [Fact]
    public void The_one_that_says_what_follows_is_not_removed_alone_but_with_what_follows()
    {
        Assert.Throws<InvalidEntryException>(() => EventText.Remove(Series, Ranged, EventScope.This, Texts.Now));
        Assert.Equal(["2026-01-05 09:00"], Ics.Starts(Ics.Index(EventText.Remove(Series, Ranged, EventScope.ThisAndFollowing, Texts.Now)!)));
        Assert.Equal(
            ["2026-01-05 09:00", "2026-01-13 11:00", "2026-01-27 11:00", "2026-02-03 11:00"],
            Ics.Starts(Ics.Index(EventText.Remove(Series, "20260119T090000", EventScope.This, Texts.Now)!)));
    }

    [Fact]
    public void A_rule_of_dates_to_leave_out_does_not_get_another_start()
    {
        var text = Ics.Event("DTSTART:20260105T090000", "RRULE:FREQ=DAILY;COUNT=9", "EXRULE:FREQ=DAILY;INTERVAL=2;COUNT=2");

        Assert.Throws<InvalidEntryException>(() => Texts.Change(text, "20260108T090000", EventScope.ThisAndFollowing, fields => fields with { Summary = "Review" }));
        Assert.Throws<InvalidEntryException>(() => Texts.Change(text, null, EventScope.All, fields => Texts.Moved(fields, Period.FromDays(1))));
        Assert.Equal(["2026-01-06 09:00"], Ics.Starts(Ics.Index(EventText.Remove(text, "20260108T090000", EventScope.ThisAndFollowing, Texts.Now)!)));
    }
}
