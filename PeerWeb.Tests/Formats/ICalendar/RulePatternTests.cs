using CsCheck;
using NodaTime;
using PeerWeb.Core.Formats.ICalendar;
using PeerWeb.Core.Primitives;
using PeerWeb.Tests.Calendars.Editing;
using Xunit;

namespace PeerWeb.Tests.Formats.ICalendar;

public sealed class RulePatternTests
{
    private static readonly LocalDateTime Nine = new(2026, 1, 5, 9, 0);
    private static readonly EntryTime Zurich = Texts.InZurich(1, 5, 9);

    private static readonly EntryTime[] Starts =
        [Zurich, Texts.In(DateTimeZoneProviders.Tzdb["America/New_York"], Nine), EntryTime.Utc(Nine.InUtc().ToInstant()), EntryTime.Floating(Nine), EntryTime.Date(Nine.Date)];

    private static readonly Gen<RuleEnd> Ends = Gen.Int[0, 40].Select(end => end switch
    {
        < 10 => RuleEnd.Never,
        < 25 => (RuleEnd)new RuleEnd.After(end),
        _ => new RuleEnd.Until(new LocalDate(2026, 2, 1).PlusDays(end * 7)),
    });

    private static readonly Gen<RulePattern> Patterns = Gen.Select(
        Gen.Int[(int)Frequency.Daily, (int)Frequency.Yearly], Gen.Int[1, 4], Gen.Int[-5, 5].Array[0, 3], Gen.Int[-31, 31].Where(day => day != 0).Array[0, 3], Gen.Int[1, 12].Array[0, 3], Gen.Int[-2, 7], Ends)
        .Select((frequency, interval, days, monthDays, months, other, end) => new RulePattern
        {
            Frequency = (Frequency)frequency,
            Interval = interval,
            Days = [.. days.Select(day => new RuleDay(frequency < (int)Frequency.Monthly || day == 0 ? null : day, (IsoDayOfWeek)(Math.Abs(day) + 1)))],
            MonthDays = [.. monthDays],
            Months = [.. months],
            SetPosition = other is < 0 or 1 && days.Length > 0 ? other : null,
            WeekStart = other == 7 ? IsoDayOfWeek.Sunday : IsoDayOfWeek.Monday,
            End = end,
        });

    [Fact]
    public void A_pattern_is_the_same_after_it_was_a_rule() => Gen.Select(Patterns, Gen.Int[0, Starts.Length - 1]).ForAll(
        (pattern, start) => pattern == RulePattern.Find(pattern.ToRule(Starts[start]), Starts[start]), cases: 2000);

    [Fact]
    public void A_rule_that_was_a_pattern_has_the_same_instances() => Gen.Select(AnySeries.Rules, Gen.Int[0, Starts.Length - 1]).ForAll(
        (rule, at) =>
        {
            var start = Starts[at];
            if (RulePattern.Find(rule, start) is not { } pattern)
                return;
            // An end in the middle of a day becomes the end of that day.
            var line = TimeLine.Write("DTSTART", start);
            Assert.Equal(Ids(line, rule.Replace("T093000Z", "T235959Z", StringComparison.Ordinal).Replace("T093000", "T235959", StringComparison.Ordinal), pattern.End), Ids(line, pattern.ToRule(start), pattern.End));
        }, cases: 150);

    [Theory]
    [InlineData(0, "UNTIL=20260331T215959Z")]
    [InlineData(1, "UNTIL=20260401T035959Z")]
    [InlineData(2, "UNTIL=20260331T235959Z")]
    [InlineData(3, "UNTIL=20260331T235959")]
    [InlineData(4, "UNTIL=20260331")]
    public void The_last_day_is_a_whole_day_where_the_event_is(int start, string expected)
    {
        var pattern = new RulePattern { Frequency = Frequency.Daily, End = new RuleEnd.Until(new LocalDate(2026, 3, 31)) };

        Assert.Equal($"FREQ=DAILY;{expected}", pattern.ToRule(Starts[start]));
        Assert.Equal(pattern, RulePattern.Find($"FREQ=DAILY;{expected}", Starts[start]));
    }

    [Fact]
    public void A_rule_is_read_part_by_part() => Assert.Equal(
        new RulePattern
        {
            Frequency = Frequency.Monthly,
            Interval = 2,
            Days = [new RuleDay(2, IsoDayOfWeek.Tuesday), new RuleDay(-1, IsoDayOfWeek.Friday)],
            Months = [3, 9],
            WeekStart = IsoDayOfWeek.Sunday,
            End = new RuleEnd.After(7),
        },
        RulePattern.Find("freq=monthly;interval=2;byday=+2tu, -1fr;bymonth=3,9;wkst=su;count=7", Zurich));

    [Theory]
    [InlineData("FREQ=DAILY;BYHOUR=8")]
    [InlineData("FREQ=YEARLY;BYYEARDAY=100")]
    [InlineData("FREQ=YEARLY;BYWEEKNO=20")]
    [InlineData("FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=1,-1")]
    [InlineData("FREQ=WEEKLY;BYDAY=1MO")]
    [InlineData("FREQ=HOURLY;COUNT=3")]
    [InlineData("FREQ=DAILY;COUNT=3;UNTIL=20260331")]
    [InlineData("FREQ=DAILY;UNTIL=soon")]
    [InlineData("FREQ=SOMETIMES")]
    [InlineData("")]
    public void A_rule_that_says_more_than_an_editor_has_inputs_for_is_no_pattern(string rule) => Assert.Null(RulePattern.Find(rule, Zurich));

    private static List<string?> Ids(string start, string rule, RuleEnd end) =>
        [.. AnySeries.Instances(Ics.Event(start, $"RRULE:{(start.Contains("DATE:", StringComparison.Ordinal) && end is RuleEnd.Until ? rule.Replace("T235959Z", "", StringComparison.Ordinal) : rule)}")).Select(instance => instance.RecurrenceId)];
}
