using NodaTime;
using PeerWeb.Core.Federation.Merge;
using PeerWeb.Features.Calendars.Week;
using Xunit;

namespace PeerWeb.Tests.Features.Calendars.Week;

public sealed class WeekViewLayoutTests
{
    private static readonly WeekSpan Week = WeekSpan.Of(new LocalDate(2025, 3, 12));
    private static readonly LocalDate Wednesday = new(2025, 3, 12);

    [Fact]
    public void Bars_are_all_day_events_and_those_of_a_day_or_longer()
    {
        var layout = Layout(
            3,
            Merged.AllDay(Merged.Mine, "trip", Wednesday, Wednesday.PlusDays(3)),
            At("day", 12, 10, 24 * 60),
            At("night", 12, 22, 300));

        Assert.Equal(["day", "trip"], layout.AllDay.Days.SelectMany(day => day.Segments).Select(segment => segment.Instance.Key.Uid.Value).Order());
        Assert.Equal(2, layout.Lanes);
        Assert.Equal(2, layout.Days.Sum(day => day.Blocks.Count));
    }

    [Fact]
    public void More_bars_than_lines_are_counted()
    {
        var layout = Layout(3, [.. Enumerable.Range(0, 5).Select(i => Merged.AllDay(Merged.Mine, $"e{i}", Wednesday, Wednesday.PlusDays(1)))]);

        Assert.Equal((2, 3, 3), (layout.AllDay.Days[2].Segments.Count, layout.AllDay.Days[2].Hidden, layout.Lanes));
        Assert.Equal(0, Layout(3).Lanes);
    }

    [Fact]
    public void The_first_minute_is_that_of_the_earliest_beginning_in_the_week()
    {
        Assert.Null(Layout(3).FirstMinute);
        Assert.Equal(5 * 60, Layout(3, At("a", 12, 9, 60), At("b", 14, 5, 60), At("before", 9, 23, 120)).FirstMinute);
    }

    [Fact]
    public void The_cursor_finds_what_lies_at_its_half_hour()
    {
        var layout = Layout(3, At("a", 12, 9, 60), At("b", 12, 9, 30), Merged.AllDay(Merged.Mine, "c", Wednesday, Wednesday.PlusDays(1)));

        Assert.Equal(["a", "b"], Uids(layout, new WeekCursor(Wednesday, 18)));
        Assert.Equal(["a"], Uids(layout, new WeekCursor(Wednesday, 19)));
        Assert.Empty(layout.At(new WeekCursor(Wednesday, 20)));
        Assert.Equal(["c"], Uids(layout, new WeekCursor(Wednesday, null)));
        Assert.Empty(layout.At(new WeekCursor(Wednesday.PlusDays(7), 18)));
    }

    private static IEnumerable<string> Uids(WeekViewLayout layout, WeekCursor cursor) => layout.At(cursor).Select(instance => instance.Key.Uid.Value);

    private static WeekViewLayout Layout(int lanes, params MergedEntry[] entries) => WeekViewLayout.Of(Week, entries.Select(entry => entry.Instance()), lanes);

    private static MergedEntry At(string uid, int day, int hour, int minutes)
    {
        var start = new LocalDateTime(2025, 3, day, hour, 0);
        return Merged.Timed(Merged.Mine, uid, start, start.PlusMinutes(minutes));
    }
}
