using NodaTime;
using PeerWeb.Core.Calendars;
using PeerWeb.Core.Formats.ICalendar;
using PeerWeb.Tests.Formats.ICalendar;
using Xunit;

namespace PeerWeb.Tests.Calendars;

public sealed class CalendarEventTests
{
    private static readonly string Series = Ics.Calendar(
    [
        .. Ics.Component(
            "DTSTART;TZID=Europe/Zurich:20260105T090000", "DTEND;TZID=Europe/Zurich:20260105T100000", "RRULE:FREQ=WEEKLY;BYDAY=MO", "SUMMARY:Planning", "LOCATION:Room 1",
            "DESCRIPTION:First\\nSecond", "ORGANIZER;CN=Ada:mailto:ada@acme.example", "ATTENDEE;CN=Bob;PARTSTAT=ACCEPTED:MAILTO:bob@acme.example",
            "ATTENDEE;PARTSTAT=X-MAYBE:urn:uuid:1", "CATEGORIES:Work,Team", "URL:https://acme.example/plan", "SEQUENCE:3", "LAST-MODIFIED:20260101T120000Z",
            "BEGIN:VALARM", "ACTION:DISPLAY", "TRIGGER:-PT10M", "END:VALARM", "BEGIN:VALARM", "ACTION:AUDIO", "END:VALARM"),
        .. Ics.Component("RECURRENCE-ID;TZID=Europe/Zurich:20260112T090000", "DTSTART;TZID=Europe/Zurich:20260113T140000", "DURATION:PT2H", "SUMMARY:Planning (moved)", "CLASS:private"),
    ]);

    [Fact]
    public void An_event_is_read_whole()
    {
        var read = CalendarEvent.Read(Series);

        Assert.Equal(("Planning", "Room 1", "First\nSecond", "PUBLIC", 3), (read.Summary, read.Location, read.Description, read.Class, read.Sequence));
        Assert.Equal(new Organizer("Ada", "ada@acme.example"), read.Organizer);
        Assert.Equal([new Attendee("Bob", "bob@acme.example", ParticipationStatus.Accepted), new Attendee(null, "urn:uuid:1", ParticipationStatus.NeedsAction)], read.Attendees);
        Assert.Equal([new Alarm("DISPLAY", Period.FromMinutes(-10), false, null)], read.Alarms);
        Assert.Equal("every week on Monday", read.RecurrenceRule);
        Assert.Equal(new Uri("https://acme.example/plan"), read.Url);
        Assert.Equal(Instant.FromUtc(2026, 1, 1, 12, 0), read.LastModified);
        Assert.Null(read.RecurrenceId);
    }

    [Fact]
    public void An_instance_has_the_times_of_that_instance()
    {
        var read = CalendarEvent.Read(Series, "20260119T090000");

        Assert.Equal(("20260119T090000", "2026-01-19 09:00", "2026-01-19 10:00", "Planning"), (read.RecurrenceId, Ics.Local(read.Start), Ics.Local(read.End), read.Summary));
    }

    [Fact]
    public void A_changed_instance_is_read_from_its_own_component()
    {
        var read = CalendarEvent.Read(Series, "20260112T090000");

        Assert.Equal(("Planning (moved)", "2026-01-13 14:00", "2026-01-13 16:00", "PRIVATE"), (read.Summary, Ics.Local(read.Start), Ics.Local(read.End), read.Class));
        Assert.Equal("every week on Monday", read.RecurrenceRule);
    }

    [Theory]
    [InlineData("javascript:alert(1)")]
    [InlineData("file:///etc/passwd")]
    [InlineData("not a link")]
    public void A_link_of_another_scheme_is_no_link(string url) => Assert.Null(CalendarEvent.Read(Ics.Event("DTSTART:20260105T090000Z", $"URL:{url}")).Url);
}
