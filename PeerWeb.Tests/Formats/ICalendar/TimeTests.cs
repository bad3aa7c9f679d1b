using NodaTime;
using PeerWeb.Core.Primitives;
using Xunit;

namespace PeerWeb.Tests.Formats.ICalendar;

public sealed class TimeTests
{
    [Fact]
    public void A_zoned_event_keeps_its_zone_and_wall_clock_time()
    {
        var instance = Assert.Single(Ics.Index(Ics.Event("DTSTART;TZID=Europe/Zurich:20260615T090000", "DTEND;TZID=Europe/Zurich:20260615T100000")).Instances);

        Assert.Equal((TimeKind.Zoned, "Europe/Zurich", "2026-06-15 09:00"), (instance.Start.Kind, instance.Start.ZoneId, Ics.Local(instance.Start)));
        Assert.Equal(Instant.FromUtc(2026, 6, 15, 7, 0), instance.Start.Instant);
        Assert.Null(instance.RecurrenceId);
    }

    [Theory]
    [InlineData("DTSTART:20260615T090000Z", TimeKind.Utc)]
    [InlineData("DTSTART:20260615T090000", TimeKind.Floating)]
    [InlineData("DTSTART;VALUE=DATE:20260615", TimeKind.Date)]
    [InlineData("DTSTART:20260615", TimeKind.Date)]
    [InlineData("DTSTART;VALUE=DATE;TZID=Nowhere/Land:20260615", TimeKind.Date)]
    public void A_start_is_of_the_kind_that_its_form_says(string start, TimeKind kind) =>
        Assert.Equal(kind, Assert.Single(Ics.Index(Ics.Event(start)).Instances).Start.Kind);

    [Theory]
    [InlineData("W. Europe Standard Time", "Europe/Berlin")]
    [InlineData("\"(UTC-05:00) Eastern Time (US & Canada)\"", "America/New_York")]
    [InlineData("\"(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna\"", "Europe/Amsterdam")]
    [InlineData("/freeassociation.sourceforge.net/Europe/Zurich", "Europe/Zurich")]
    [InlineData("/mozilla.org/20070129_1/America/Argentina/Ushuaia", "America/Argentina/Ushuaia")]
    [InlineData("europe/zurich", "Europe/Zurich")]
    public void A_zone_is_known_by_the_names_that_real_files_use(string zoneId, string expected) =>
        Assert.Equal(expected, Assert.Single(Ics.Index(Ics.Event($"DTSTART;TZID={zoneId}:20260615T090000")).Instances).Start.ZoneId);

    [Fact]
    public void A_zone_of_unknown_name_is_found_by_its_rules()
    {
        string[] zone =
        [
            "BEGIN:VTIMEZONE", "TZID:Customized Time Zone",
            "BEGIN:STANDARD", "DTSTART:16010101T030000", "TZOFFSETFROM:+0200", "TZOFFSETTO:+0100", "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10", "END:STANDARD",
            "BEGIN:DAYLIGHT", "DTSTART:16010101T020000", "TZOFFSETFROM:+0100", "TZOFFSETTO:+0200", "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3", "END:DAYLIGHT",
            "END:VTIMEZONE",
        ];

        var entry = Ics.Index(Ics.Calendar([.. zone, .. Ics.Component("DTSTART;TZID=Customized Time Zone:20260115T090000", "RRULE:FREQ=MONTHLY;INTERVAL=6;COUNT=2")]));

        Assert.Equal([Instant.FromUtc(2026, 1, 15, 8, 0), Instant.FromUtc(2026, 7, 15, 7, 0)], entry.Instances.Select(instance => instance.Start.Instant.GetValueOrDefault()));
    }

    [Fact]
    public void A_zone_with_one_offset_that_no_place_has_is_kept_in_utc()
    {
        string[] zone = ["BEGIN:VTIMEZONE", "TZID:Odd", "BEGIN:STANDARD", "DTSTART:16010101T000000", "TZOFFSETFROM:-0741", "TZOFFSETTO:-0741", "END:STANDARD", "END:VTIMEZONE"];

        var start = Assert.Single(Ics.Index(Ics.Calendar([.. zone, .. Ics.Component("DTSTART;TZID=Odd:20260306T134200")])).Instances).Start;

        Assert.Equal((TimeKind.Utc, Instant.FromUtc(2026, 3, 6, 21, 23)), (start.Kind, start.Instant.GetValueOrDefault()));
    }

