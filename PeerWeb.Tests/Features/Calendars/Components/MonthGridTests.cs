using Bunit;
using CsCheck;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using NodaTime;
using PeerWeb.Core.Federation.Merge;
using PeerWeb.Features.Calendars.Components;
using PeerWeb.Features.Calendars.Edit;
using PeerWeb.Features.Calendars.Month;
using PeerWeb.Features.Calendars.Settings;
using Xunit;

namespace PeerWeb.Tests.Features.Calendars.Components;

public sealed class MonthGridTests : BunitContext
{
    private static readonly MonthSpan March = MonthSpan.Of(new LocalDate(2025, 3, 1));
    private static readonly LocalDate Today = new(2025, 3, 14);
    private static readonly IReadOnlyDictionary<SourceId, SourceLook> Looks =
        SourceLook.Of([Merged.Mine, Merged.Sams], [], new Dictionary<SourceId, SourceLook>());

    private static readonly Gen<string> HostileTitles = Gen.OneOf(
        Gen.OneOf("<script>alert(1)</script>", "\"", "'", "' onclick='x", "\" data-pick=\"menu", "</button><b>", "<!--", "&lt;", "&#0;", "a & b", "Zürich – Übung", "\U0001F382", "a\u0085b"),
        Gen.String[Gen.Char[' ', '\u2fff'], 1, 40].Where(text => !string.IsNullOrWhiteSpace(text)));

    private readonly List<EventMove> _moves = [];
    private readonly List<NewSlot> _new = [];
    private EventInstance? _picked;
    private LocalDate? _left;

    public MonthGridTests()
    {
        Services.AddSingleton<TimeProvider>(new FakeTimeProvider(new DateTimeOffset(2025, 3, 14, 13, 20, 0, TimeSpan.Zero)));
        JSInterop.SetupModule("./js/calendar.js").Mode = JSRuntimeMode.Loose;
    }

    [Fact]
    public void An_event_carries_what_tests_and_screen_readers_look_for()
    {
        var element = Grid(At("a", 12, 9)).Find("[data-testid=event]");

        Assert.Equal("a", element.GetAttribute("data-uid"));
        Assert.Equal(Merged.Mine.Id.ToString(), element.GetAttribute("data-source"));
        Assert.Equal("Title of a", element.GetAttribute("data-summary"));
        Assert.Equal("2025-03-12T09:00:00+01:00", element.GetAttribute("data-start"));
        Assert.Equal(string.Empty, element.GetAttribute("data-recurrence-id"));
        Assert.Equal("09:00 Title of a, Wednesday, 12 March 2025, 09:00 to 09:30, Work, ada@acme.example", element.GetAttribute("aria-label"));
    }

    [Fact]
    public void Today_and_days_outside_the_month_are_marked()
    {
        var grid = Grid();

        Assert.Equal("2025-03-14", grid.Find("[aria-current=date]").GetAttribute("data-day"));
        Assert.Equal(42, grid.FindAll("[role=gridcell]").Count);
        Assert.Contains("outside", grid.Find("[data-day='2025-02-28']").ClassList);
        Assert.DoesNotContain("outside", grid.Find("[data-day='2025-03-01']").ClassList);
    }

    [Fact]
    public void A_bar_over_a_weeks_edge_is_one_event_for_who_counts()
    {
        var grid = Grid(Merged.AllDay(Merged.Mine, "trip", new LocalDate(2025, 3, 7), new LocalDate(2025, 3, 12)));

        Assert.Single(grid.FindAll("[data-testid=event]"));
        Assert.Single(grid.FindAll("[data-testid=event-continued]"));
    }

    [Fact]
    public void A_bar_that_began_before_the_month_is_one_event_too()
    {
        var grid = Grid(Merged.AllDay(Merged.Mine, "trip", new LocalDate(2025, 2, 10), new LocalDate(2025, 3, 12)));

        Assert.Single(grid.FindAll("[data-testid=event]"));
        Assert.Equal(2, grid.FindAll("[data-testid=event-continued]").Count);
    }

