using NodaTime;
using PeerWeb.Features.Calendars.Month;
using PeerWeb.Features.Calendars.Week;
using Xunit;

namespace PeerWeb.Tests.Features.Calendars.Week;

public sealed class WeekSpanTests
{
    [Theory]
    [InlineData("2026-11-23", "2026-11-23", "23 – 29 November 2026")]
    [InlineData("2026-11-29", "2026-11-23", "23 – 29 November 2026")]
    [InlineData("2026-12-01", "2026-11-30", "30 Nov – 6 Dec 2026")]
    [InlineData("2026-12-31", "2026-12-28", "28 Dec 2026 – 3 Jan 2027")]
    public void A_week_has_its_day_in_it_and_says_from_when_to_when(string day, string start, string title)
    {
        var week = WeekSpan.Of(Day(day));

        Assert.Equal((Day(start), title), (week.Start, week.Title));
        Assert.True(week.Includes(Day(day)));
        Assert.False(week.Includes(week.End));
    }

    [Fact]
    public void The_weeks_follow_each_other_without_a_gap_and_keep_their_first_day()
    {
        var week = WeekSpan.Of(new LocalDate(2027, 1, 1), IsoDayOfWeek.Sunday);

        Assert.Equal(IsoDayOfWeek.Sunday, week.Start.DayOfWeek);
        Assert.Equal(week.End, week.Next.Start);
        Assert.Equal(week, week.Next.Previous);
    }

    [Theory]
    [InlineData("2025-03-30", 7 * 24 - 1)]
    [InlineData("2025-10-26", 7 * 24 + 1)]
    public void A_week_in_which_the_clocks_change_is_an_hour_shorter_or_longer(string day, int hours)
    {
        var range = WeekSpan.Of(Day(day)).Range(Merged.Berlin);

        Assert.Equal(Duration.FromHours(hours), range.End - range.Start);
    }

    [Fact]
    public void Weeks_end_where_the_years_of_entries_end()
    {
        var last = WeekSpan.Of(new LocalDate(9999, 1, 1));

        Assert.Equal(last, last.Next.Next);
        Assert.Equal(2199, last.Start.Year);
        Assert.Equal(1900, WeekSpan.Of(new LocalDate(1, 1, 1)).Start.Year);
    }

    private static LocalDate Day(string iso) => EventWords.ParseIsoDay(iso) ?? throw new FormatException(iso);
}
