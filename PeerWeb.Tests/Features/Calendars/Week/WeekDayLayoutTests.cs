using NodaTime;
using PeerWeb.Features.Calendars.Week;
using Xunit;

namespace PeerWeb.Tests.Features.Calendars.Week;

public sealed class WeekDayLayoutTests
{
    private static readonly LocalDate Day = new(2025, 3, 12);

    [Fact]
    public void Events_one_after_the_other_have_the_whole_width()
    {
        var blocks = Blocks(("a", 9, 0, 60), ("b", 10, 0, 60));

        Assert.All(blocks.Values, block => Assert.Equal((0, 1, 1), (block.Lane, block.Lanes, block.Span)));
    }

    [Fact]
    public void Events_at_the_same_time_share_the_width_and_who_is_free_takes_what_is_left()
    {
        var blocks = Blocks(("long", 9, 0, 180), ("early", 9, 0, 60), ("also", 9, 30, 30), ("late", 11, 0, 60));

        Assert.Equal((0, 3, 1), (blocks["long"].Lane, blocks["long"].Lanes, blocks["long"].Span));
        Assert.Equal((1, 3, 1), (blocks["early"].Lane, blocks["early"].Lanes, blocks["early"].Span));
        Assert.Equal((2, 3, 1), (blocks["also"].Lane, blocks["also"].Lanes, blocks["also"].Span));
        Assert.Equal((1, 3, 2), (blocks["late"].Lane, blocks["late"].Lanes, blocks["late"].Span));
    }

    [Fact]
    public void A_crowd_in_the_morning_does_not_make_the_afternoon_narrow()
    {
        var blocks = Blocks(("a", 9, 0, 60), ("b", 9, 0, 60), ("c", 14, 0, 60));

        Assert.Equal((2, 1), (blocks["a"].Lanes, blocks["c"].Lanes));
    }

    [Fact]
    public void No_two_blocks_are_drawn_over_each_other_whatever_the_day_is_like()
    {
        var random = new Random(7);
        var many = Enumerable.Range(0, 120).Select(i => ($"e{i}", random.Next(24), random.Next(60), random.Next(300))).ToArray();

        var blocks = Blocks(many).Values.ToList();

        Assert.Equal(120, blocks.Count);
        Assert.All(blocks, block => Assert.InRange(block.Lane + block.Span, 1, block.Lanes));
        Assert.All(blocks, block => Assert.DoesNotContain(
            blocks,
            other => other != block && other.Overlaps(block.Top, block.Bottom) && other.Lane < block.Lane + block.Span && block.Lane < other.Lane + other.Span));
        Assert.All(blocks, block => Assert.All(blocks.Where(other => other.Overlaps(block.Top, block.Bottom)), other => Assert.Equal(block.Lanes, other.Lanes)));
    }

    [Fact]
    public void A_short_event_is_drawn_high_enough_to_be_hit_and_does_not_lie_under_the_next()
    {
        var blocks = Blocks(("moment", 9, 0, 0), ("next", 9, 15, 60), ("late", 23, 50, 5));

        Assert.Equal((9 * 60, (9 * 60) + 30), (blocks["moment"].Top, blocks["moment"].Bottom));
        Assert.Equal(2, blocks["next"].Lanes);
        Assert.Equal((24 * 60) - 30, blocks["late"].Top);
        Assert.Equal(24 * 60, blocks["late"].Bottom);
    }

    [Fact]
    public void An_event_over_midnight_is_a_piece_on_each_day()
    {
        var night = Merged.Timed(Merged.Mine, "night", Day + new LocalTime(22, 0), Day.PlusDays(1) + new LocalTime(2, 0)).Instance();

        var first = Assert.Single(WeekDayLayout.Of(Day, [night]).Blocks);
        var second = Assert.Single(WeekDayLayout.Of(Day.PlusDays(1), [night]).Blocks);

        Assert.Equal((22 * 60, 24 * 60, false, true), (first.Top, first.Bottom, first.ContinuesBefore, first.ContinuesAfter));
        Assert.Equal((0, 2 * 60, true, false), (second.Top, second.Bottom, second.ContinuesBefore, second.ContinuesAfter));
    }

    [Fact]
    public void An_event_until_midnight_does_not_touch_the_next_day()
    {
        var late = Merged.Timed(Merged.Mine, "late", Day + new LocalTime(22, 0), Day.PlusDays(1).AtMidnight()).Instance();

        Assert.Equal(24 * 60, Assert.Single(WeekDayLayout.Of(Day, [late]).Blocks).Bottom);
        Assert.Empty(WeekDayLayout.Of(Day.PlusDays(1), [late]).Blocks);
    }

    [Theory]
    [InlineData(30, 1, 30, 3, 30)] // The hour from two to three is missing: an hour of time, two on the clock.
    [InlineData(30, 8, 0, 9, 0)]
    public void On_the_day_that_has_23_hours_the_clock_decides(int day, int fromHour, int fromMinute, int toHour, int toMinute)
    {
        var date = new LocalDate(2025, 3, day);
        var instance = Merged.Timed(Merged.Mine, "a", date + new LocalTime(fromHour, fromMinute), date + new LocalTime(toHour, toMinute)).Instance();

        var block = Assert.Single(WeekDayLayout.Of(date, [instance]).Blocks);

        Assert.Equal(((fromHour * 60) + fromMinute, (toHour * 60) + toMinute), (block.Top, block.Bottom));
    }

    [Fact]
    public void On_the_day_that_has_25_hours_an_event_that_ends_before_it_began_on_the_clock_still_shows()
    {
        // From 02:30 summer time to 02:15 winter time: 45 minutes later.
        var entry = Merged.Timed(Merged.Mine, "a", new LocalDateTime(2025, 10, 26, 0, 30), new LocalDateTime(2025, 10, 26, 1, 15), zone: "UTC");

        var block = Assert.Single(WeekDayLayout.Of(new LocalDate(2025, 10, 26), [entry.Instance()]).Blocks);

        Assert.Equal((150, 180), (block.Top, block.Bottom));
    }

    private static Dictionary<string, WeekBlock> Blocks(params (string Uid, int Hour, int Minute, int Minutes)[] events)
    {
        var instances = events.Select(e =>
        {
            var start = Day + new LocalTime(e.Hour, e.Minute);
            return Merged.Timed(Merged.Mine, e.Uid, start, start.PlusMinutes(e.Minutes)).Instance();
        });
        return WeekDayLayout.Of(Day, instances).Blocks.ToDictionary(block => block.Instance.Key.Uid.Value);
    }
}
