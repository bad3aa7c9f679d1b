using System.Globalization;
using NodaTime;
using NodaTime.TimeZones;
using PeerWeb.Core.Formats.ICalendar;
using PeerWeb.Core.Primitives;
using Xunit;

namespace PeerWeb.Tests.Formats.ICalendar;

/// <summary>Which zone a TZID means, by its name or by the VTIMEZONE that comes with it.</summary>
public sealed class ZoneMappingTests
{
    private static readonly string[] EuropeNow =
    [
        "BEGIN:STANDARD", "DTSTART:16010101T030000", "TZOFFSETFROM:+0200", "TZOFFSETTO:+0100", "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10", "END:STANDARD",
        "BEGIN:DAYLIGHT", "DTSTART:16010101T020000", "TZOFFSETFROM:+0100", "TZOFFSETTO:+0200", "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3", "END:DAYLIGHT",
    ];

    [Fact]
    public void Every_windows_id_of_the_cldr_table_is_known()
    {
        Assert.True(TzdbDateTimeZoneSource.Default.WindowsMapping.PrimaryMapping.Count > 130);
        Assert.All(TzdbDateTimeZoneSource.Default.WindowsMapping.PrimaryMapping, pair => AssertSame(pair.Value, CalendarZones.FindId(pair.Key)));
    }

    [Fact]
    public void Every_name_that_windows_shows_is_known()
    {
        var names = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Formats", "ICalendar", "windows-zones.txt")).Where(line => line[0] != '#').Select(line => line.Split('|'));

        Assert.All(names, pair => AssertSame(TzdbDateTimeZoneSource.Default.WindowsMapping.PrimaryMapping[pair[1]], CalendarZones.FindId(pair[0])));
    }

    [Theory]
    [InlineData("(GMT+01.00) Sarajevo/Warsaw/Zagreb", "Europe/Sarajevo")]
    [InlineData("(GMT-05.00) Eastern Time (US & Canada)", "America/New_York")]
    [InlineData("(GMT) Greenwich Mean Time : Dublin, Edinburgh, Lisbon, London", "Europe/Dublin")]
    [InlineData("(GMT+02:00) Istanbul", "Europe/Istanbul")]
    [InlineData("tzone://Microsoft/Utc", "Etc/UTC")]
    [InlineData("/mozilla.org/20050126_1/Europe/Zurich", "Europe/Zurich")]
    [InlineData("/softwarestudio.org/Olson_20011030_5/America/New_York", "America/New_York")]
    [InlineData("/citadel.org/20190903_1/Europe/Berlin", "Europe/Berlin")]
    [InlineData("\"Europe/Zurich\"", "Europe/Zurich")]
    [InlineData(" EUROPE/ZURICH ", "Europe/Zurich")]
    [InlineData("w. europe standard time", "Europe/Berlin")]
    [InlineData("US/Eastern", "US/Eastern")]
    [InlineData("Customized Time Zone", null)]
    [InlineData("(UTC+01:00)", null)]
    [InlineData("Zurich", null)]
    public void Names_of_other_programs_are_known_and_nothing_is_guessed(string name, string? expected) => Assert.Equal(expected, CalendarZones.FindId(name));

    [Theory]
    [InlineData("GMT+0100", 8)]
    [InlineData("UTC-05:00", 14)]
    [InlineData("+05:30", 3)]
    public void A_name_that_is_an_offset_is_that_offset(string name, int hour)
    {
        var start = Assert.Single(Ics.Index(Ics.Event($"DTSTART;TZID=\"{name}\":20260615T090000")).Instances).Start;

        Assert.Equal((TimeKind.Utc, hour), (start.Kind, start.Instant.GetValueOrDefault().InUtc().Hour));
    }