    [Fact]
    public void Weeks_that_begin_on_sunday_without_weekends_have_five_days_and_their_number()
    {
        var grid = Grid(At("a", 12, 9));
        Assert.Empty(grid.FindAll("[data-testid=week-number]"));

        grid.Render(parameters => parameters
            .Add(g => g.Span, MonthSpan.Of(March.First, IsoDayOfWeek.Sunday, DaySet.Weekend))
            .Add(g => g.Settings, new CalendarSettings { ShowsWeekNumbers = true }));

        Assert.Equal(["W", "Mon", "Tue", "Wed", "Thu", "Fri"], grid.FindAll("[role=columnheader]").Select(head => head.TextContent));
        Assert.Equal(["9", "10", "11", "12", "13", "14"], grid.FindAll("[data-testid=week-number]").Select(number => number.TextContent));
        Assert.Equal("2025-02-24", grid.Find("[role=gridcell]").GetAttribute("data-day"));
        grid.Find(".month").TriggerEvent("ongridkey", Key("ArrowRight", "2025-03-14"));
        Assert.Equal("2025-03-17", grid.Find("[role=gridcell][tabindex='0']").GetAttribute("data-day"));
    }

    [Fact]
    public void Paper_has_what_has_no_room_with_the_letter_of_its_source_and_nobody_is_told_twice()
    {
        var grid = Grid([.. Enumerable.Range(0, 9).Select(i => At($"e{i}", 12, 8 + i))]);

        Assert.Equal(6, grid.FindAll("[data-day='2025-03-12'] .printed[aria-hidden=true][data-mark=A]").Count);
        Assert.Equal(3, grid.FindAll("[data-testid=event]").Count);
    }

    [Fact]
    public void A_new_event_is_asked_for_by_double_click_by_plus_by_key_and_by_enter_on_an_empty_day()
    {
        var grid = Editable(At("a", 12, 9));

        grid.Find(".month").TriggerEvent("ongriddouble", Pick(null, "2025-03-12"));
        grid.Find(".month").TriggerEvent("ongridpick", Pick("new", "2025-03-14"));
        grid.Find(".month").TriggerEvent("ongridkey", Key("n", "2025-03-12"));
        grid.Find(".month").TriggerEvent("ongridkey", Key("Enter", "2025-03-13"));
        grid.Find(".month").TriggerEvent("ongriddouble", Pick("event", "2025-03-12", "a"));

        Assert.Equal([(12, 9), (14, 15), (12, 9), (13, 9)], _new.Select(slot => (slot.Start.Day, slot.Start.Hour)));
        Assert.Empty(grid.FindAll("[role=dialog]"));
    }

    [Fact]
    public void A_dragged_event_keeps_its_time_on_another_day()
    {
        var grid = Editable(At("a", 12, 9));
        Assert.Equal(("2025-03-12T09:00:00", "2025-03-12T09:30:00"), (grid.Find("[data-uid=a]").GetAttribute("data-begin"), grid.Find("[data-uid=a]").GetAttribute("data-end")));

        grid.Find(".month").TriggerEvent("ongridmove", new GridMoveEventArgs
        {
            Uid = "a",
            Source = Merged.Mine.Id.ToString(),
            RecurrenceId = string.Empty,
            Begin = "2025-03-20T09:00:00",
            End = "2025-03-20T09:30:00",
        });

        Assert.Equal(new LocalDateTime(2025, 3, 20, 9, 0), Assert.Single(_moves).Start);
    }

    [Fact]
    public void Where_nobody_listens_nothing_can_be_made_or_moved()
    {
        var grid = Grid(At("a", 12, 9));

        Assert.Empty(grid.FindAll("[data-begin], [data-pick=new], [data-pick=menu]"));
        grid.Find(".month").TriggerEvent("ongridkey", Key("Enter", "2025-03-13"));
        Assert.Equal("Thursday, 13 March 2025", grid.Find("[role=dialog]").GetAttribute("aria-label"));
    }

