using System.Text;
using PeerWeb.Core.Calendars;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Formats;
using PeerWeb.Core.Formats.ICalendar;
using Xunit;

namespace PeerWeb.Tests.Formats.ICalendar;

/// <summary>Items of RFC 5545, 6868 and 7986 that no other class names, by their section.</summary>
public sealed class Rfc5545Tests
{
    /// <summary>Every parameter and property that nothing is done with, as the RFC writes them.</summary>
    public static TheoryData<string> Kept =>
    [
        "DESCRIPTION;ALTREP=\"cid:part3.msg.970415T083000@example.com\":Fall'98 Wild Wizards Conference",
        "ATTENDEE;CUTYPE=GROUP;MEMBER=\"mailto:projecta@example.com\",\"mailto:projectb@example.com\":mailto:ietf-calsch@example.org",
        "ATTENDEE;DELEGATED-FROM=\"mailto:jsmith@example.com\";DELEGATED-TO=\"mailto:jdoe@example.com\",\"mailto:jqpublic@example.com\":mailto:x@example.com",
        "ORGANIZER;DIR=\"ldap://example.com:6666/o=ABC%20Industries,c=US???(cn=Jim%20Dolittle)\";SENT-BY=\"mailto:sray@example.com\":mailto:jimdo@example.com",
        "ATTACH;FMTTYPE=text/plain;ENCODING=BASE64;VALUE=BINARY:TG9yZW0gaXBzdW0gZG9sb3Igc2l0IGFtZXQ=",
        "ATTACH;FMTTYPE=application/msword:ftp://example.com/pub/docs/agenda.doc",
        "SUMMARY;LANGUAGE=no:Tyskland",
        "RELATED-TO;RELTYPE=SIBLING:19960401-080045-4000F192713@example.com",
        "ATTENDEE;ROLE=CHAIR;RSVP=TRUE;X-A=1:mailto:mrbig@example.com",
        "FREEBUSY;FBTYPE=BUSY-TENTATIVE:19980415T133000Z/19980415T170000Z",
        "X-TIME;VALUE=TIME:083000",
        "X-OFFSET;VALUE=UTC-OFFSET:-0500",
        "X-FLOAT;VALUE=FLOAT:1000000.0000001",
        "COMMENT:The meeting really needs to include both ourselves and the customer.",
        "GEO:37.386013;-122.082932",
        "PERCENT-COMPLETE:39",
        "PRIORITY:1",
        "RESOURCES:EASEL,PROJECTOR,VCR",
        "CONTACT:Jim Dolittle\\, ABC Industries\\, +1-919-555-1234",
        "REQUEST-STATUS:2.8; Success\\, repeating event ignored. Scheduled as a single event.;RRULE:FREQ=WEEKLY\\;INTERVAL=2",
        "IMAGE;VALUE=URI;DISPLAY=BADGE;FMTTYPE=image/png:http://example.com/images/party.png",
        "CONFERENCE;VALUE=URI;FEATURE=PHONE,MODERATOR;LABEL=Moderator dial-in:tel:+1-412-555-0123,,,654321",
        "ATTENDEE;EMAIL=cyrus@example.com:urn:uuid:5f0d8b1c",
    ];

