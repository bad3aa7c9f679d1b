using NodaTime;
using PeerWeb.Core.Formats.ICalendar;
using PeerWeb.Core.Primitives;
using PeerWeb.Features.Calendars.Edit;
using Xunit;

namespace PeerWeb.Tests.Features.Calendars.Edit;

public sealed class RulePatternsTests
{
    /// <summary>The fourth and last Tuesday of its month.</summary>
    private static readonly LocalDate Tuesday = new(2025, 3, 25);

    private static readonly EntryTime Start = EntryTime.Floating(Tuesday.At(new LocalTime(9, 0)));

    [Theory]
    [InlineData("FREQ=DAILY;INTERVAL=3", "FREQ=DAILY;INTERVAL=3")]
    [InlineData("FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR")]
    [InlineData("FREQ=WEEKLY;COUNT=10", "FREQ=WEEKLY;BYDAY=TU;COUNT=10")]
    [InlineData("FREQ=WEEKLY;INTERVAL=2;BYDAY=FR,TU;WKST=SU", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,FR;WKST=SU")]
    [InlineData("FREQ=WEEKLY;BYDAY=TU;UNTIL=20250601T235959", "FREQ=WEEKLY;BYDAY=TU;UNTIL=20250601T235959")]
    [InlineData("FREQ=WEEKLY;BYDAY=MO,FR", "FREQ=WEEKLY;BYDAY=MO,FR")]
    [InlineData("FREQ=MONTHLY", "FREQ=MONTHLY;BYMONTHDAY=25")]
    [InlineData("FREQ=MONTHLY;BYMONTHDAY=15", "FREQ=MONTHLY;BYMONTHDAY=15")]
    [InlineData("FREQ=MONTHLY;BYMONTHDAY=-1", "FREQ=MONTHLY;BYMONTHDAY=-1")]
    [InlineData("FREQ=MONTHLY;BYDAY=4TU", "FREQ=MONTHLY;BYDAY=4TU")]
    [InlineData("FREQ=MONTHLY;BYDAY=TU;BYSETPOS=-1", "FREQ=MONTHLY;BYDAY=-1TU")]
    [InlineData("FREQ=MONTHLY;BYDAY=2MO", "FREQ=MONTHLY;BYDAY=2MO")]
    [InlineData("FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=25", "FREQ=YEARLY")]
    [InlineData("FREQ=YEARLY;BYMONTH=3;BYDAY=-1TU", "FREQ=YEARLY;BYMONTH=3;BYDAY=-1TU")]
    public void What_the_inputs_show_is_the_rule(string rule, string again) => Assert.Equal(again, Again(rule));

    [Theory]
    [InlineData("FREQ=DAILY;INTERVAL=2;BYDAY=MO")]
    [InlineData("FREQ=MONTHLY;BYMONTHDAY=1,15")]
    [InlineData("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1")]
    [InlineData("FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13")]
    [InlineData("FREQ=MONTHLY;BYDAY=5TU")]
    [InlineData("FREQ=MONTHLY;BYDAY=TU")]
    [InlineData("FREQ=YEARLY;BYMONTH=3,9")]
    [InlineData("FREQ=YEARLY;BYDAY=20MO")]
    [InlineData("FREQ=WEEKLY;BYMONTH=3")]
    [InlineData("FREQ=YEARLY;BYYEARDAY=100")]
    public void What_they_cannot_show_is_no_rule_of_theirs(string rule) =>
        Assert.True(RulePattern.Find(rule, Start) is not { } pattern || RulePatterns.Show(pattern, Tuesday) is null);

    [Fact]
    public void Days_follow_the_start_but_for_those_that_were_chosen_beside_it()
    {
        var form = RuleForm.None with { Repeats = RuleForm.Weekly, Days = "FR" };

        Assert.Equal("FREQ=WEEKLY;BYDAY=TU,FR", Rule(form, Tuesday));
        Assert.Equal("FREQ=WEEKLY;BYDAY=WE,FR", Rule(form, Tuesday.PlusDays(1)));
        Assert.Equal("FREQ=MONTHLY;BYDAY=1TU", Rule(form with { Repeats = RuleForm.Monthly, On = RuleForm.OnWeekday }, Tuesday.PlusDays(7)));
    }

    [Fact]
    public void Places_are_those_of_the_start_and_the_one_that_is_chosen()
    {
        Assert.Equal(["on day 25", "on the fourth Tuesday", "on the last Tuesday"], Places(RuleForm.None, Tuesday));
        Assert.Equal(["on day 31", "on the last Monday", "on the last day"], Places(RuleForm.None, new LocalDate(2025, 3, 31)));
        Assert.Equal(["on day 4", "on the first Tuesday", "on the second Monday"], Places(RuleForm.None with { On = "2MO" }, new LocalDate(2025, 3, 4)));
        Assert.Equal("on 25 March", RulePatterns.Say(RuleForm.OnDay, Tuesday, isYearly: true));
        Assert.Equal("on the fourth Tuesday of March", RulePatterns.Say(RuleForm.OnWeekday, Tuesday, isYearly: true));
    }

    [Theory]
    [InlineData("0", RuleForm.EndsNever, "", "1", true, false)]
    [InlineData("1000", RuleForm.EndsNever, "", "1", true, false)]
    [InlineData("-2", RuleForm.EndsNever, "", "1", true, false)]
    [InlineData("1", RuleForm.EndsOn, "", "1", false, true)]
    [InlineData("1", RuleForm.EndsOn, "2025-03-24", "1", false, true)]
    [InlineData("1", RuleForm.EndsOn, "2025-03-25", "x", false, false)]
    [InlineData("1", RuleForm.EndsAfter, "", "10001", false, true)]
    [InlineData("1", RuleForm.EndsAfter, "", "", false, true)]
    public void A_number_or_a_day_that_is_wrong_stands_at_its_field(string interval, string ends, string until, string count, bool isInterval, bool isEnd)
    {
        var problems = RulePatterns.Problems(RuleForm.None with { Repeats = RuleForm.Daily, Interval = interval, Ends = ends, Until = until, Count = count }, Tuesday);

        Assert.Equal((isInterval, isEnd), (problems.Interval is not null, (problems.Until ?? problems.Count) is not null));
    }

    private static string? Again(string rule) =>
        RulePattern.Find(rule, Start) is { } pattern && RulePatterns.Show(pattern, Tuesday) is { } form ? Rule(form, Tuesday) : null;

    private static string? Rule(RuleForm form, LocalDate start) => RulePatterns.Read(form, start)?.ToRule(Start);

    private static IEnumerable<string> Places(RuleForm form, LocalDate start) =>
        RulePatterns.Places(form, start).Select(place => RulePatterns.Say(place, start, isYearly: false));
}