    [Fact]
    public void A_zone_that_nobody_knows_is_refused_by_name() =>
        Assert.Contains("Nowhere/Land", Ics.Refused(Ics.Event("DTSTART;TZID=Nowhere/Land:20260615T090000")).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("DTSTART:20260105T090000Z", "", "2026-01-05 09:00")]
    [InlineData("DTSTART;VALUE=DATE:20260105", "", "2026-01-06 00:00")]
    [InlineData("DTSTART;VALUE=DATE:20260105", "DTEND;VALUE=DATE:20260105", "2026-01-06 00:00")]
    [InlineData("DTSTART;VALUE=DATE:20260105", "DTEND;VALUE=DATE:20260108", "2026-01-08 00:00")]
    [InlineData("DTSTART;VALUE=DATE:20260105", "DURATION:P1W", "2026-01-12 00:00")]
    [InlineData("DTSTART:20260105T090000", "DURATION:P1DT2H30M", "2026-01-06 11:30")]
    [InlineData("DTSTART:20260105T090000Z", "DURATION:PT90S", "2026-01-05 09:01")]
    public void The_end_is_what_the_rfc_says(string start, string end, string expected) =>
        Assert.Equal(expected, Ics.Local(Assert.Single(Ics.Index(Ics.Event(start, end.Length > 0 ? end : "X-NO-END:1")).Instances).End));

    [Theory]
    [InlineData("DTSTART:20260105T090000Z", "DTEND:20260105T080000Z")]
    [InlineData("DTSTART:20260105T090000Z", "DTEND;VALUE=DATE:20260106")]
    [InlineData("DTSTART:20260105T090000", "DTEND:20260105T100000Z")]
    [InlineData("DTSTART:20260105T090000Z", "DTEND:None")]
    [InlineData("DTSTART:20260105T090000Z", "DURATION:-PT1H")]
    [InlineData("DTSTART:20260105T090000Z", "DURATION:soon")]
    [InlineData("DTSTART:20260105T090000Z", "DURATION:P10000000W")]
    [InlineData("DTSTART:20260105T090000Z", "DURATION:P99999999999999999999D")]
    [InlineData("DTSTART:20260105T090000Z", "DURATION:PT9999999H")]
    [InlineData("DTSTART:20260105T090000Z", "RDATE;VALUE=PERIOD:20260106T090000Z/P9999999W")]
    [InlineData("DTSTART:20260105T090000Z", "RDATE;VALUE=PERIOD:20260106T090000Z/20260106T080000Z")]
    [InlineData("DTSTART:20260105T090000Z", "RDATE:22010106T090000Z")]
    [InlineData("DTSTART:20260105T090000Z", "EXDATE:18990106T090000Z")]
    [InlineData("DTSTART:20260231T090000Z", "DTEND:20260301T090000Z")]
    public void An_end_or_start_that_makes_no_sense_is_refused_at_its_line(string start, string end) => Assert.InRange(Ics.Refused(Ics.Event(start, end)).Line.GetValueOrDefault(), 6, 7);

    [Fact]
    public void A_flight_starts_in_one_zone_and_ends_in_another()
    {
        var instance = Assert.Single(Ics.Index(Ics.Event("DTSTART;TZID=Europe/Zurich:20260615T100000", "DTEND;TZID=America/New_York:20260615T130000")).Instances);

        Assert.Equal(("America/New_York", "2026-06-15 13:00"), (instance.End.ZoneId, Ics.Local(instance.End)));
    }

    [Theory]
    [InlineData("Europe/Zurich", "20260328T023000", "2026-03-28T01:30:00Z 2026-03-29T01:30:00Z 2026-03-30T00:30:00Z")]
    [InlineData("Europe/Zurich", "20261024T023000", "2026-10-24T00:30:00Z 2026-10-25T00:30:00Z 2026-10-26T01:30:00Z")]
    [InlineData("America/New_York", "20260307T023000", "2026-03-07T07:30:00Z 2026-03-08T07:30:00Z 2026-03-09T06:30:00Z")]
    [InlineData("America/New_York", "20261031T013000", "2026-10-31T05:30:00Z 2026-11-01T05:30:00Z 2026-11-02T06:30:00Z")]
    public void A_daily_event_passes_a_change_of_clocks(string zone, string start, string expected)
    {
        var entry = Ics.Index(Ics.Event($"DTSTART;TZID={zone}:{start}", "DURATION:PT1H", "RRULE:FREQ=DAILY;COUNT=3"));

        Assert.Equal(expected, string.Join(' ', entry.Instances.Select(instance => instance.Start.Instant)));
    }

