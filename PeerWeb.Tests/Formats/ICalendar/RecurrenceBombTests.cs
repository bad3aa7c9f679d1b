using System.Globalization;
using NodaTime;
using Xunit;

namespace PeerWeb.Tests.Formats.ICalendar;

/// <summary>Texts that would keep a thread for seconds or for ever. Time is only a hang guard; what counts is the answer.</summary>
public sealed class RecurrenceBombTests
{
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
        { "20260101T000000", "FREQ=DAILY;BYHOUR=99999999999999999999" },
        { "20260101T000000", "FREQ=MONTHLY;BYDAY=99999999999MO" },
        { "20260101T000000", "FREQ=DAILY;BYDAY=0MO" },
        { "20260101T000000", "FREQ=YEARLY;BYMONTH=5L" },
        { "20260101T000000", "FREQ=WEEKLY;WKST=XX" },
        { "20260101T000000", "FREQ=YEARLY;BYWEEKNO=54" },
        { "20260101", "FREQ=HOURLY;COUNT=3" },
        { "20260101T000000", $"FREQ=YEARLY;BYMONTH={List(1, 12)};BYDAY=MO,TU,WE,TH,FR,SA,SU;BYMONTHDAY={List(1, 31)};BYYEARDAY={List(1, 366)};BYWEEKNO={List(1, 53)};BYHOUR={Hours};BYMINUTE={Minutes};BYSECOND={List(0, 59)};BYSETPOS={List(1, 366)}" },
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
        { "20260101T000000", "FREQ=DAILY;UNTIL=99991231", 730 },
        { "20260101T000000", "FREQ=YEARLY;BYDAY=MO,TU,WE,TH,FR,SA,SU;BYSETPOS=-366", 1 },
        { "20260101T000000", $"FREQ=YEARLY;BYYEARDAY={List(1, 366)}", 730 },
        { "20260101T000000", "FREQ=YEARLY;INTERVAL=100", 1 },
        { "19000101T000000", $"FREQ=MONTHLY;BYMONTHDAY={List(1, 31)};BYHOUR=0,12", 1460 },
        { "20260101T000000", "FREQ=HOURLY;COUNT=10000", 10_000 },
        { "20260101T000000", "FREQ=MINUTELY;UNTIL=20260107T000000", 8641 },
        { "20260101T000000", $"FREQ=WEEKLY;BYDAY=MO;BYHOUR={List(0, 23)};BYMINUTE=0,30", 4993 },
        { "20260101T000000", "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=29", 1 },
    };

    [Theory]
    [MemberData(nameof(RefusedRules))]
    public async Task A_rule_that_would_run_for_long_is_refused_with_a_reason_and_line(string start, string rule)
    {
        var text = Ics.Event($"DTSTART:{start}", $"RRULE:{rule}");

        var refused = await HangGuard.RunAsync(() => Ics.Refused(text));

        Assert.NotNull(refused.Line);
        Assert.DoesNotContain("cannot be understood", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(HeavyButAllowedRules))]
    public async Task A_rule_within_the_caps_is_evaluated(string start, string rule, int expected)
    {
        var text = Ics.Event($"DTSTART:{start}Z", $"RRULE:{rule}");

        var entry = await HangGuard.RunAsync(() => Ics.Index(text));

        Assert.Equal(expected, entry.Instances.Count);
    }

    [Fact]
    public async Task Expanding_a_dense_event_stops_at_the_limit()
    {
        var text = Ics.Event("DTSTART:19000101T000000", $"RRULE:FREQ=DAILY;BYHOUR={Hours}");

        var instances = await HangGuard.RunAsync(() => Ics.App.Expand(text, Ics.Years(1950, 1990), DateTimeZone.Utc, 3000));

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

        Assert.Equal(105, Ics.Index(Ics.Event("DTSTART:20260103T000000Z", rule)).Instances.Count);
        Assert.Contains("expensive", Ics.Refused(Ics.Event(["DTSTART:20260103T000000Z", .. Enumerable.Repeat(rule, 10)])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ten_rules_each_at_the_cap_are_evaluated_or_refused()
    {
        var rule = $"RRULE:FREQ=YEARLY;BYMONTH={List(1, 12)};BYDAY=MO,TU,WE,TH,FR,SA,SU;BYHOUR={Hours};COUNT=10000";

        Assert.Contains("expensive", (await HangGuard.RunAsync(() => Ics.Refused(Ics.Event(["DTSTART:19000101T000000", .. Enumerable.Repeat(rule, 10)])))).Message, StringComparison.Ordinal);
        Assert.Contains("recurrence rules", (await HangGuard.RunAsync(() => Ics.Refused(Ics.Event(["DTSTART:19000101T000000", .. Enumerable.Repeat("RRULE:FREQ=DAILY", 11)])))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("RRULE:FREQ=DAILY", "EXRULE:FREQ=DAILY", 0)]
    [InlineData("RRULE:FREQ=DAILY;UNTIL=21990101", "EXRULE:FREQ=MINUTELY", null)]
    [InlineData("RRULE:FREQ=DAILY;BYHOUR=1,2,3,4,5,6,7,8,9,10,11,12", "EXRULE:FREQ=DAILY;BYHOUR=1,2,3,4,5,6,7,8,9,10,11,12", 1)]
    [InlineData("RRULE:FREQ=DAILY", "EXRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=31", 731)]
    public async Task An_exception_rule_is_bounded_as_any_other(string rule, string exceptions, int? expected)
    {
        var text = Ics.Event("DTSTART:20260101T000000", rule, exceptions);

        var instances = await HangGuard.RunAsync(() =>
        {
            try
            {
                return (int?)Ics.Index(text).Instances.Count;
            }
            catch (Core.Entries.InvalidEntryException)
            {
                return null;
            }
        });

        Assert.Equal(expected, instances);
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