    [Theory]
    [MemberData(nameof(Kept))]
    public void What_nothing_is_done_with_is_kept(string line)
    {
        var text = Ics.Index(Ics.Event("DTSTART:20260105T090000Z", line)).Text;

        Assert.Contains($"\r\n{line}\r\n", text.Replace("\r\n ", string.Empty, StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("attendee;cn=Ada;partstat=accepted:mailto:ada@acme.example")]
    [InlineData("ATTENDEE;PARTSTAT=ACCEPTED;CN=\"Ada\":MAILTO:ada@acme.example")]
    public void Names_of_properties_and_parameters_have_any_case_and_order(string line)
    {
        var attendee = Assert.Single(CalendarEvent.Read(Ics.Event("DTSTART:20260105T090000Z", line)).Attendees);

        Assert.Equal(("Ada", ParticipationStatus.Accepted), (attendee.Name, attendee.ParticipationStatus));
    }

    [Theory]
    [InlineData("George Herman ^'Babe^' Ruth", "George Herman \"Babe\" Ruth")]
    [InlineData("a^nb", "a\nb")]
    [InlineData("a^^nb", "a^nb")]
    [InlineData("a^^^'b", "a^\"b")]
    [InlineData("a^xb^", "a^xb^")]
    public void Carets_in_parameters_are_read_as_rfc_6868_says(string written, string expected) =>
        Assert.Equal(expected, ContentLine.Parse($"ATTENDEE;CN={written}:mailto:babe@example.com", 1).Parameter("CN"));

    [Fact]
    public async Task A_message_becomes_an_entry_without_its_method_and_a_calendar_without_its_name()
    {
        var text = await ImportAsync(Ics.Calendar(["METHOD:REQUEST", "X-WR-CALNAME:Mine", "NAME:Mine", "REFRESH-INTERVAL;VALUE=DURATION:P1W", .. Ics.Component("DTSTART:20260105T090000Z")]));

        Assert.Contains("PRODID:-//Example//Test//EN\r\n", text, StringComparison.Ordinal);
        Assert.Contains("VERSION:2.0\r\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain("METHOD", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Mine", text, StringComparison.Ordinal);
        Assert.DoesNotContain("REFRESH", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_calendar_without_version_and_product_gets_ours()
    {
        var text = await ImportAsync("BEGIN:VCALENDAR\r\n" + string.Join("\r\n", Ics.Component("DTSTART:20260105T090000Z")) + "\r\nEND:VCALENDAR\r\n");

        Assert.Contains("VERSION:2.0\r\n", text, StringComparison.Ordinal);
        Assert.Contains("PRODID:-//PeerWeb//", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_zones_address_and_an_alarms_repetition_are_kept()
    {
        string[] zone = ["BEGIN:VTIMEZONE", "TZID:America/New_York", "LAST-MODIFIED:20050809T050000Z", "TZURL:http://zones.example.com/tz/America-New_York.ics", "BEGIN:STANDARD", "DTSTART:20071104T020000", "RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=1SU", "TZOFFSETFROM:-0400", "TZOFFSETTO:-0500", "TZNAME:EST", "END:STANDARD", "END:VTIMEZONE"];
        string[] alarm = ["BEGIN:VALARM", "TRIGGER;VALUE=DATE-TIME:19970317T133000Z", "REPEAT:4", "DURATION:PT15M", "ACTION:AUDIO", "ATTACH;FMTTYPE=audio/basic:ftp://example.com/pub/sounds/bell-01.aud", "END:VALARM"];
        var text = Ics.Calendar([.. zone, .. Ics.Component(["DTSTART;TZID=America/New_York:20260105T090000", .. alarm])]);

        Assert.Equal(text, Ics.Index(text).Text);
    }

    /// <summary>Section 4.</summary>
    [Theory]
    [InlineData("DTSTART:19960918T143000Z|DTEND:19960920T220000Z", "1996-09-18 14:30", "1996-09-20 22:00")]
    [InlineData("DTSTART;TZID=America/New_York:19980312T083000|DTEND;TZID=America/New_York:19980312T093000", "1998-03-12 08:30", "1998-03-12 09:30")]
    [InlineData("DTSTART:19970324T120000Z|DTEND:19970324T210000Z", "1997-03-24 12:00", "1997-03-24 21:00")]
    [InlineData("DTSTART;VALUE=DATE:19971102|RRULE:FREQ=YEARLY;COUNT=1", "1997-11-02 00:00", "1997-11-03 00:00")]
    [InlineData("DTSTART;VALUE=DATE:20070628|DTEND;VALUE=DATE:20070709", "2007-06-28 00:00", "2007-07-09 00:00")]
    public void The_examples_of_events_have_the_times_that_they_say(string lines, string start, string end)
    {
        var instance = Assert.Single(Ics.Index(Ics.Event(lines.Split('|')), 1996, 2008).Instances);

        Assert.Equal((start, end), (Ics.Local(instance.Start), Ics.Local(instance.End)));
    }

    private static async Task<string> ImportAsync(string file)
    {
        await foreach (var entry in Ics.App.SplitAsync(new MemoryStream(Encoding.UTF8.GetBytes(file)), TestContext.Current.CancellationToken))
            return Assert.IsType<FileEntry.Readable>(entry).Text;
        throw new InvalidOperationException("The file is empty.");
    }
}
