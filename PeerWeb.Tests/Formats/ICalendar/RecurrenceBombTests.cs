using System.Globalization;
using NodaTime;
using Xunit;

namespace PeerWeb.Tests.Formats.ICalendar;

/// <summary>Texts that would keep a thread for seconds or for ever. Time is only a hang guard; what counts is the answer.</summary>
public sealed class RecurrenceBombTests
{
    private static readonly TimeSpan HangGuard = TimeSpan.FromSeconds(20);

    private static readonly string Hours = List(0, 23);
    private static readonly string Minutes = List(0, 59);

    public static TheoryData<string, string> RefusedRules => new()
    {
        { "19700101T000000", "FREQ=SECONDLY" },
        { "19700101T000000", "FREQ=SECONDLY;COUNT=2" },
        { "19700101T000000", "FREQ=DAILY;COUNT=2147483647" },
        { "19700101T000000", "FREQ=DAILY;COUNT=10001" },
        { "19700101T000000", "FREQ=MINUTELY" },
        { "19700101T000000", "FREQ=HOURLY" },
        { "19700101T000000", "FREQ=MINUTELY;UNTIL=20300101T000000" },
        { "19700101T000000", "FREQ=HOURLY;UNTIL=21990101T000000" },
        { "20260101T000000", "FREQ=MINUTELY;COUNT=9000;BYMONTH=12" },
        { "20260101T000000", "FREQ=MINUTELY;INTERVAL=1440;BYHOUR=3;COUNT=9000" },
        { "19700101T000000", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=31" },
        { "19700101T000000", "FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=31" },
        { "19000101T000000", "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=31" },
        { "19000101T000000", "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=31;COUNT=5" },
        { "19000101T000000", "FREQ=HOURLY;BYMONTH=2;BYMONTHDAY=31;COUNT=5" },
        { "19000101T000000", "FREQ=MINUTELY;BYMONTH=2;BYMONTHDAY=31;COUNT=5" },
        { "19700101T000000", "FREQ=MONTHLY;BYMONTHDAY=1;BYSETPOS=5" },
        { "19700101T000000", "FREQ=YEARLY;BYWEEKNO=53;BYMONTH=6" },
        { "19700101T000000", "FREQ=WEEKLY;BYDAY=MO;BYSETPOS=7" },
        { "19700101T000000", $"FREQ=DAILY;BYHOUR={Hours};BYMINUTE={Minutes}" },
        { "19000101T000000", $"FREQ=DAILY;BYHOUR={Hours};BYMINUTE={Minutes};BYSETPOS=1440;UNTIL=21990101T000000" },
        { "19000101T000000", $"FREQ=DAILY;BYHOUR={Hours};BYMINUTE={Minutes};BYSETPOS=-1;COUNT=10000" },
        { "19700101T000000", $"FREQ=DAILY;BYHOUR={Hours};BYMINUTE={Minutes};BYSECOND={List(0, 59)}" },
        { "19700101T000000", $"FREQ=YEARLY;BYMONTH={List(1, 12)};BYMONTHDAY={List(1, 31)};BYHOUR={Hours}" },
        { "19700101T000000", $"FREQ=YEARLY;BYYEARDAY={List(1, 366)};BYHOUR={Hours}" },
        { "19700101T000000", $"FREQ=DAILY;BYHOUR={string.Join(',', Enumerable.Repeat("1", 6000))}" },
        { "19700101T000000", $"FREQ=MONTHLY;BYDAY=MO;BYSETPOS={string.Join(',', Enumerable.Repeat("1", 6000))}" },
        { "20260101T000000", "FREQ=DAILY;INTERVAL=0" },
        { "20260101T000000", "FREQ=DAILY;INTERVAL=99999999999999999999" },
        { "20260101T000000", "FREQ=DAILY;BYMONTHDAY=32" },
        { "20260101T000000", "FREQ=DAILY;UNTIL=tomorrow" },
        { "20260101T000000", "FREQ=DAILY;FREQ=WEEKLY" },
        { "20260101T000000", "RSCALE=CHINESE;FREQ=YEARLY" },
        { "20260101T000000", "nonsense" },
    };

    public static TheoryData<string, string, int> HeavyButAllowedRules => new()
    {
        { "19000101T000000", "FREQ=DAILY", 730 },
        { "19000101T000000", "FREQ=DAILY;UNTIL=99991231T235959Z", 730 },
        { "20260101T000000", "FREQ=DAILY;COUNT=10000", 730 },
        { "19960229T000000", "FREQ=YEARLY;INTERVAL=4", 0 },
        { "20260101T000000", "FREQ=DAILY;INTERVAL=2147483647", 1 },
        { "19700101T000000", "FREQ=DAILY;INTERVAL=2147483647", 0 },
        { "19700101T000000", "FREQ=YEARLY;INTERVAL=2147483647;BYMONTH=1", 0 },
        { "20260101T000000", "FREQ=HOURLY;COUNT=10000", 10_000 },
        { "20260101T000000", "FREQ=MINUTELY;UNTIL=20260107T000000", 8641 },
        { "20260101T000000", $"FREQ=WEEKLY;BYDAY=MO;BYHOUR={List(0, 23)};BYMINUTE=0,30", 4992 },
        { "20260101T000000", "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=29", 0 },
    };

    [Theory]
    [MemberData(nameof(RefusedRules))]
    public async Task A_rule_that_would_run_for_long_is_refused_with_a_reason_and_line(string start, string rule)
    {
        var text = Ics.Event($"DTSTART:{start}", $"RRULE:{rule}");

        var refused = await Task.Run(() => Ics.Refused(text), TestContext.Current.CancellationToken).WaitAsync(HangGuard, TestContext.Current.CancellationToken);

        Assert.NotNull(refused.Line);
        Assert.DoesNotContain("cannot be understood", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(HeavyButAllowedRules))]
    public async Task A_rule_within_the_caps_is_evaluated(string start, string rule, int expected)
    {
        var text = Ics.Event($"DTSTART:{start}Z", $"RRULE:{rule}");

        var entry = await Task.Run(() => Ics.Index(text), TestContext.Current.CancellationToken).WaitAsync(HangGuard, TestContext.Current.CancellationToken);

        Assert.Equal(expected, entry.Instances.Count);
    }

    [Fact]
    public async Task Expanding_a_dense_event_stops_at_the_limit()
    {
        var text = Ics.Event("DTSTART:19000101T000000", $"RRULE:FREQ=DAILY;BYHOUR={Hours}");

        var instances = await Task.Run(() => Ics.App.Expand(text, Ics.Years(1950, 1990), DateTimeZone.Utc, 3000), TestContext.Current.CancellationToken)
            .WaitAsync(HangGuard, TestContext.Current.CancellationToken);

        Assert.Equal(3000, instances.Count);
        Assert.Equal("1950-01-01 00:00", Ics.Local(instances[0].Start));
    }

    [Fact]
    public void A_hundred_thousand_exception_dates_are_refused()
    {
        var dates = Enumerable.Range(0, 50).Select(line => "EXDATE:" + string.Join(',', Enumerable.Repeat("20260101T000000", 600)));

        Assert.Contains("EXDATE", Ics.Refused(Ics.Event(["DTSTART:20260101T000000", "RRULE:FREQ=DAILY", .. dates])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Many_rules_share_the_work_of_one()
    {
        var rule = $"RRULE:FREQ=WEEKLY;BYDAY=SA;BYHOUR={Hours};BYMINUTE={List(0, 19)};BYSETPOS=-1";

        Assert.Equal(104, Ics.Index(Ics.Event("DTSTART:20260103T000000Z", rule)).Instances.Count);
        Assert.Contains("expensive", Ics.Refused(Ics.Event(["DTSTART:20260103T000000Z", .. Enumerable.Repeat(rule, 10)])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Many_zones_that_only_their_rules_tell_are_refused()
    {
        string[] Zone(int number) => ["BEGIN:VTIMEZONE", $"TZID:Odd {number}", "BEGIN:STANDARD", "DTSTART:19700101T000000", "TZOFFSETFROM:+0100", "TZOFFSETTO:+0100", "END:STANDARD", "END:VTIMEZONE"];
        var dates = Enumerable.Range(0, 21).Select(number => $"EXDATE;TZID=Odd {number}:20260105T090000");

        var refused = Ics.Refused(Ics.Calendar([.. Enumerable.Range(0, 21).SelectMany(Zone), .. Ics.Component(["DTSTART:20260105T090000Z", .. dates])]));

        Assert.Contains("time zones", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_event_so_long_that_all_its_instances_overlap_is_refused() =>
        Assert.Contains("10,000", Ics.Refused(Ics.Event("DTSTART:19900101T000000", "DURATION:P36500D", "RRULE:FREQ=DAILY;BYHOUR=1,2")).Message, StringComparison.Ordinal);

    private static string List(int from, int to) =>
        string.Join(',', Enumerable.Range(from, to - from + 1).Select(number => number.ToString(CultureInfo.InvariantCulture)));
}