    [Fact]
    public void A_click_on_an_event_picks_that_instance()
    {
        var grid = Grid(At("a", 12, 9), At("b", 12, 10));

        grid.Find(".month").TriggerEvent("ongridpick", Pick("event", "2025-03-12", "b"));

        Assert.Equal("b", _picked?.Key.Uid.Value);
    }

    [Fact]
    public void A_click_on_an_event_that_is_gone_does_nothing()
    {
        Grid(At("a", 12, 9)).Find(".month").TriggerEvent("ongridpick", Pick("event", "2025-03-12", "gone"));

        Assert.Null(_picked);
    }

    [Fact]
    public void What_has_no_room_is_counted_and_listed_on_request()
    {
        var grid = Grid([.. Enumerable.Range(0, 9).Select(i => At($"e{i}", 12, 8 + i))]);
        Assert.Equal("+6 more", grid.Find("[data-testid=more]").TextContent);

        grid.Find(".month").TriggerEvent("ongridpick", Pick("more", "2025-03-12"));

        var list = grid.Find("[role=dialog]");
        Assert.Equal(6, list.QuerySelectorAll("[data-testid=event]").Length);
        Assert.Equal(3, list.QuerySelectorAll("[data-testid=day-event]").Length);
        grid.Find(".month").TriggerEvent("ongridkey", Key("Escape", "2025-03-12"));
        Assert.Empty(grid.FindAll("[role=dialog]"));
    }

    [Theory]
    [InlineData("ArrowRight", "2025-03-15")]
    [InlineData("ArrowLeft", "2025-03-13")]
    [InlineData("ArrowUp", "2025-03-07")]
    [InlineData("ArrowDown", "2025-03-21")]
    [InlineData("Home", "2025-03-10")]
    [InlineData("End", "2025-03-16")]
    public void Keys_move_the_one_day_that_has_the_focus(string key, string day)
    {
        var grid = Grid();

        grid.Find(".month").TriggerEvent("ongridkey", Key(key, "2025-03-14"));

        Assert.Equal(day, grid.Find("[role=gridcell][tabindex='0']").GetAttribute("data-day"));
        Assert.Single(grid.FindAll("[role=gridcell][tabindex='0']"));
        Assert.Null(_left);
    }

    [Theory]
    [InlineData("PageDown", "2025-03-14", "2025-04-14")]
    [InlineData("PageUp", "2025-03-31", "2025-02-28")]
    [InlineData("ArrowRight", "2025-03-31", "2025-04-01")]
    public void Keys_that_leave_the_month_say_where_to(string key, string from, string to)
    {
        Grid().Find(".month").TriggerEvent("ongridkey", Key(key, from));

        Assert.Equal(to, _left is { } day ? EventWords.IsoDay(day) : null);
    }

    [Fact]
    public void The_focus_follows_by_key_into_the_next_month_once_that_is_drawn()
    {
        var grid = Grid();
        // The 15th cell: 14 April is drawn into the element that 10 March had.
        grid.Find(".month").TriggerEvent("ongridkey", Key("Home", "2025-03-14"));
        var cell = Assert.IsType<ElementReference>(JSInterop.VerifyFocusAsyncInvoke().Arguments[0]).Id;
        grid.Find(".month").TriggerEvent("ongridkey", Key("PageDown", "2025-03-14"));
        JSInterop.VerifyFocusAsyncInvoke();

        grid.Render(parameters => parameters.Add(g => g.Span, March.Next).Add(g => g.Day, new LocalDate(2025, 4, 14)));

        Assert.Equal([cell, cell], JSInterop.VerifyFocusAsyncInvoke(calledTimes: 2).Select(call => Assert.IsType<ElementReference>(call.Arguments[0]).Id));
    }

    [Fact]
    public void What_was_drawn_is_drawn_once_more_as_the_same_texts_and_no_third_time()
    {
        var grid = Grid(At("a", 14, 9));
        var drawn = grid.RenderCount;

        grid.Render(parameters => parameters.Add(g => g.Instances, [At("b", 14, 9).Instance()]));
        Assert.Equal(drawn + 2, grid.RenderCount);

        grid.Find(".month").TriggerEvent("ongridkey", Key("Home", "2025-03-14"));
        Assert.Equal(drawn + 3, grid.RenderCount);
    }

