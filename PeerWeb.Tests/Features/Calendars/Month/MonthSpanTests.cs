using NodaTime;
using PeerWeb.Features.Calendars.Month;
using Xunit;

namespace PeerWeb.Tests.Features.Calendars.Month;

public sealed class MonthSpanTests
{
    [Theory]
    [InlineData(2021, 2, 4, "2021-02-01")]
    [InlineData(2025, 3, 6, "2025-02-24")]
    [InlineData(2025, 4, 5, "2025-03-31")]
    public void Weeks_begin_on_Monday_and_are_as_many_as_the_month_needs(int year, int month, int weeks, string start)
    {
        var span = MonthSpan.Of(new LocalDate(year, month, 14));

        Assert.Equal(weeks, span.Weeks);
        Assert.Equal(start, EventWords.IsoDay(span.Start));
        Assert.True(span.Shows(span.First) && span.Shows(span.First.PlusMonths(1).PlusDays(-1)));
    }

    [Fact]
    public void Weeks_can_begin_on_Sunday() =>
        Assert.Equal(new LocalDate(2025, 2, 23), MonthSpan.Of(new LocalDate(2025, 3, 1), IsoDayOfWeek.Sunday).Start);

    [Fact]
    public void The_range_follows_the_clock_change_of_the_viewers_zone()
    {
        var range = MonthSpan.Of(new LocalDate(2025, 3, 1)).Range(Merged.Berlin);

        Assert.Equal(Instant.FromUtc(2025, 2, 23, 23, 0), range.Start);
        Assert.Equal(Instant.FromUtc(2025, 4, 6, 22, 0), range.End);
    }

    [Theory]
    [InlineData(1, 1899)]
    [InlineData(9998, 2201)]
    public void A_day_beyond_all_entries_shows_the_nearest_month_that_can_be_asked_for(int year, int bound)
    {
        var span = MonthSpan.Of(new LocalDate(year, 6, 1));

        Assert.InRange(span.First.Year, 1899, 2201);
        Assert.True(Math.Abs(span.First.Year - bound) < 3);
        Assert.True(span.Range(Merged.Berlin).Start < span.Range(Merged.Berlin).End);
    }

    [Fact]
    public void Previous_and_next_go_over_the_end_of_a_year()
    {
        var january = MonthSpan.Of(new LocalDate(2025, 1, 31));

        Assert.Equal(new LocalDate(2024, 12, 1), january.Previous.First);
        Assert.Equal(new LocalDate(2025, 2, 1), january.Next.First);
    }
}