    [Fact]
    public void A_skipped_time_is_shown_after_the_gap_and_keeps_its_recurrence_id()
    {
        var entry = Ics.Index(Ics.Event("DTSTART;TZID=Europe/Zurich:20260328T023000", "RRULE:FREQ=DAILY;COUNT=3", "EXDATE;TZID=Europe/Zurich:20260328T023000"));

        Assert.Equal(["20260329T023000", "20260330T023000"], Ics.Ids(entry));
        Assert.Equal(["2026-03-29 03:30", "2026-03-30 02:30"], Ics.Starts(entry));
    }

    [Theory]
    [InlineData("FREQ=HOURLY;COUNT=4", "01:00 03:00 04:00 05:00")]
    [InlineData("FREQ=MINUTELY;INTERVAL=30;COUNT=4", "01:00 01:30 03:00 03:30")]
    [InlineData("FREQ=HOURLY;UNTIL=20260329T020000Z", "01:00 03:00 04:00")]
    [InlineData("FREQ=DAILY;BYHOUR=1,2,3;COUNT=3", "01:00 03:00")]
    public void Hours_that_clocks_skip_there_are_none(string rule, string expected)
    {
        var entry = Ics.Index(Ics.Event("DTSTART;TZID=Europe/Zurich:20260329T010000", $"RRULE:{rule}"));

        Assert.Equal(expected.Split(' ').Select(time => $"2026-03-29 {time}"), Ics.Starts(entry));
    }

    [Fact]
    public void An_hour_that_clocks_repeat_is_there_once()
    {
        var entry = Ics.Index(Ics.Event("DTSTART;TZID=Europe/Zurich:20261025T010000", "RRULE:FREQ=HOURLY;COUNT=3"));

        Assert.Equal(["2026-10-24T23:00:00Z", "2026-10-25T00:00:00Z", "2026-10-25T02:00:00Z"], entry.Instances.Select(instance => instance.Start.Instant.ToString()));
    }

    [Theory]
    [InlineData("DTSTART:20260328T023000")]
    [InlineData("DTSTART;VALUE=DATE:20260328")]
    public void Floating_times_and_dates_know_no_change_of_clocks(string start)
    {
        var starts = Ics.Index(Ics.Event(start, "RRULE:FREQ=DAILY;COUNT=3")).Instances.Select(instance => instance.Start).ToList();

        Assert.All(starts, time => Assert.Null(time.Instant));
        Assert.Equal([28, 29, 30], starts.Select(time => time.Local.Day));
        Assert.Single(starts.Select(time => time.Local.TimeOfDay).Distinct());
    }

    [Fact]
    public void Hours_in_the_rule_of_a_date_say_nothing() =>
        Assert.Equal(["20260105", "20260106"], Ics.Ids(Ics.Index(Ics.Event("DTSTART;VALUE=DATE:20260105", "RRULE:FREQ=DAILY;COUNT=2;BYHOUR=9,17;BYMINUTE=30"))));

    [Fact]
    public void Every_instance_is_as_long_as_the_first_by_dtend_and_as_many_days_by_duration()
    {
        string[] rule = ["DTSTART;TZID=Europe/Zurich:20260327T220000", "RRULE:FREQ=DAILY;COUNT=2"];

        Assert.Equal(["2026-03-28 22:00", "2026-03-29 23:00"], Ends("DTEND;TZID=Europe/Zurich:20260328T220000"));
        Assert.Equal(["2026-03-28 22:00", "2026-03-29 22:00"], Ends("DURATION:P1D"));

        IEnumerable<string> Ends(string end) => Ics.Index(Ics.Event([.. rule, end])).Instances.Select(instance => Ics.Local(instance.End));
    }

    [Fact]
    public void An_hour_is_an_hour_across_a_change_of_clocks_and_a_day_is_a_day()
    {
        var hours = Assert.Single(Ics.Index(Ics.Event("DTSTART;TZID=Europe/Zurich:20260328T220000", "DURATION:PT8H")).Instances);
        var day = Assert.Single(Ics.Index(Ics.Event("DTSTART;TZID=Europe/Zurich:20260328T220000", "DURATION:P1D")).Instances);

        Assert.Equal("2026-03-29 07:00", Ics.Local(hours.End));
        Assert.Equal("2026-03-29 22:00", Ics.Local(day.End));
    }
}