    [Fact]
    public void Enter_on_a_day_opens_its_list_and_its_events_are_in_the_tab_order()
    {
        var grid = Grid(At("a", 14, 9), At("b", 15, 9));
        Assert.Equal("0", grid.Find("[data-uid=a]").GetAttribute("tabindex"));
        Assert.Equal("-1", grid.Find("[data-uid=b]").GetAttribute("tabindex"));

        grid.Find(".month").TriggerEvent("ongridkey", Key("Enter", "2025-03-14"));

        Assert.Equal("Friday, 14 March 2025", grid.Find("[role=dialog]").GetAttribute("aria-label"));
    }

    [Fact]
    public void Taller_cells_show_more_and_narrow_ones_list_the_day_below()
    {
        var grid = Grid([.. Enumerable.Range(0, 9).Select(i => At($"e{i}", 14, 8 + i))]);

        grid.Find(".month").TriggerEvent("ongridsize", new GridSizeEventArgs { CellHeight = 400 });
        Assert.Empty(grid.FindAll("[data-testid=more]"));

        grid.Find(".month").TriggerEvent("ongridsize", new GridSizeEventArgs { CellHeight = 68, IsNarrow = true });
        Assert.Equal(9, grid.FindAll("section.below .line").Count);
    }

    [Fact]
    public void The_same_events_again_draw_nothing()
    {
        var grid = Grid(At("a", 12, 9));
        var before = grid.RenderCount;

        grid.Render(parameters => parameters.Add(g => g.Span, MonthSpan.Of(new LocalDate(2025, 3, 20))));

        Assert.Equal(before, grid.RenderCount);
    }

    [Fact]
    public void Whatever_a_title_says_it_is_text() => HostileTitles.ForAll(title =>
    {
        var harmless = At("a", 12, 9);
        var grid = Grid(harmless with { Summary = harmless.Summary with { Title = title } });
        var element = grid.Find("[data-testid=event]");

        Assert.Equal(title, element.GetAttribute("data-summary"));
        Assert.Equal("09:00 " + title, element.TextContent);
        Assert.Equal(["TIME"], element.Children.Select(child => child.TagName));
        Assert.Single(grid.FindAll("[data-day='2025-03-12'] [data-pick]"));
    }, cases: 100);

    private IRenderedComponent<MonthGrid> Grid(params MergedEntry[] entries) => Render<MonthGrid>(parameters => parameters
        .Add(grid => grid.Span, March)
        .Add(grid => grid.Instances, [.. entries.Select(entry => entry.Instance())])
        .Add(grid => grid.Looks, Looks)
        .Add(grid => grid.Zone, Merged.Berlin)
        .Add(grid => grid.Today, Today)
        .Add(grid => grid.Day, Today)
        .Add(grid => grid.OnEvent, instance => _picked = instance)
        .Add(grid => grid.OnLeave, day => _left = day));

    private IRenderedComponent<MonthGrid> Editable(params MergedEntry[] entries)
    {
        var grid = Grid(entries);
        grid.Render(parameters => parameters.Add(g => g.OnNew, _new.Add).Add(g => g.OnMove, _moves.Add));
        return grid;
    }

    private static MergedEntry At(string uid, int day, int hour) =>
        Merged.Timed(Merged.Mine, uid, new LocalDateTime(2025, 3, day, hour, 0), new LocalDateTime(2025, 3, day, hour, 30));

    private static GridPickEventArgs Pick(string? pick, string day, string? uid = null) =>
        new() { Pick = pick, Day = day, Uid = uid, Source = uid is null ? null : Merged.Mine.Id.ToString(), RecurrenceId = string.Empty };

    private static GridKeyEventArgs Key(string key, string day) => new() { Key = key, Day = day };
}
