using Bunit;
using NodaTime;
using PeerWeb.Core.Calendars;
using PeerWeb.Core.Federation.Merge;
using PeerWeb.Features.Calendars;
using PeerWeb.Features.Calendars.Components;
using Xunit;

namespace PeerWeb.Tests.Features.Calendars.Components;

public sealed class EventDetailsTests : BunitContext
{
    private const string Text = """
        BEGIN:VCALENDAR
        VERSION:2.0
        PRODID:-//x//y//EN
        BEGIN:VEVENT
        UID:a
        DTSTAMP:20250101T000000Z
        DTSTART;TZID=America/New_York:20250314T090000
        DTEND;TZID=America/New_York:20250314T100000
        RRULE:FREQ=WEEKLY;BYDAY=FR
        SUMMARY:Review
        LOCATION:Room 4
        DESCRIPTION:Agenda at https://a.example/ <b>now</b>\njavascript:alert(1)
        ORGANIZER;CN=Ada:mailto:ada@acme.example
        ATTENDEE;CN=Sam;PARTSTAT=ACCEPTED:mailto:sam@globex.example
        ATTENDEE;PARTSTAT=DECLINED:mailto:grace@globex.example
        STATUS:CANCELLED
        END:VEVENT
        END:VCALENDAR
        """;

    [Fact]
    public void While_the_event_is_read_it_says_so()
    {
        var details = Details(null);

        Assert.Equal("status", details.Find("[data-testid=event-loading]").GetAttribute("role"));
        Assert.Equal("You can read this calendar.", details.Find("[data-testid=event-rights]").TextContent);
    }

    [Fact]
    public void Of_busy_time_it_says_that_no_more_is_shared()
    {
        var details = Details(null);
        details.Render(parameters => parameters.Add(d => d.IsRedacted, true));
        Assert.Contains("not what it is", details.Find("[data-testid=event-redacted]").TextContent, StringComparison.Ordinal);

        details.Render(parameters => parameters.Add(d => d.Answer, new EventAnswer.NotFound()));
        Assert.NotNull(details.Find("[data-testid=event-redacted]"));
        Assert.Empty(details.FindAll("[data-testid=event-missing]"));
    }

    [Fact]
    public void The_second_zone_has_the_same_moment_and_a_floating_event_has_none()
    {
        Assert.Equal(
            "Friday, 14 March 2025, 18:30 to 19:30",
            In("Asia/Kolkata", Text).Find("[data-testid=event-second-zone]").TextContent);
        Assert.Empty(In("Asia/Kolkata", Text.Replace(";TZID=America/New_York", string.Empty, StringComparison.Ordinal)).FindAll("[data-testid=event-second-zone]"));

        IRenderedComponent<EventDetails> In(string zone, string text)
        {
            var details = Details(new EventAnswer.Found(CalendarEvent.Read(text.ReplaceLineEndings("\r\n"))));
            details.Render(parameters => parameters.Add(d => d.Second, DateTimeZoneProviders.Tzdb[zone]));
            return details;
        }
    }

    [Fact]
    public void A_read_event_shows_all_that_it_says()
    {
        var details = Details(new EventAnswer.Found(CalendarEvent.Read(Text.ReplaceLineEndings("\r\n"))));
        var words = details.Find("[data-testid=event-details]").TextContent;

        Assert.All(
            (string[])["every week on Friday", "Room 4", "Ada", "Sam", "accepted", "grace@globex.example", "declined", "This event is cancelled."],
            expected => Assert.Contains(expected, words, StringComparison.Ordinal));
        Assert.Equal(["https://a.example/"], details.FindAll("a").Select(link => link.GetAttribute("href")));
        Assert.DoesNotContain(details.FindAll("b"), element => element.TextContent == "now");
    }

    [Fact]
    public void An_event_that_is_gone_and_one_that_cannot_be_read_say_so()
    {
        Assert.Contains("not there any more", Details(new EventAnswer.NotFound()).Find("[data-testid=event-missing]").TextContent, StringComparison.Ordinal);
        Assert.Contains(
            "It did not answer in time.",
            Details(new EventAnswer.Unavailable("It did not answer in time.")).Find("[data-testid=event-unavailable]").TextContent,
            StringComparison.Ordinal);
    }

    [Fact]
    public void The_state_of_the_source_stands_beside_its_name()
    {
        var stale = Merged.Sams with { Status = new SourceStatus(SourceState.Stale, Instant.FromUtc(2025, 3, 14, 9, 0), "It does not answer.") };

        Assert.Contains("as of 10:00. It does not answer.", Details(null, stale).Find("[data-testid=event-source-state]").TextContent, StringComparison.Ordinal);
    }

    private IRenderedComponent<EventDetails> Details(EventAnswer? answer, Source? source = null) => Render<EventDetails>(parameters => parameters
        .Add(details => details.Source, source ?? Merged.Sams)
        .Add(details => details.Zone, Merged.Berlin)
        .Add(details => details.Now, Instant.FromUtc(2025, 3, 14, 13, 2))
        .Add(details => details.ShowsText, true)
        .Add(details => details.Answer, answer));
}
