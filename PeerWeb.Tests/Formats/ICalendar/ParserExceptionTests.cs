using Ical.Net;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using Ical.Net.Evaluation;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Formats.ICalendar;
using Xunit;

namespace PeerWeb.Tests.Formats.ICalendar;

/// <summary>What Ical.Net 5 throws, provoked in Ical.Net itself: behind the one boundary it all is an <see cref="InvalidEntryException"/>.</summary>
public sealed class ParserExceptionTests
{
    private static readonly Dictionary<Type, Action> Provoked = new()
    {
        [typeof(ArgumentOutOfRangeException)] = () => _ = new RecurrenceRule("FREQ=WEEKLY;WKST=XX"),
        [typeof(OverflowException)] = () => _ = new RecurrenceRule("FREQ=DAILY;COUNT=99999999999"),
        [typeof(ArgumentException)] = () => _ = new RecurrenceRule("FREQ=YEARLY;BYDAY=1"),
        [typeof(FormatException)] = () => _ = new RecurrenceRule("FREQ=MONTHLY;BYMONTH=5L"),
        [typeof(EvaluationException)] = () => Evaluate("FREQ=DAILY;BYDAY=0MO", 2026),
        [typeof(EvaluationOutOfRangeException)] = () => Evaluate("FREQ=DAILY", 9999),
        [typeof(EvaluationLimitExceededException)] = () => Evaluate("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=31", 2026),
        [typeof(System.Runtime.Serialization.SerializationException)] = () => Calendar.Load("URL:x\r\n"),
        [typeof(InvalidOperationException)] = () => _ = new CalendarEvent().EffectiveDuration,
    };

    public static TheoryData<string> Types => [.. Provoked.Keys.Select(type => type.Name)];

    [Theory]
    [MemberData(nameof(Types))]
    public void Each_becomes_an_invalid_entry_with_a_reason(string name)
    {
        var (type, provoke) = Provoked.Single(pair => pair.Key.Name == name);
        Assert.Throws(type, provoke);

        var refused = Assert.Throws<InvalidEntryException>(() => CalendarText.Guard(() =>
        {
            provoke();
            return true;
        }));

        Assert.NotEmpty(refused.Message);
    }

    [Fact]
    public void Every_exception_type_of_the_package_is_provoked() =>
        Assert.All(
            typeof(RecurrenceRule).Assembly.GetTypes().Where(type => typeof(Exception).IsAssignableFrom(type)),
            type => Assert.Contains(type, Provoked.Keys));

    /// <summary>The way into it that our texts have is the rule: there each keeps its line.</summary>
    [Theory]
    [InlineData("FREQ=WEEKLY;WKST=XX")]
    [InlineData("FREQ=DAILY;BYHOUR=99999999999")]
    [InlineData("FREQ=YEARLY;BYDAY=1")]
    [InlineData("FREQ=MONTHLY;BYMONTH=5L")]
    [InlineData("FREQ=DAILY;BYDAY=0MO")]
    [InlineData("FREQ=MONTHLY;INTERVAL=2147483647;BYDAY=1XX")]
    public void In_a_rule_it_has_the_rules_line(string rule) =>
        Assert.Equal(8, Ics.Refused(Ics.Event("SUMMARY:a", "DTSTART:20260105T090000Z", $"RRULE:{rule}")).Line);

    private static void Evaluate(string rule, int year)
    {
        var options = new EvaluationOptions { MaxUnmatchedIncrementsLimit = 500 };
        foreach (var period in new RecurrencePatternEvaluator(new RecurrenceRule(rule)).Evaluate(new CalDateTime(year, 1, 1, 10, 0, 0), null, options))
            Assert.NotNull(period);
    }
}
