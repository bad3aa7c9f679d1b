using NodaTime;
using PeerWeb.Core.Calendars;
using PeerWeb.Core.Calendars.Editing;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Primitives;
using PeerWeb.Tests.Formats.ICalendar;
using Xunit;

namespace PeerWeb.Tests.Calendars.Editing;

public sealed class EventTextTests
{
    private static readonly EventFields Lunch = new("Lunch; with, \\Sam", Texts.InZurich(3, 5, 12), Texts.InZurich(3, 5, 13), "Room 1", "First\nSecond", Transparency.Opaque, false, null);

    private static readonly string Meeting = Ics.Event(
        "DTSTART;X-ORIGIN=\"a;b\";TZID=Europe/Zurich:20260105T090000", "DTEND;TZID=Europe/Zurich:20260105T100000", "SUMMARY;LANGUAGE=en:Planning", "CLASS:CONFIDENTIAL", "SEQUENCE:3",
        "X-UNKNOWN;P=1:kept\\, as it is", "ATTENDEE;CN=Bob;PARTSTAT=ACCEPTED:mailto:bob@acme.example", "BEGIN:VALARM", "ACTION:DISPLAY", "TRIGGER:-PT10M", "END:VALARM");

    [Fact]
    public void A_new_event_says_what_was_typed_and_brings_its_zone()
    {
        var text = EventText.Create(Uid.Parse("new-1"), Lunch, Texts.Now);

        Assert.Equal(Lunch, EventText.Fields(text, null));
        Assert.Equal("new-1", Ics.Index(text).Uid.Value);
        Assert.Equal(
            ["BEGIN:VEVENT", "UID:new-1", "DTSTAMP:20260301T120000Z", "CREATED:20260301T120000Z", "LAST-MODIFIED:20260301T120000Z", "SEQUENCE:0",
                "DTSTART;TZID=Europe/Zurich:20260305T120000", "DTEND;TZID=Europe/Zurich:20260305T130000", "SUMMARY:Lunch\\; with\\, \\\\Sam", "LOCATION:Room 1",
                "DESCRIPTION:First\\nSecond", "END:VEVENT", "END:VCALENDAR", ""],
            text[text.IndexOf("BEGIN:VEVENT", StringComparison.Ordinal)..].Split("\r\n"));
        Assert.Contains("BEGIN:VTIMEZONE\r\nTZID:Europe/Zurich\r\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_new_event_is_of_the_kind_that_was_asked_for()
    {
        var (instant, local) = (Instant.FromUtc(2026, 3, 5, 9, 0), new LocalDateTime(2026, 3, 5, 9, 0));
        foreach (var (start, line) in new[]
        {
            (EntryTime.Utc(instant), "DTSTART:20260305T090000Z"),
            (EntryTime.Floating(local), "DTSTART:20260305T090000"),
            (EntryTime.Date(local.Date), "DTSTART;VALUE=DATE:20260305"),
        })
        {
            var fields = Lunch with { Start = start, End = Texts.Moved(start, Period.FromDays(1)), IsPrivate = true, Transparency = Transparency.Transparent };
            var text = EventText.Create(Uid.Parse("new-1"), fields, Texts.Now);

            Assert.Equal(fields, EventText.Fields(text, null));
            Assert.Contains(line, Texts.Lines(text));
            Assert.DoesNotContain("VTIMEZONE", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_title_that_is_too_long_is_refused() =>
        Assert.Throws<InvalidEntryException>(() => EventText.Create(Uid.Parse("new-1"), Lunch with { Summary = new string('x', 2000) }, Texts.Now));

    [Fact]
    public void Only_the_line_that_was_edited_changes_and_keeps_its_parameters()
    {
        var changed = Texts.Change(Meeting, null, EventScope.All, fields => fields with { Summary = "Planning, late" });

        Assert.Equal(["SUMMARY;LANGUAGE=en:Planning\\, late"], Texts.Added(Meeting, changed));
        Assert.Equal(["SUMMARY;LANGUAGE=en:Planning"], Texts.Gone(Meeting, changed));
        Assert.Contains("LAST-MODIFIED:20260301T120000Z", changed, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_edited_is_nothing_changed() => Assert.Equal(Meeting, Texts.Change(Meeting, null, EventScope.All, fields => fields));

    [Fact]
    public void A_moved_event_keeps_zone_and_parameters_and_counts_up()
    {
        var changed = Texts.Change(Meeting, null, EventScope.This, fields => Texts.Moved(fields, Period.FromHours(2)));

        Assert.Equal(
            ["DTSTART;X-ORIGIN=\"a;b\";TZID=Europe/Zurich:20260105T110000", "DTEND;TZID=Europe/Zurich:20260105T120000", "SEQUENCE:4"],
            Texts.Added(Meeting, changed));
    }

    [Theory]
    [InlineData("DURATION:PT1H", "DURATION:PT1H30M")]
    [InlineData("DTEND:20260105T100000Z", "DTEND:20260105T103000Z")]
    [InlineData("X-NO-END:1", "DTEND:20260105T093000Z")]
    public void An_end_that_moves_stays_in_its_form(string end, string expected)
    {
        var text = Ics.Event("DTSTART:20260105T090000Z", end);
        var changed = Texts.Change(text, null, EventScope.All, fields => fields with { End = Texts.Moved(fields.End, Period.FromMinutes(30)) });

        Assert.Equal([expected, "SEQUENCE:1"], Texts.Added(text, changed));
    }

    [Fact]
    public void A_duration_stays_as_it_is_when_the_event_moves()
    {
        var text = Ics.Event("DTSTART:20260105T090000Z", "DURATION:P1DT2H");

        Assert.Equal(["DTSTART:20260106T090000Z", "SEQUENCE:1"], Texts.Added(text, Texts.Change(text, null, EventScope.All, fields => Texts.Moved(fields, Period.FromDays(1)))));
    }

    [Fact]
    public void A_zone_known_by_another_name_keeps_that_name()
    {
        var text = Ics.Event("DTSTART;TZID=W. Europe Standard Time:20260105T090000", "DTEND;TZID=W. Europe Standard Time:20260105T100000");
        var changed = Texts.Change(text, null, EventScope.All, fields => Texts.Moved(fields, Period.FromDays(1)));

        Assert.Contains("DTSTART;TZID=W. Europe Standard Time:20260106T090000", Texts.Lines(changed));
        Assert.DoesNotContain("VTIMEZONE", changed, StringComparison.Ordinal);
    }

    [Fact]
    public void An_event_made_all_day_has_dates_and_one_made_timed_brings_its_zone()
    {
        var allDay = Texts.Change(Meeting, null, EventScope.All, fields => fields with { Start = Texts.Day(1, 5), End = Texts.Day(1, 6) });
        Assert.Contains("DTSTART;VALUE=DATE:20260105", Texts.Lines(allDay));
        Assert.Contains("DTEND;VALUE=DATE:20260106", Texts.Lines(allDay));

        var timed = Texts.Change(allDay, null, EventScope.All, fields => fields with { Start = Texts.InZurich(1, 5, 9), End = Texts.InZurich(1, 5, 10) });
        Assert.Contains("DTSTART;TZID=Europe/Zurich:20260105T090000", Texts.Lines(timed));
        Assert.Contains("TZID:Europe/Zurich", Texts.Lines(timed));
    }

    [Fact]
    public void The_second_pass_of_a_repeated_hour_is_kept_exactly()
    {
        var start = EntryTime.Zoned(new LocalDateTime(2026, 10, 25, 2, 30), "Europe/Zurich", Instant.FromUtc(2026, 10, 25, 1, 30));
        var changed = Texts.Change(Meeting, null, EventScope.All, fields => fields with { Start = start, End = Texts.InZurich(10, 25, 4) });

        Assert.Equal(start.Instant, EventText.Fields(changed, null).Start.Instant);
    }

    [Fact]
    public void Not_private_any_more_leaves_no_class()
    {
        Assert.True(EventText.Fields(Meeting, null).IsPrivate);
        var changed = Texts.Change(Meeting, null, EventScope.All, fields => fields with { IsPrivate = false });

        Assert.Equal(["CLASS:CONFIDENTIAL"], Texts.Gone(Meeting, changed));
        Assert.False(Ics.Index(changed).IsPrivate);
    }

    [Fact]
    public void Typed_text_is_escaped_and_comes_back_as_it_was()
    {
        const string typed = "a;b,c\\d\\n\r\nnext \"line\": x\ttab\u0007";
        var changed = Texts.Change(Meeting, null, EventScope.All, fields => fields with { Description = typed, Location = "two\nlines" });

        Assert.Contains("DESCRIPTION:a\\;b\\,c\\\\d\\\\n\\nnext \"line\": x\ttab", Texts.Lines(changed));
        Assert.Equal(("a;b,c\\d\\n\nnext \"line\": x\ttab", "two lines"), (EventText.Fields(changed, null).Description, EventText.Fields(changed, null).Location));
    }

    [Fact]
    public void A_copy_differs_in_its_uid_only()
    {
        var text = Ics.Calendar([.. Ics.Component("DTSTART:20260105T090000Z", "RRULE:FREQ=DAILY;COUNT=3"), .. Ics.Component("RECURRENCE-ID:20260106T090000Z", "DTSTART:20260106T100000Z")]);
        var copy = EventText.WithUid(text, Uid.Parse("copy;1"));

        Assert.Equal("copy;1", Ics.Index(copy).Uid.Value);
        Assert.Equal(["UID:copy\\;1", "UID:copy\\;1"], Texts.Added(text, copy));
        Assert.Equal(["UID:event-1@test.example", "UID:event-1@test.example"], Texts.Gone(text, copy));
    }
}
