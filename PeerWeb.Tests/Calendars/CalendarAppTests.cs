using PeerWeb.Core.Calendars;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Primitives;
using PeerWeb.Tests.Formats.ICalendar;
using Xunit;

namespace PeerWeb.Tests.Calendars;

public sealed class CalendarAppTests
{
    private const string Start = "DTSTART:20260105T090000Z";

    [Fact]
    public void An_app_registry_finds_the_calendar_by_its_name() =>
        Assert.IsType<CalendarApp>(new AppRegistry([new CalendarApp()]).Find(AppId.Parse("calendar")));

    [Fact]
    public void The_index_has_uid_title_and_folded_words()
    {
        var entry = Ics.Index(Ics.Event(Start, "SUMMARY:Über\\, Café", "LOCATION:ZÜRICH", "DESCRIPTION:Line\\nTwo", "ATTENDEE;CN=Grace:mailto:grace@globex.example"));

        Assert.Equal(("event-1@test.example", "Über, Café"), (entry.Uid.Value, entry.Title));
        Assert.All(["uber, cafe", "zurich", "line two", "grace@globex.example"], word => Assert.Contains(word, entry.SearchText, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("CLASS:PUBLIC", false)]
    [InlineData("class:public", false)]
    [InlineData("CLASS:PRIVATE", true)]
    [InlineData("CLASS:CONFIDENTIAL", true)]
    [InlineData("CLASS:X-SECRET", true)]
    [InlineData("CLASS:", true)]
    [InlineData("X-NO-CLASS:1", false)]
    public void Everything_but_public_is_private(string line, bool isPrivate) => Assert.Equal(isPrivate, Ics.Index(Ics.Event(Start, line)).IsPrivate);

    [Fact]
    public void One_private_instance_makes_the_whole_entry_private() =>
        Assert.True(Ics.Index(Ics.Calendar([.. Ics.Component(Start, "RRULE:FREQ=DAILY", "CLASS:PUBLIC"), .. Ics.Component("RECURRENCE-ID:20260106T090000Z", "DTSTART:20260106T090000Z", "CLASS:PRIVATE")])).IsPrivate);

    [Fact]
    public void A_detail_reads_back_what_a_cell_and_a_popover_show()
    {
        var detail = CalendarEventDetail.Parse(Ics.Index(Ics.Event(
            Start, "RRULE:FREQ=DAILY", "LOCATION:Room 1", "STATUS:TENTATIVE", "TRANSP:TRANSPARENT", "CATEGORIES:Work,Team", "COLOR:teal", $"DESCRIPTION:{new string('x', 300)}")).Detail);

        Assert.Equal(("Room 1", EventStatus.Tentative, Transparency.Transparent, "teal", true), (detail.Location, detail.Status, detail.Transparency, detail.Color, detail.IsRecurring));
        Assert.Equal(["Work", "Team"], detail.Categories);
        Assert.Equal((200, '…'), (detail.Excerpt?.Length, detail.Excerpt?[^1]));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{\"status\":\"exploded\"}")]
    [InlineData("{\"location\":{}}")]
    public void A_detail_that_cannot_be_read_says_nothing(string json) => Assert.Equal(CalendarEventDetail.Empty, CalendarEventDetail.Parse(json));

    [Fact]
    public void A_colour_that_is_none_never_reaches_a_style() =>
        Assert.Null(CalendarEventDetail.Parse("{\"color\":\"red;background:url(//evil.example)\"}").Color);

    [Fact]
    public void A_cancelled_instance_stays_visible_and_says_so()
    {
        var entry = Ics.Index(Ics.Calendar([.. Ics.Component(Start, "RRULE:FREQ=DAILY;COUNT=3"), .. Ics.Component("RECURRENCE-ID:20260106T090000Z", "DTSTART:20260106T090000Z", "STATUS:CANCELLED")]));

        Assert.Equal(3, entry.Instances.Count);
        Assert.Equal([null, EventStatus.Cancelled, null], entry.Instances.Select(instance => instance.Detail is { } detail ? CalendarEventDetail.Parse(detail).Status : (EventStatus?)null));
    }

    [Fact]
    public void Indexing_the_stored_text_again_gives_the_same_index()
    {
        var text = Ics.Calendar([.. Ics.Component(Start, "RRULE:FREQ=DAILY;COUNT=3", "SUMMARY:Ünï"), .. Ics.Component("RECURRENCE-ID:20260106T090000Z", "DTSTART:20260107T090000Z", "SUMMARY:Moved")]);
        var once = Ics.Index(text);
        var again = Ics.Index(once.Text);

        Assert.Equal(once.Instances, again.Instances);
        Assert.Equal(once with { Instances = [] }, again with { Instances = once.Instances } with { Instances = [] });
    }

    [Fact]
    public void Characters_that_turn_a_line_around_are_not_in_titles() =>
        Assert.Equal("abc", Ics.Index(Ics.Event(Start, "SUMMARY:a\u202Eb\u2066c")).Title);
}
