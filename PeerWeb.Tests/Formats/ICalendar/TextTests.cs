using System.Text;
using CsCheck;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Formats;
using Xunit;

namespace PeerWeb.Tests.Formats.ICalendar;

public sealed class TextTests
{
    [Fact]
    public void Unknown_properties_parameters_and_components_survive_byte_for_byte()
    {
        var text = Ics.Calendar(
            "X-WR-CALNAME:Mine",
            "METHOD:PUBLISH",
            "BEGIN:VTIMEZONE", "TZID:Europe/Zurich", "X-LIC-LOCATION:Europe/Zurich", "BEGIN:STANDARD", "DTSTART:19961027T030000", "TZOFFSETFROM:+0200", "TZOFFSETTO:+0100", "END:STANDARD", "END:VTIMEZONE",
            "BEGIN:VEVENT",
            "uid:Event-1",
            "DTSTART;X-VOBJ-ORIGINAL-TZID=Zuerich;TZID=Europe/Zurich:20260105T090000",
            "X-APPLE-STRUCTURED-LOCATION;VALUE=URI;X-ADDRESS=\"Bahnhofstrasse 1; Zürich\";X-TITLE=Büro:geo:47.37,8.54",
            "ATTENDEE;CN=\"Lovelace, Ada\";X-NUM-GUESTS=0;SCHEDULE-STATUS=1.1:mailto:ada@acme.example",
            "CONFERENCE;VALUE=URI;FEATURE=VIDEO;LABEL=Join:https://video.example/1",
            "SUMMARY;LANGUAGE=de:Besprechung\\, wöchentlich\\; kurz",
            "BEGIN:VALARM", "ACTION:DISPLAY", "TRIGGER;RELATED=END:PT5M", "X-MOZ-LASTACK:20260101T000000Z", "END:VALARM",
            "BEGIN:X-OWN", "X-A:1", "END:X-OWN",
            "END:VEVENT");

        Assert.Equal(text, Unfolded(Ics.Index(text).Text));
    }

    [Fact]
    public void Long_lines_are_folded_at_75_octets_between_characters()
    {
        var title = string.Concat(Enumerable.Repeat("Zürich 東京 🚲 ", 12));
        var text = Ics.Index(Ics.Event("DTSTART:20260105T090000Z", $"DESCRIPTION:{title}")).Text;

        Assert.All(text.Split("\r\n"), line => Assert.InRange(Encoding.UTF8.GetByteCount(line), 0, 75));
        Assert.Contains($"DESCRIPTION:{title}", Unfolded(text), StringComparison.Ordinal);
    }

    [Fact]
    public void The_stored_text_is_stored_again_without_a_change()
    {
        var once = Ics.Index(Ics.Event("DTSTART:20260105T090000Z", "SUMMARY:" + new string('ä', 200), "DESCRIPTION:a\\nb")).Text;

        Assert.Equal(once, Ics.Index(once).Text);
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r")]
    [InlineData("\r\r\n")]
    [InlineData("\r\n\r\n")]
    public void Line_ends_of_every_kind_and_blank_lines_are_read(string lineEnd)
    {
        var text = Ics.Event("DTSTART:20260105T090000Z", "SUMMARY:fold", " ed").Replace("\r\n", lineEnd, StringComparison.Ordinal);

        Assert.Equal("folded", Ics.Index("\uFEFF" + text.TrimEnd('\r', '\n')).Title);
    }

    [Fact]
    public void Text_is_composed_to_nfc() => Assert.Equal("Zürich", Ics.Index(Ics.Event("DTSTART:20260105T090000Z", "SUMMARY:Zu\u0308rich")).Title);

    [Fact]
    public void A_description_with_real_line_breaks_is_kept_as_one_text()
    {
        var text = Ics.Index(Ics.Event("DTSTART:20260105T090000Z", "DESCRIPTION;LANGUAGE=en:", "Dear team,", "", "Passcode: 1; 2", "https://video.example/1", "SUMMARY:Meeting")).Text;

        Assert.Contains("DESCRIPTION;LANGUAGE=en:\\nDear team\\,\\nPasscode: 1\\; 2\\nhttps://video.example/1\r\nSUMMARY:Meeting", Unfolded(text), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", null)]
    [InlineData("hello", 1)]
    [InlineData("BEGIN:VCARD\r\nEND:VCARD\r\n", 1)]
    [InlineData("BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", null)]
    [InlineData("BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nEND:VCALENDAR\r\n", 3)]
    [InlineData("BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART:20260105T090000Z\r\nEND:VEVENT\r\n", 1)]
    [InlineData("BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART:20260105T090000Z\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n", 2)]
    [InlineData("BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n", 2)]
    [InlineData("BEGIN:VCALENDAR\r\nBEGIN:VTODO\r\nUID:1\r\nEND:VTODO\r\nEND:VCALENDAR\r\n", 2)]
    [InlineData("BEGIN:VCALENDAR\r\nCALSCALE:HEBREW\r\nEND:VCALENDAR\r\n", 2)]
    [InlineData("BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1\r\nSUMMARY;X=\"a:b\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n", 4)]
    [InlineData("BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART:20260105T090000Z\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:2\r\nDTSTART:20260105T090000Z\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n", 7)]
    public void A_text_that_is_no_entry_is_refused_with_its_line(string text, int? line) => Assert.Equal(line, Ics.Refused(text).Line);

    [Fact]
    public void Damaged_texts_are_read_or_refused_and_nothing_else_happens()
    {
        var whole = Ics.Calendar(
        [
            .. Ics.Component("DTSTART;TZID=Europe/Zurich:20260105T090000", "DURATION:PT1H", "RRULE:FREQ=WEEKLY;BYDAY=MO,TU;UNTIL=20261231T000000Z", "EXDATE;TZID=Europe/Zurich:20260106T090000", "ATTENDEE;CN=\"A\":mailto:a@acme.example"),
            .. Ics.Component("RECURRENCE-ID;TZID=Europe/Zurich:20260112T090000", "DTSTART;TZID=Europe/Zurich:20260113T090000"),
        ]);

        Gen.Select(Gen.Int[0, whole.Length - 1], Gen.Int[0, 12], Gen.String[Gen.Char["\0\r\n ;:,=\"\\0129ZTMOFRQ-\uD83D"], 0, 4]).ForAll(
            (at, removed, added) =>
            {
                var text = whole.Remove(at, Math.Min(removed, whole.Length - at)).Insert(at, added);
                try
                {
                    return Ics.Index(text).Text.Length > 0;
                }
                catch (InvalidEntryException refused)
                {
                    return refused.Message.Length > 0;
                }
            },
            cases: 2000);
    }

    [Theory]
    [InlineData("a\\,b,c", "a,b|c")]
    [InlineData(" a , ,b\\;c", "a|b;c")]
    [InlineData("", "")]
    public void A_list_is_split_at_commas_that_are_not_escaped(string value, string expected) => Assert.Equal(expected, string.Join('|', TextValue.List(value)));

    private static string Unfolded(string text) => text.Replace("\r\n ", string.Empty, StringComparison.Ordinal);
}
