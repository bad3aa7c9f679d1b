using CsCheck;
using NodaTime;
using PeerWeb.Core.Federation.Merge;
using PeerWeb.Features.Calendars.Month;
using PeerWeb.Features.Calendars.Settings;
using Xunit;

namespace PeerWeb.Tests.Features.Calendars.Month;

public sealed class MonthLayoutTests
{
    private static readonly MonthSpan March = MonthSpan.Of(new LocalDate(2025, 3, 1));

    [Fact]
    public void A_bar_over_the_edge_of_a_week_goes_on_in_the_next()
    {
        var layout = Layout(4, Bar("trip", 7, 11));

        var first = Assert.Single(Day(layout, 7).Segments);
        Assert.Equal((4, 3, false, true), (first.Column, first.Span, first.ContinuesBefore, first.ContinuesAfter));
        var second = Assert.Single(Day(layout, 10).Segments);
        Assert.Equal((0, 2, true, false), (second.Column, second.Span, second.ContinuesBefore, second.ContinuesAfter));
        Assert.All(Enumerable.Range(7, 5), day => Assert.Single(Day(layout, day).Instances));
    }

    [Fact]
    public void A_bar_that_began_before_the_first_week_starts_at_its_first_cell()
    {
        var layout = Layout(4, Merged.AllDay(Merged.Mine, "long", new LocalDate(2025, 1, 1), new LocalDate(2025, 3, 4)));

        var segment = Assert.Single(layout.Weeks[0].Days[0].Segments);
        Assert.True(segment.ContinuesBefore && segment.ContinuesAfter);
        Assert.Equal(7, segment.Span);
    }

    [Fact]
    public void Bars_that_overlap_keep_different_lanes_and_timed_events_fill_what_is_free()
    {
        var layout = Layout(4, Bar("a", 3, 5), Bar("b", 4, 6), At("c", 3, 9), At("d", 5, 9));

        Assert.Equal(0, LaneOf(layout, 3, "a"));
        Assert.Equal(1, LaneOf(layout, 4, "b"));
        Assert.Equal(1, LaneOf(layout, 3, "c"));
        Assert.Equal(2, LaneOf(layout, 5, "d"));
    }

    [Fact]
    public void Thirty_events_on_a_day_show_three_and_say_how_many_more_there_are()
    {
        var layout = Layout(4, [.. Enumerable.Range(0, 30).Select(i => At($"e{i:00}", 12, i % 24))]);

        var day = Day(layout, 12);
        Assert.Equal(3, day.Segments.Count);
        Assert.Equal(27, day.Hidden);
        Assert.Equal(30, day.Instances.Count);
    }

    [Fact]
    public void As_many_events_as_there_are_lanes_need_no_more_line()
    {
        var day = Day(Layout(4, [.. Enumerable.Range(0, 4).Select(i => At($"e{i}", 12, 8 + i))]), 12);

        Assert.Equal((4, 0), (day.Segments.Count, day.Hidden));
    }

    [Fact]
    public void A_bar_that_must_give_way_on_one_day_goes_from_all_days_of_the_week()
    {
        var layout = Layout(2, Bar("a", 3, 5), Bar("b", 3, 5), At("c", 4, 9));

        Assert.All(Enumerable.Range(3, 3), day => Assert.DoesNotContain(Day(layout, day).Segments, s => s.Instance.Key.Uid.Value == "b"));
        Assert.Equal([1, 2, 1], Enumerable.Range(3, 3).Select(day => Day(layout, day).Hidden));
    }

    [Fact]
    public void The_same_instance_twice_shows_once() =>
        Assert.Single(Day(Layout(4, At("a", 12, 9), At("a", 12, 9)), 12).Segments);

