using PeerWeb.Core.Formats.ICalendar;
using Xunit;

namespace PeerWeb.Tests.Formats.ICalendar;

public sealed class CapTests
{
    private const string Start = "DTSTART:20260105T090000Z";

    [Fact]
    public void An_entry_over_512_KiB_is_refused()
    {
        var lines = Enumerable.Repeat("COMMENT:" + new string('x', 90_000), 6);

        Assert.Contains("512 KiB", Ics.Refused(Ics.Event([Start, .. lines])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_property_over_100_KiB_is_refused_at_its_line()
    {
        var refused = Ics.Refused(Ics.Event(Start, "DESCRIPTION:" + new string('x', Caps.Property)));

        Assert.Contains("100 KiB", refused.Message, StringComparison.Ordinal);
        Assert.Equal(7, refused.Line);
    }

    [Theory]
    [InlineData("SUMMARY")]
    [InlineData("LOCATION")]
    public void A_title_or_place_over_1_KiB_is_refused(string name)
    {
        Assert.Contains("1 KiB", Ics.Refused(Ics.Event(Start, $"{name}:{new string('x', 1025)}")).Message, StringComparison.Ordinal);
        Assert.Contains("1 KiB", Ics.Refused(Ics.Event(Start, $"{name}:{new string('ä', 513)}")).Message, StringComparison.Ordinal);
        Assert.NotNull(Ics.Index(Ics.Event(Start, $"{name}:{new string('x', 1024)}")));
    }

    [Fact]
    public void Nesting_deeper_than_four_is_refused()
    {
        string[] three = ["BEGIN:VALARM", "BEGIN:X-A", "END:X-A", "END:VALARM"];
        string[] four = ["BEGIN:VALARM", "BEGIN:X-A", "BEGIN:X-B", "END:X-B", "END:X-A", "END:VALARM"];

        Assert.NotNull(Ics.Index(Ics.Event([Start, .. three])));
        Assert.Contains("deeper", Ics.Refused(Ics.Event([Start, .. four])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void More_than_fifty_parameters_are_refused() =>
        Assert.Contains("parameters", Ics.Refused(Ics.Event(Start, $"X-A{string.Concat(Enumerable.Repeat(";P=1", 51))}:x")).Message, StringComparison.Ordinal);

    [Fact]
    public void More_than_200_attendees_are_refused() =>
        Assert.Contains("attendees", Ics.Refused(Ics.Event([Start, .. Enumerable.Range(0, 201).Select(i => $"ATTENDEE:mailto:a{i}@acme.example")])).Message, StringComparison.Ordinal);

    [Fact]
    public void More_than_500_changed_instances_are_refused()
    {
        var day = new NodaTime.LocalDate(2026, 1, 1);
        var changed = Enumerable.Range(0, 501).SelectMany(i => Ics.Component($"RECURRENCE-ID:{day.PlusDays(i):uuuuMMdd}T090000Z", $"DTSTART:{day.PlusDays(i):uuuuMMdd}T100000Z"));

        Assert.Contains("changed instances", Ics.Refused(Ics.Calendar([.. changed])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_at_the_caps_is_read()
    {
        var day = new NodaTime.LocalDate(2026, 1, 5);
        var dates = string.Join(',', Enumerable.Range(0, 999).Select(i => $"{day.PlusDays(i):uuuuMMdd}T090000Z"));
        string[] rules = ["RRULE:FREQ=DAILY;COUNT=10000", $"EXDATE:{dates}", "RDATE:20260105T100000Z"];
        var people = Enumerable.Range(0, 200).Select(i => $"ATTENDEE;CN=A{string.Concat(Enumerable.Repeat(";P=1", 49))}:mailto:a{i}@acme.example");
        var changed = Enumerable.Range(1000, 500).SelectMany(i => Ics.Component($"RECURRENCE-ID:{day.PlusDays(i):uuuuMMdd}T090000Z", $"DTSTART:{day.PlusDays(i):uuuuMMdd}T100000Z"));

        var entry = Ics.Index(Ics.Calendar([.. Ics.Component([Start, .. rules, .. people]), .. changed]), 2026, 2060);

        Assert.Equal(10_000 - 999 + 1, entry.Instances.Count);
        Assert.Equal(500, entry.Instances.Count(instance => instance.Start.Local.Hour == 10 && instance.RecurrenceId?.EndsWith("T090000Z", StringComparison.Ordinal) == true));
    }

    [Fact]
    public void One_date_too_many_is_refused_whether_it_adds_or_excludes()
    {
        string Dates(string name, int count) => $"{name}:{string.Join(',', Enumerable.Repeat("20260105T090000Z", count))}";

        Assert.Contains("EXDATE", Ics.Refused(Ics.Event(Start, "RRULE:FREQ=DAILY", Dates("EXDATE", 1001))).Message, StringComparison.Ordinal);
        Assert.Contains("RDATE", Ics.Refused(Ics.Event(Start, Dates("RDATE", 501), Dates("EXDATE", 500))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("FREQ=HOURLY;UNTIL=20270226T000000Z", true)]
    [InlineData("FREQ=HOURLY;UNTIL=20270226T020000Z", false)]
    [InlineData("FREQ=DAILY;COUNT=10000", true)]
    [InlineData("FREQ=DAILY;COUNT=10001", false)]
    [InlineData("FREQ=MONTHLY;BYMONTHDAY=1,2,3,4,5,6,7,8,9,10;BYHOUR=0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19;BYMINUTE=0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24;UNTIL=20260201", true)]
    [InlineData("FREQ=MONTHLY;BYMONTHDAY=1,2,3,4,5,6,7,8,9,10;BYHOUR=0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19;BYMINUTE=0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25;UNTIL=20260201", false)]
    public void A_rule_is_read_up_to_its_caps(string rule, bool isRead)
    {
        var text = Ics.Event(Start, $"RRULE:{rule}");

        if (isRead)
            Assert.NotEmpty(Ics.Index(text).Instances);
        else
            Assert.NotNull(Ics.Refused(text).Line);
    }

    [Fact]
    public void No_instance_is_outside_the_years()
    {
        var entry = Ics.App.Expand(Ics.Event("DTSTART:21981231T090000Z", "RRULE:FREQ=MONTHLY;BYMONTHDAY=-1;UNTIL=99991231T235959Z"), Ics.Years(2199, 2200), NodaTime.DateTimeZone.Utc, 3000);

        Assert.Equal(12, entry.Count);
        Assert.Equal("21991231T090000Z", entry[^1].RecurrenceId);
    }

    [Fact]
    public void Text_may_have_tabs_and_line_feeds_and_directions_are_not_shown()
    {
        var entry = Core.Calendars.CalendarEvent.Read(Ics.Event(Start, "SUMMARY:a\u202Eb\u2066c", "DESCRIPTION:one\\ntwo\tthree"));

        Assert.Equal(("abc", "one\ntwo\tthree"), (entry.Summary, entry.Description));
    }

    [Theory]
    [InlineData("DTSTART:18991231T235959Z")]
    [InlineData("DTSTART:22000101T000000Z")]
    [InlineData("DTSTART;VALUE=DATE:16010101")]
    public void Years_outside_1900_to_2200_are_refused(string start) =>
        Assert.Contains("1900", Ics.Refused(Ics.Event(start)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData('\0')]
    [InlineData('\u0007')]
    [InlineData('\u009F')]
    public void Control_characters_are_refused_at_their_line(char control)
    {
        var refused = Ics.Refused(Ics.Event(Start, $"SUMMARY:a{control}b"));

        Assert.Equal(7, refused.Line);
        Assert.Contains("control", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Half_a_character_is_refused() => Assert.Contains("Unicode", Ics.Refused(Ics.Event(Start, "SUMMARY:\uD83D")).Message, StringComparison.Ordinal);

    [Fact]
    public void A_tab_is_text() => Assert.Equal("a b", Ics.Index(Ics.Event(Start, "SUMMARY:a\tb")).Title);
}