    [Fact]
    public void A_zone_that_nobody_knows_is_refused_with_its_line_and_name()
    {
        var refused = Ics.Refused(Ics.Event("SUMMARY:a", "DTSTART;TZID=Nowhere/Land:20260615T090000"));

        Assert.Equal(7, refused.Line);
        Assert.Contains("Nowhere/Land", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_with_commas_is_the_same_escaped_in_its_component() =>
        Assert.Equal("Europe/Berlin", ZoneOf(["TZID:My zone\\, and yours", "X-LIC-LOCATION:Europe/Berlin", .. EuropeNow], "DTSTART;TZID=\"My zone, and yours\":20260115T090000"));

    [Fact]
    public void Rules_of_today_match_a_zone_of_today() => AssertSame("Europe/Berlin", ZoneOf(["TZID:Customized Time Zone", .. EuropeNow], "DTSTART;TZID=Customized Time Zone:20260115T090000"));

    [Fact]
    public void A_zone_that_lists_every_year_by_itself_is_matched()
    {
        var zone = DateTimeZoneProviders.Tzdb["America/New_York"];
        var observances = zone.GetZoneIntervals(new Interval(Instant.FromUtc(1971, 1, 1, 0, 0), Instant.FromUtc(2037, 1, 1, 0, 0))).Skip(1).SelectMany(interval =>
        {
            var before = zone.GetUtcOffset(interval.Start - Duration.Epsilon);
            var onset = interval.Start.WithOffset(before).LocalDateTime.ToString("uuuuMMdd'T'HHmmss", CultureInfo.InvariantCulture);
            return new[] { "BEGIN:STANDARD", $"DTSTART:{onset}", $"TZOFFSETFROM:{Written(before)}", $"TZOFFSETTO:{Written(interval.WallOffset)}", "END:STANDARD" };
        });

        AssertSame("America/New_York", ZoneOf(["TZID:Eastern", .. observances], "DTSTART;TZID=Eastern:20260115T090000"));
    }

    [Fact]
    public void Rules_that_no_zone_has_are_followed_in_the_past_and_the_future()
    {
        // What Outlook says of New York: the rules of 2007, for 2004 too.
        string[] zone =
        [
            "BEGIN:VTIMEZONE", "TZID:Ours",
            "BEGIN:STANDARD", "DTSTART:16010101T020000", "TZOFFSETFROM:-0400", "TZOFFSETTO:-0500", "RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=1SU", "END:STANDARD",
            "BEGIN:DAYLIGHT", "DTSTART:16010101T020000", "TZOFFSETFROM:-0500", "TZOFFSETTO:-0400", "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU", "END:DAYLIGHT",
            "END:VTIMEZONE",
        ];
        var past = Ics.Index(Ics.Calendar([.. zone, .. Ics.Component("DTSTART;TZID=Ours:20040320T090000", "RRULE:FREQ=YEARLY")]), 2004, 2030);
        var now = Assert.Single(Ics.Index(Ics.Calendar([.. zone, .. Ics.Component("DTSTART;TZID=Ours:20260320T090000")])).Instances).Start;

        Assert.All(past.Instances, instance => Assert.Equal((TimeKind.Utc, 13), (instance.Start.Kind, instance.Start.Instant.GetValueOrDefault().InUtc().Hour)));
        AssertSame("America/New_York", now.ZoneId);
    }

    [Fact]
    public void A_zone_that_agrees_today_only_is_not_taken_for_the_rules_that_the_text_says()
    {
        // As Zurich until 2029, then without changes.
        string[] zone =
        [
            "TZID:Reform", "BEGIN:STANDARD", "DTSTART:20291028T030000", "TZOFFSETFROM:+0200", "TZOFFSETTO:+0100", "RRULE:FREQ=YEARLY", "END:STANDARD",
            .. EuropeNow.Select(line => line.Replace("BYMONTH=", "UNTIL=20291101T000000Z;BYMONTH=", StringComparison.Ordinal)),
        ];
        var entry = Ics.Index(Ics.Calendar(["BEGIN:VTIMEZONE", .. zone, "END:VTIMEZONE", .. Ics.Component("DTSTART;TZID=Reform:20260715T090000", "RRULE:FREQ=YEARLY")]), 2026, 2034);

        Assert.Equal([7, 7, 7, 7, 8, 8, 8, 8], entry.Instances.Select(instance => instance.Start.Instant.GetValueOrDefault().InUtc().Hour));
    }

    [Fact]
    public void Before_the_first_observance_the_offset_is_the_one_that_it_changes_from()
    {
        string[] zone = ["TZID:Late", "BEGIN:STANDARD", "DTSTART:20270101T000000", "TZOFFSETFROM:+0330", "TZOFFSETTO:+0745", "END:STANDARD", "BEGIN:STANDARD", "DTSTART:20280101T000000", "TZOFFSETFROM:+0745", "TZOFFSETTO:+0330", "END:STANDARD"];
        var entry = Ics.Index(Ics.Calendar(["BEGIN:VTIMEZONE", .. zone, "END:VTIMEZONE", .. Ics.Component("DTSTART;TZID=Late:20260115T120000", "RRULE:FREQ=YEARLY;COUNT=3")]), 2026, 2029);

        Assert.Equal(["2026-01-15 08:30", "2027-01-15 04:15", "2028-01-15 08:30"], Ics.Starts(entry));
    }

    [Fact]
    public void The_last_onset_before_until_counts()
    {
        // UNTIL is the very instant of the onset, in UTC.
        string[] zone = ["TZID:Ends", .. EuropeNow.Select(line => line.Replace("BYMONTH=10", "BYMONTH=10;UNTIL=20261025T010000Z", StringComparison.Ordinal).Replace("BYMONTH=3", "BYMONTH=3;UNTIL=20260329T010000Z", StringComparison.Ordinal))];
        var entry = Ics.Index(Ics.Calendar(["BEGIN:VTIMEZONE", .. zone, "END:VTIMEZONE", .. Ics.Component("DTSTART;TZID=Ends:20260715T090000", "RRULE:FREQ=MONTHLY;INTERVAL=6;COUNT=3")]));

        Assert.Equal([7, 8, 8], entry.Instances.Select(instance => instance.Start.Instant.GetValueOrDefault().InUtc().Hour));
    }

    private static string? ZoneOf(string[] zone, string start) =>
        Assert.Single(Ics.Index(Ics.Calendar(["BEGIN:VTIMEZONE", .. zone, "END:VTIMEZONE", .. Ics.Component(start)])).Instances).Start.ZoneId;

    private static string Written(Offset offset) => offset.ToString("+HHmm", CultureInfo.InvariantCulture);

    /// <summary>Whether two zones have the same offsets in the years that people look at.</summary>
    private static void AssertSame(string expected, string? id)
    {
        Assert.NotNull(id);
        var years = new Interval(Instant.FromUtc(2015, 1, 1, 0, 0), Instant.FromUtc(2035, 1, 1, 0, 0));
        Assert.Equal(Parts(expected), Parts(id));

        List<(Instant, Offset)> Parts(string zone) =>
            [.. DateTimeZoneProviders.Tzdb[zone].GetZoneIntervals(years, ZoneEqualityComparer.Options.OnlyMatchWallOffset)
                .Select(part => (part.HasStart ? Instant.Max(part.Start, years.Start) : years.Start, part.WallOffset))];
    }
}
