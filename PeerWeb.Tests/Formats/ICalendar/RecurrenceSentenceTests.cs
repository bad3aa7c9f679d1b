using NodaTime;
using PeerWeb.Core.Calendars;
using PeerWeb.Core.Formats;
using PeerWeb.Core.Formats.ICalendar;
using PeerWeb.Core.Primitives;
using PeerWeb.Tests.Calendars.Editing;
using Xunit;

namespace PeerWeb.Tests.Formats.ICalendar;

public sealed class RecurrenceSentenceTests
{
    private static readonly CalendarTime Start = new(TimeKind.Utc, new LocalDateTime(2026, 1, 5, 9, 30), null);

    [Theory]
    [InlineData("FREQ=DAILY", "every day")]
    [InlineData("FREQ=DAILY;COUNT=10", "every day, 10 times")]
    [InlineData("FREQ=DAILY;COUNT=1", "every day, once")]
    [InlineData("FREQ=DAILY;BYMONTH=1,2", "every day in January and February")]
    [InlineData("FREQ=DAILY;BYHOUR=8,17;BYMINUTE=0", "every day at 08:00 and 17:00")]
    [InlineData("FREQ=DAILY;BYHOUR=8", "every day at 08:30")]
    [InlineData("FREQ=DAILY;BYDAY=SA,SU", "every day on weekend days")]
    [InlineData("FREQ=HOURLY;INTERVAL=3;UNTIL=20260106T170000Z", "every 3 hours until 6 January 2026")]
    [InlineData("FREQ=MINUTELY;INTERVAL=15;COUNT=6", "every 15 minutes, 6 times")]
    [InlineData("FREQ=WEEKLY;BYDAY=MO;UNTIL=20270303T090000Z", "every week on Monday until 3 March 2027")]
    [InlineData("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE,FR", "every 2 weeks on Monday, Wednesday and Friday")]
    [InlineData("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "every week on weekdays")]
    [InlineData("FREQ=WEEKLY;WKST=SU;BYDAY=FR,TH,WE,TU,MO", "every week on weekdays")]
    [InlineData("FREQ=WEEKLY;BYDAY=MO;BYMONTH=6,7,8", "every week on Monday in June, July and August")]
    [InlineData("FREQ=WEEKLY;BYDAY=MO,WE,FR;BYSETPOS=-1", "every week on the last of Monday, Wednesday and Friday")]
    [InlineData("FREQ=MONTHLY;BYDAY=1WE", "every month on the first Wednesday")]
    [InlineData("FREQ=MONTHLY;BYDAY=-1FR", "every month on the last Friday")]
    [InlineData("FREQ=MONTHLY;BYDAY=2TU,4TU", "every month on the second and fourth Tuesday")]
    [InlineData("FREQ=MONTHLY;BYDAY=1MO,-2FR", "every month on the first Monday and the second last Friday")]
    [InlineData("FREQ=MONTHLY;BYDAY=FR", "every month on every Friday")]
    [InlineData("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", "every month on the last weekday")]
    [InlineData("FREQ=MONTHLY;BYDAY=SU,MO,TU,WE,TH,FR,SA;BYSETPOS=2", "every month on the second day")]
    [InlineData("FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=1,-1", "every month on the first and last Monday or Tuesday")]
    [InlineData("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;BYMONTH=3,6,9,12", "every month on the last weekday in March, June, September and December")]
    [InlineData("FREQ=MONTHLY;BYMONTHDAY=15", "every month on day 15")]
    [InlineData("FREQ=MONTHLY;BYMONTHDAY=1,15", "every month on days 1 and 15")]
    [InlineData("FREQ=MONTHLY;BYMONTHDAY=-1", "every month on the last day")]
    [InlineData("FREQ=MONTHLY;BYMONTHDAY=15,-1", "every month on day 15 and the last day")]
    [InlineData("FREQ=MONTHLY;INTERVAL=18;BYMONTHDAY=10,11,12;COUNT=10", "every 18 months on days 10, 11 and 12, 10 times")]
    [InlineData("FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13", "every month on day 13 if a Friday")]
    [InlineData("FREQ=YEARLY;BYMONTH=3", "every year in March")]
    [InlineData("FREQ=YEARLY;BYMONTH=8;BYMONTHDAY=1", "every year on 1 August")]
    [InlineData("FREQ=YEARLY;BYMONTH=1,7;BYMONTHDAY=1", "every year on day 1 of January and July")]
    [InlineData("FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU", "every year on the last Sunday of October")]
    [InlineData("FREQ=YEARLY;BYMONTH=3,10;BYDAY=-1SU", "every year on the last Sunday of March and October")]
    [InlineData("FREQ=YEARLY;BYDAY=20MO", "every year on the 20th Monday of the year")]
    [InlineData("FREQ=YEARLY;INTERVAL=4;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8", "every 4 years on days 2, 3, 4, 5, 6, 7 and 8 of November if a Tuesday")]
    [InlineData("FREQ=YEARLY;BYYEARDAY=1,100,-1", "every year on days 1 and 100 and the last day of the year")]
    [InlineData("FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO", "every year in week 20 on Monday")]
    [InlineData("FREQ=YEARLY;BYMONTH=1;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=1", "every year on the first weekday of January")]
    [InlineData("FREQ=YEARLY;BYMONTH=1,2;BYDAY=MO;BYSETPOS=1", "by the rule FREQ=YEARLY;BYMONTH=1,2;BYDAY=MO;BYSETPOS=1")]
    [InlineData("FREQ=DAILY;BYSECOND=1,2", "by the rule FREQ=DAILY;BYSECOND=1,2")]
    [InlineData("FREQ=MONTHLY;BYDAY=0MO", "by the rule FREQ=MONTHLY;BYDAY=0MO")]
    public void A_rule_is_a_sentence_and_one_without_short_words_is_shown_as_it_is(string rule, string expected) =>
        Assert.Equal(expected, RecurrenceSentence.Of(ContentLine.Parse($"RRULE:{rule}", 1), Start));

    [Theory]
    [InlineData("every day, 3 times, except 2 dates", "RRULE:FREQ=DAILY;COUNT=3", "EXDATE:20260106T090000Z,20260107T090000Z")]
    [InlineData("every day, 3 times; and every month on day 1, and on 1 more date", "RRULE:FREQ=DAILY;COUNT=3", "RRULE:FREQ=MONTHLY;BYMONTHDAY=1", "RDATE:20260122T090000Z")]
    [InlineData("on 3 listed dates", "RDATE:20260122T090000Z,20260124T090000Z")]
    [InlineData(null, "X-NONE:1")]
    public void All_that_an_event_says_of_its_repeating_is_one_sentence(string? expected, params string[] lines) =>
        Assert.Equal(expected, CalendarEvent.Read(Ics.Event([.. lines, "DTSTART:20260105T090000Z"])).RecurrenceRule);

    [Fact]
    public void Every_rule_that_an_editor_shows_has_words_or_is_shown_as_it_is() => AnySeries.Rules.ForAll(
        rule =>
        {
            var words = RecurrenceSentence.Of(new Recurrence(rule, ["20260105T093000Z"]), Start.ToEntryTime());
            return words.EndsWith(", except 1 date", StringComparison.Ordinal)
                && (words.StartsWith("every ", StringComparison.Ordinal) || rule.Contains("YEARLY", StringComparison.Ordinal)) && !words.Contains("  ", StringComparison.Ordinal);
        }, cases: 500);
}
