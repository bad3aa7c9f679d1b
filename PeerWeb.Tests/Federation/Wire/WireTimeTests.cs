using CsCheck;
using NodaTime;
using PeerWeb.Core.Federation.Wire;
using PeerWeb.Core.Primitives;
using Xunit;

namespace PeerWeb.Tests.Federation.Wire;

public sealed class WireTimeTests
{
    private static readonly string[] Zones = ["Europe/Zurich", "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe", "Pacific/Kiritimati"];

    [Fact]
    public void Each_kind_has_its_own_form()
    {
        var local = new LocalDateTime(2026, 11, 22, 9, 30);
        var zurich = DateTimeZoneProviders.Tzdb["Europe/Zurich"];
        Assert.Equal("2026-11-22", WireTime.Format(EntryTime.Date(local.Date)));
        Assert.Equal("2026-11-22T09:30:00", WireTime.Format(EntryTime.Floating(local)));
        Assert.Equal("2026-11-22T08:30:00Z", WireTime.Format(EntryTime.Utc(Instant.FromUtc(2026, 11, 22, 8, 30))));
        Assert.Equal("2026-11-22T09:30:00+01:00[Europe/Zurich]", WireTime.Format(EntryTime.Zoned(local, "Europe/Zurich", zurich.AtStrictly(local).ToInstant())));
    }

    [Fact]
    public void Every_time_comes_back_as_it_went()
    {
        var seconds = Gen.Long[TimeRange.Earliest.ToUnixTimeSeconds(), TimeRange.Latest.ToUnixTimeSeconds() - 1];
        Gen.Select(seconds, Gen.Int[0, 3], Gen.Int[0, Zones.Length - 1].Select(index => Zones[index])).ForAll((second, kind, zoneId) =>
        {
            var instant = Instant.FromUnixTimeSeconds(second);
            var time = (TimeKind)kind switch
            {
                TimeKind.Utc => EntryTime.Utc(instant),
                TimeKind.Zoned => EntryTime.Zoned(instant.InZone(DateTimeZoneProviders.Tzdb[zoneId]).LocalDateTime, zoneId, instant),
                TimeKind.Floating => EntryTime.Floating(instant.InUtc().LocalDateTime),
                _ => EntryTime.Date(instant.InUtc().Date),
            };
            Assert.True(WireTime.TryParse(WireTime.Format(time), out var back), WireTime.Format(time));
            Assert.Equal(time, back);
        });
    }

    [Fact]
    public void An_end_leaves_out_the_zone_of_its_start_and_no_other()
    {
        var (start, end) = (At(9, "Europe/Zurich"), At(10, "Europe/Zurich"));
        Assert.Equal("2026-11-22T10:00:00+01:00", WireTime.FormatEnd(end, start));
        foreach (var other in new[] { end, At(3, "America/New_York"), EntryTime.Utc(Instant.FromUtc(2026, 11, 22, 9, 0)), EntryTime.Floating(end.Local) })
        {
            Assert.True(WireTime.TryParseEnd(WireTime.FormatEnd(other, start), start, out var back), other.ToString());
            Assert.Equal(other, back);
        }
        Assert.False(WireTime.TryParseEnd("2026-11-22T10:00:00+01:00", EntryTime.Floating(end.Local), out _));
        Assert.False(WireTime.TryParseEnd("", start, out _));

        static EntryTime At(int hour, string zone)
        {
            var local = new LocalDateTime(2026, 11, 22, hour, 0);
            return EntryTime.Zoned(local, zone, local.InZoneStrictly(DateTimeZoneProviders.Tzdb[zone]).ToInstant());
        }
    }

    [Fact]
    public void An_offset_of_more_than_fourteen_hours_and_one_of_seconds_are_read()
    {
        Assert.True(WireTime.TryParse("2026-11-22T09:30:00-17:30[Etc/Odd]", out var odd));
        Assert.Equal(Instant.FromUtc(2026, 11, 23, 3, 0), odd.Instant);
        Assert.True(WireTime.TryParse("1900-01-01T00:00:00+00:34:08[Europe/Zurich]", out var mean));
        Assert.Equal(Instant.FromUtc(1899, 12, 31, 23, 25, 52), mean.Instant);
        Assert.Equal("1900-01-01T00:00:00+00:34:08[Europe/Zurich]", WireTime.Format(mean));
    }

    [Theory]
    [InlineData("")]
    [InlineData("tomorrow")]
    [InlineData("2026-13-01")]
    [InlineData("2026-11-22T09:30:00+01:00")]
    [InlineData("2026-11-22T09:30:00[Europe/Zurich]")]
    [InlineData("2026-11-22T09:30:00+01:00[]")]
    [InlineData("2026-11-22T09:30:00+01:00[<script>]")]
    [InlineData("2026-11-22T09:30:00+1:000[Europe/Zurich]")]
    [InlineData("2026-11-22T09:30:00 +1:00[Europe/Zurich]")]
    [InlineData("2026-11-22T09:60:00+01:00[Europe/Zurich]")]
    public void Anything_else_is_refused(string text) => Assert.False(WireTime.TryParse(text, out _));
}
