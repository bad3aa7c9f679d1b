using NodaTime;
using PeerWeb.Core.Federation.Merge;
using PeerWeb.Features.Calendars.Agenda;
using Xunit;

namespace PeerWeb.Tests.Features.Calendars.Agenda;

public sealed class AgendaLayoutTests
{
    private static readonly LocalDate First = new(2025, 3, 10);
    private static readonly AgendaSpan Span = AgendaSpan.Of(First);

    [Fact]
    public void Days_without_events_are_left_out_but_for_today()
    {
        var layout = Layout(At("a", 12, 9), At("later", 30, 9));

        Assert.Equal([First.PlusDays(2), First.PlusDays(4), First.PlusDays(20)], layout.Days.Select(day => day.Date));
        Assert.Empty(layout.Days[1].Rows);
    }

    [Fact]
    public void What_lasts_all_day_comes_first_then_what_goes_on_from_the_day_before_then_by_time()
    {
        var layout = Layout(
            At("noon", 12, 12), At("morning", 12, 8), Merged.AllDay(Merged.Mine, "bar", new LocalDate(2025, 3, 12), new LocalDate(2025, 3, 13)),
            Merged.Timed(Merged.Mine, "night", new LocalDateTime(2025, 3, 11, 22, 0), new LocalDateTime(2025, 3, 12, 2, 0)));

        Assert.Equal(["bar", "night", "morning", "noon"], layout.Days.Single(day => day.Date.Day == 12).Rows.Select(row => row.Instance.Key.Uid.Value));
    }

    [Fact]
    public void An_event_of_several_days_stands_under_each_and_counts_once()
    {
        var layout = Layout(Merged.AllDay(Merged.Mine, "trip", new LocalDate(2025, 3, 8), new LocalDate(2025, 3, 13)));

        Assert.Equal([(10, 3, 5, true), (11, 4, 5, false), (12, 5, 5, false)], layout.Rows.Select(row => (row.Day.Day, row.Number, row.Of, row.IsFirst)));
    }

    [Theory]
    [InlineData("ArrowDown", "b", "c")]
    [InlineData("ArrowDown", "d", "d")]
    [InlineData("ArrowUp", "a", "a")]
    [InlineData("ArrowRight", "a", "c")]
    [InlineData("ArrowRight", "d", "d")]
    [InlineData("ArrowLeft", "d", "c")]
    [InlineData("ArrowLeft", "b", "a")]
    [InlineData("Home", "c", "a")]
    [InlineData("End", "a", "d")]
    public void Keys_lead_by_event_and_by_day(string key, string from, string to)
    {
        var layout = Layout(At("a", 11, 9), At("b", 11, 10), At("c", 13, 9), At("d", 17, 9));
        var at = AgendaCursor.Of(layout.Rows.Single(row => row.Instance.Key.Uid.Value == from));

        Assert.Equal(to, AgendaCursor.After(key, layout, at)?.Key.Uid.Value);
    }

    [Fact]
    public void In_an_empty_list_and_by_other_keys_nothing_moves()
    {
        Assert.Null(AgendaCursor.After("ArrowDown", Layout(), null));
        Assert.Null(AgendaCursor.After("x", Layout(At("a", 11, 9)), null));
        Assert.Equal("a", AgendaCursor.After("ArrowDown", Layout(At("a", 11, 9)), null)?.Key.Uid.Value);
    }

    private static AgendaLayout Layout(params MergedEntry[] entries) => AgendaLayout.Of(Span, entries.Select(entry => entry.Instance()), First.PlusDays(4));

    private static MergedEntry At(string uid, int day, int hour) =>
        Merged.Timed(Merged.Mine, uid, new LocalDateTime(2025, 3, day, hour, 0), new LocalDateTime(2025, 3, day, hour, 30));
}
