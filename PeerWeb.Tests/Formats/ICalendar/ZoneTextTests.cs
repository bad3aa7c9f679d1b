using NodaTime;
using PeerWeb.Core.Formats.ICalendar;
using Xunit;

namespace PeerWeb.Tests.Formats.ICalendar;

public sealed class ZoneTextTests
{
    private static readonly Instant Spring = Instant.FromUtc(2026, 5, 1, 12, 0);

    [Fact]
    public void Rules_are_those_that_hold_around_the_event() =>
        Assert.Equal(
            ["BEGIN:VTIMEZONE", "TZID:Europe/Zurich",
                "BEGIN:DAYLIGHT", "DTSTART:20260329T020000", "TZOFFSETFROM:+0100", "TZOFFSETTO:+0200", "TZNAME:CEST", "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU", "END:DAYLIGHT",
                "BEGIN:STANDARD", "DTSTART:20261025T030000", "TZOFFSETFROM:+0200", "TZOFFSETTO:+0100", "TZNAME:CET", "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU", "END:STANDARD",
                "END:VTIMEZONE"],
            ZoneText.Write("Europe/Zurich", Spring).All().Select(line => line.Raw));

    [Fact]
    public void A_zone_without_changes_is_one_offset() =>
        Assert.Equal(
            ["BEGIN:STANDARD", "DTSTART:19700101T000000", "TZOFFSETFROM:+0545", "TZOFFSETTO:+0545", "TZNAME:+0545", "END:STANDARD"],
            ZoneText.Write("Asia/Kathmandu", Spring).All().Select(line => line.Raw).Skip(2).SkipLast(1));

    [Theory]
    [InlineData("Europe/Zurich")]
    [InlineData("America/New_York")]
    [InlineData("Australia/Sydney")]
    [InlineData("America/Santiago")]
    [InlineData("Australia/Lord_Howe")]
    [InlineData("Africa/Casablanca")]
    public void What_is_written_is_read_with_the_same_offsets(string id)
    {
        var zone = DateTimeZoneProviders.Tzdb[id];
        var lines = ZoneText.Write(id, Instant.FromUtc(2026, 1, 2, 0, 0)).All().Select(line => line.Raw.Replace($"TZID:{id}", "TZID:Nameless", StringComparison.Ordinal));
        var entry = Ics.Index(Ics.Calendar([.. lines, .. Ics.Component("DTSTART;TZID=Nameless:20260210T120000", "RRULE:FREQ=MONTHLY;COUNT=20")]), 2026, 2028);

        Assert.Equal(20, entry.Instances.Count);
        Assert.All(entry.Instances, instance => Assert.Equal(zone.AtLeniently(instance.Start.Local).ToInstant(), instance.Start.Instant));
    }
}
