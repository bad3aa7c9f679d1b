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