    [Fact]
    public void A_bar_over_days_that_are_left_out_goes_on_behind_them_and_one_within_them_does_not_show()
    {
        var layout = MonthLayout.Of(
            MonthSpan.Of(March.First, IsoDayOfWeek.Monday, DaySet.Weekend),
            [Bar("over", 7, 11).Instance(), Bar("from", 15, 18).Instance(), Bar("until", 20, 22).Instance(), Bar("within", 29, 30).Instance()], 4);

        Assert.Equal([
            ("over", 7, 1, true, false, true), ("over", 10, 2, false, true, false),
            ("from", 17, 2, true, true, false), ("until", 20, 2, true, false, true),
        ], layout.Weeks.SelectMany(week => week.Days).SelectMany(day => day.Segments.Select(segment =>
            (segment.Instance.Key.Uid.Value, day.Date.Day, segment.Span, segment.IsFirst, segment.ContinuesBefore, segment.ContinuesAfter))));
        Assert.All(layout.Weeks, week => Assert.Equal(5, week.Days.Count));
        Assert.Null(layout.Day(new LocalDate(2025, 3, 29)));
    }

    [Fact]
    public void What_has_no_room_is_kept_for_paper_with_the_lane_that_it_would_have()
    {
        var layout = Layout(2, At("a", 12, 8), At("b", 12, 9), At("c", 12, 10));

        Assert.Equal([("b", 1), ("c", 2)], Day(layout, 12).Crowded.Select(segment => (segment.Instance.Key.Uid.Value, segment.Lane)));
        Assert.Equal(3, layout.Weeks.Max(week => week.Lanes));
    }

    [Fact]
    public void Whatever_comes_no_two_segments_of_a_week_share_a_cell_and_a_lane_and_nothing_is_lost()
    {
        var bar = Gen.Select(Gen.Int[1, 31], Gen.Int[0, 12]).List[0, 40];
        var span = Gen.Select(Gen.Int[1, 7], Gen.Bool).Select((start, hides) => MonthSpan.Of(March.First, (IsoDayOfWeek)start, hides ? DaySet.Weekend : DaySet.None));
        Gen.Select(bar, Gen.Int[1, 6], span).ForAll((bars, lanes, month) =>
        {
            var entries = bars.Select((b, i) => Merged.AllDay(
                Merged.Mine, $"u{i}", new LocalDate(2025, 3, 1).PlusDays(b.Item1 - 1), new LocalDate(2025, 3, 1).PlusDays(b.Item1 + b.Item2))).ToArray();
            var layout = MonthLayout.Of(month, entries.Select(entry => entry.Instance()), lanes);
            Assert.Equal(month.Days, layout.Weeks.SelectMany(week => week.Days).Select(day => day.Date));
            Assert.All(
                layout.Weeks.SelectMany(week => week.Days).SelectMany(day => day.Segments.Concat(day.Crowded)).GroupBy(segment => segment.Instance.Key),
                parts => Assert.Single(parts, segment => segment.IsFirst));
            foreach (var week in layout.Weeks)
            {
                for (var column = 0; column < week.Days.Count; column++)
                {
                    var covering = week.Days.SelectMany(day => day.Segments).Where(segment => segment.Covers(column)).ToList();
                    Assert.Equal(covering.Count, covering.Select(segment => segment.Lane).Distinct().Count());
                    Assert.All(covering, segment => Assert.True(segment.Lane < (week.Days[column].Hidden > 0 ? lanes - 1 : lanes)));
                    Assert.Equal(week.Days[column].Instances.Count, covering.Count + week.Days[column].Hidden);
                }
            }
        });
    }

    private static MonthLayout Layout(int lanes, params MergedEntry[] entries) =>
        MonthLayout.Of(March, entries.Select(entry => entry.Instance()), lanes);

    private static DayLayout Day(MonthLayout layout, int day) => layout.Day(new LocalDate(2025, 3, day)) ?? throw new InvalidOperationException("Not in the month.");

    private static int LaneOf(MonthLayout layout, int day, string uid) => Day(layout, day).Segments.Single(s => s.Instance.Key.Uid.Value == uid).Lane;

    private static MergedEntry Bar(string uid, int first, int last) =>
        Merged.AllDay(Merged.Mine, uid, new LocalDate(2025, 3, first), new LocalDate(2025, 3, last + 1));

    private static MergedEntry At(string uid, int day, int hour) =>
        Merged.Timed(Merged.Mine, uid, new LocalDateTime(2025, 3, day, hour, 0), new LocalDateTime(2025, 3, day, hour, 30));
}
