using System.Collections.Immutable;
using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using NodaTime;
using PeerWeb.Core.Federation.Merge;
using PeerWeb.Features.Calendars.Components;
using PeerWeb.Features.Calendars.Edit;
using PeerWeb.Features.Calendars.Month;
using PeerWeb.Features.Calendars.Settings;
using PeerWeb.Features.Calendars.Week;
using Xunit;

namespace PeerWeb.Tests.Features.Calendars.Components;

public sealed class WeekGridTests : BunitContext
{
    private static readonly WeekSpan Week = WeekSpan.Of(new LocalDate(2025, 3, 12));
    private static readonly LocalDate Wednesday = new(2025, 3, 12);
    private static readonly IReadOnlyDictionary<SourceId, SourceLook> Looks =
        SourceLook.Of([Merged.Mine, Merged.Sams], [], new Dictionary<SourceId, SourceLook>());

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2025, 3, 12, 13, 20, 30, TimeSpan.Zero));
    private readonly List<EventMove> _moves = [];
    private readonly List<NewSlot> _new = [];
    private EventInstance? _picked;
    private LocalDate? _left;

    public WeekGridTests()
    {
        Services.AddSingleton<TimeProvider>(_time);
        JSInterop.SetupModule("./js/calendar.js").Mode = JSRuntimeMode.Loose;
    }

    [Fact]
    public void An_event_carries_what_tests_and_screen_readers_look_for()
    {
        var element = Grid(At("a", 12, 9, 60)).Find("[data-testid=event]");

        Assert.Equal("a", element.GetAttribute("data-uid"));
        Assert.Equal(Merged.Mine.Id.ToString(), element.GetAttribute("data-source"));
        Assert.Equal("Title of a", element.GetAttribute("data-summary"));
        Assert.Equal("2025-03-12T09:00:00+01:00", element.GetAttribute("data-start"));
        Assert.Equal(string.Empty, element.GetAttribute("data-recurrence-id"));
        Assert.Equal("09:00 Title of a, Wednesday, 12 March 2025, 09:00 to 10:00, Work, ada@acme.example", element.GetAttribute("aria-label"));
        var cell = element.Closest("[role=gridcell]");
        Assert.Equal(("2025-03-12", "18"), (cell?.GetAttribute("data-day"), cell?.ParentElement?.GetAttribute("data-slot")));
    }

    [Fact]
    public void An_event_over_midnight_is_one_event_for_who_counts_also_when_it_began_before_the_week()
    {
        var grid = Grid(At("night", 12, 22, 240), At("before", 9, 22, 240));

        Assert.Equal(["before", "night"], grid.FindAll("[data-testid=event]").Select(element => element.GetAttribute("data-uid")).Order());
        Assert.Equal("night", Assert.Single(grid.FindAll("[data-testid=event-continued]")).GetAttribute("data-uid"));
    }

    [Fact]
    public void The_current_time_is_a_line_in_todays_column_and_moves_each_minute()
    {
        var grid = Grid();
        var line = grid.Find("[data-testid=now]");
        Assert.Equal("--top:20", line.GetAttribute("style"));
        Assert.Equal(("2025-03-12", "28"), (line.ParentElement?.GetAttribute("data-day"), line.ParentElement?.ParentElement?.GetAttribute("data-slot")));

        _time.Advance(TimeSpan.FromSeconds(30));

        grid.WaitForAssertion(() => Assert.Equal("--top:21", grid.Find("[data-testid=now]").GetAttribute("style")));
        grid.Render(parameters => parameters.Add(g => g.Span, Week.Next).Add(g => g.Day, Week.End));
        Assert.Empty(grid.FindAll("[data-testid=now]"));
    }

    [Fact]
    public void A_second_zone_has_its_hours_beside_as_of_the_first_day_that_shows()
    {
        var grid = Grid();
        grid.Render(parameters => parameters.Add(g => g.Settings, new CalendarSettings { SecondZone = "Asia/Kolkata", ShowsWeekNumbers = true }));

        Assert.Equal(["04:30", "05:30"], grid.FindAll("[data-testid=second-time]").Take(2).Select(time => time.TextContent));
        Assert.Equal(["W11", "Kolkata", "Berlin"], grid.FindAll(".head .rail span").Select(name => name.TextContent));
        grid.Render(parameters => parameters.Add(g => g.Span, WeekSpan.Of(new LocalDate(2025, 4, 2))).Add(g => g.Day, new LocalDate(2025, 4, 2)));
        Assert.Equal("03:30", grid.Find("[data-testid=second-time]").TextContent);
    }

    [Fact]
    public void A_day_has_one_column_its_line_of_the_current_time_and_events_that_go_over_midnight()
    {
        var grid = Grid(At("before", 11, 22, 240), At("night", 12, 22, 240), At("other", 13, 9, 60));
        grid.Render(parameters => parameters.Add(g => g.Span, DaySpan.Of(Wednesday)));

        Assert.Equal(["before", "night"], grid.FindAll("[data-testid=event]").Select(element => element.GetAttribute("data-uid")));
        Assert.Single(grid.FindAll("[data-head]"));
        Assert.Single(grid.FindAll("[data-testid=now]"));
        Trigger(grid, "ongridkey", Key("ArrowRight", "2025-03-12", "18"));
        Assert.Equal(new LocalDate(2025, 3, 13), _left);
    }

    [Fact]
    public void A_work_week_leaves_days_out_and_a_bar_over_them_is_one_event()
    {
        var grid = Grid(Merged.AllDay(Merged.Mine, "trip", new LocalDate(2025, 3, 9), new LocalDate(2025, 3, 20)));
        var work = WorkWeekSpan.Of(Wednesday, IsoDayOfWeek.Monday, DaySet.Of(IsoDayOfWeek.Monday, IsoDayOfWeek.Tuesday, IsoDayOfWeek.Thursday));
        grid.Render(parameters => parameters.Add(g => g.Span, work).Add(g => g.Day, work.Nearest(Wednesday)));

        Assert.Equal(["2025-03-10", "2025-03-11", "2025-03-13"], grid.FindAll("[data-head]").Select(head => head.GetAttribute("data-head")));
        Assert.Contains("--span:3", grid.Find("[data-testid=event]").GetAttribute("style"), StringComparison.Ordinal);
        Assert.Equal("2025-03-13", Cursor(grid).GetAttribute("data-day"));
    }

    [Fact]
    public void It_opens_at_seven_or_at_the_first_event_where_that_is_earlier()
    {
        Grid(At("late", 12, 9, 60));
        Grid(At("early", 13, 5, 60));

        Assert.Equal([420, 300], JSInterop.Invocations["showTime"].Select(call => call.Arguments[2]));
    }

    [Fact]
    public void Bars_beyond_the_third_line_are_counted_and_shown_on_request()
    {
        var grid = Grid([.. Enumerable.Range(0, 5).Select(i => Merged.AllDay(Merged.Mine, $"e{i}", Wednesday, Wednesday.PlusDays(2)))]);
        Assert.Equal(2, grid.FindAll("[data-testid=event]").Count);
        Assert.Equal(["+3 more", "+3 more"], grid.FindAll("[data-testid=more]").Select(more => more.TextContent));

        Trigger(grid, "ongridpick", new GridPickEventArgs { Pick = "more", Day = "2025-03-12", Slot = "all-day" });
        Assert.Equal(5, grid.FindAll("[data-testid=event]").Count);
        Assert.Equal("Wednesday, 12 March 2025, all day, 5 events", Cursor(grid).QuerySelector("[data-cursor]")?.TextContent);

        Trigger(grid, "ongridpick", new GridPickEventArgs { Pick = "less", Slot = "all-day" });
        Assert.Equal(2, grid.FindAll("[data-testid=event]").Count);
    }

    [Theory]
    [InlineData("ArrowDown", "2025-03-12", "29")]
    [InlineData("ArrowLeft", "2025-03-11", "28")]
    [InlineData("End", "2025-03-16", "28")]
    public void Keys_move_the_one_place_that_has_the_focus(string key, string day, string slot)
    {
        var grid = Grid();
        Assert.Equal("Wednesday, 12 March 2025, 14:00, no events", Cursor(grid).QuerySelector("[data-cursor]")?.TextContent);

        Trigger(grid, "ongridkey", Key(key, "2025-03-12", "28"));

        Assert.Equal((day, slot), (Cursor(grid).GetAttribute("data-day"), Cursor(grid).ParentElement?.GetAttribute("data-slot")));
        Assert.Single(JSInterop.Invocations["focusCell"]);
        Assert.Null(_left);
    }

    [Fact]
    public void A_key_that_leaves_the_week_says_where_to_and_the_focus_follows_at_the_same_time()
    {
        var grid = Grid();

        Trigger(grid, "ongridkey", Key("PageDown", "2025-03-12", "18"));
        Assert.Equal(new LocalDate(2025, 3, 19), _left);
        Assert.DoesNotContain(JSInterop.Invocations, call => call.Identifier == "focusCell");

        Trigger(grid, "ongridkey", Key("ArrowDown", "2025-03-12", "17"));
        Trigger(grid, "ongridkey", Key("ArrowRight", "2025-03-16", "18"));
        grid.Render(parameters => parameters.Add(g => g.Span, Week.Next).Add(g => g.Day, new LocalDate(2025, 3, 17)));
        Assert.Equal(("2025-03-17", "18"), (Cursor(grid).GetAttribute("data-day"), Cursor(grid).ParentElement?.GetAttribute("data-slot")));
    }

    [Fact]
    public void Enter_opens_the_event_that_is_there_and_asks_for_a_new_one_where_there_is_none()
    {
        var grid = Grid(At("a", 12, 9, 60));

        Trigger(grid, "ongridkey", Key("Enter", "2025-03-12", "19"));
        Assert.Equal("a", _picked?.Key.Uid.Value);
        Assert.Empty(_new);

        Trigger(grid, "ongridkey", Key("Enter", "2025-03-12", "20"));
        Trigger(grid, "ongridkey", Key("n", "2025-03-12", "19"));
        Assert.Equal([Slot(12, 10, 0, 60), Slot(12, 9, 30, 60)], _new);
    }

    [Fact]
    public void A_click_on_an_empty_place_and_a_marked_time_ask_for_a_new_event()
    {
        var grid = Grid();

        Trigger(grid, "ongridpick", new GridPickEventArgs { Day = "2025-03-13", Slot = "17" });
        Trigger(grid, "ongridpick", new GridPickEventArgs { Day = "2025-03-13", Slot = "all-day" });
        Trigger(grid, "ongridnew", new GridNewEventArgs { Begin = "2025-03-13T08:00:00", End = "2025-03-13T09:30:00" });
        Trigger(grid, "ongridnew", new GridNewEventArgs { Begin = "2025-03-13", End = "2025-03-15", IsAllDay = true });
        Trigger(grid, "ongridnew", new GridNewEventArgs { Begin = "2025-03-13", End = "rubbish", IsAllDay = true });

        Assert.Equal(
            [
                Slot(13, 8, 30, 60),
                new NewSlot(new LocalDateTime(2025, 3, 13, 0, 0), new LocalDateTime(2025, 3, 14, 0, 0), true),
                Slot(13, 8, 0, 90),
                new NewSlot(new LocalDateTime(2025, 3, 13, 0, 0), new LocalDateTime(2025, 3, 15, 0, 0), true),
            ],
            _new);
    }

    [Fact]
    public void A_dragged_event_says_where_it_is_to_be()
    {
        var grid = Grid(At("a", 12, 9, 60));
        Assert.Equal("2025-03-12T09:00:00", grid.Find("[data-uid=a]").GetAttribute("data-begin"));

        Trigger(grid, "ongridmove", Move("a", Merged.Mine, "2025-03-13T10:15:00", "2025-03-13T11:15:00"));

        var move = Assert.Single(_moves);
        Assert.Equal(("a", new LocalDateTime(2025, 3, 13, 10, 15), new LocalDateTime(2025, 3, 13, 11, 15)), (move.Instance.Key.Uid.Value, move.Start, move.End));
    }

    [Theory]
    [InlineData("gone", "2025-03-13T10:15:00", "2025-03-13T11:15:00")]
    [InlineData("a", "2025-03-13T10:15:00", "2025-03-13T10:15:00")]
    [InlineData("a", "2025-03-13T10:15:00", "2025-03-12T10:15:00")]
    [InlineData("a", "rubbish", "2025-03-13T11:15:00")]
    [InlineData("a", "2025-03-12T09:00:00", "2025-03-12T10:00:00")]
    public void A_drop_that_means_nothing_moves_nothing(string uid, string begin, string end)
    {
        Trigger(Grid(At("a", 12, 9, 60)), "ongridmove", Move(uid, Merged.Mine, begin, end));

        Assert.Empty(_moves);
    }

    [Fact]
    public void What_may_not_be_edited_says_why_and_stays_whatever_the_browser_says()
    {
        var grid = Grid(Merged.Timed(Merged.Sams, "theirs", new LocalDateTime(2025, 3, 12, 9, 0), new LocalDateTime(2025, 3, 12, 10, 0)));
        var element = grid.Find("[data-uid=theirs]");

        Assert.Equal("sam@globex.example lets you read this calendar, not edit its events.", element.GetAttribute("aria-description"));
        Assert.Null(element.GetAttribute("data-begin"));
        Assert.Empty(grid.FindAll("[data-pick=menu]"));
        Trigger(grid, "ongridmove", Move("theirs", Merged.Sams, "2025-03-13T10:15:00", "2025-03-13T11:15:00"));
        Assert.Empty(_moves);

        Trigger(grid, "ongridmenu", Pick("theirs", Merged.Sams));
        Assert.Contains("not edit its events", grid.Find("[data-testid=move-menu]").TextContent, StringComparison.Ordinal);
        Assert.Empty(grid.FindAll("[role=menuitem]"));
    }

    [Fact]
    public void An_event_whose_move_is_on_its_way_looks_so_and_waits()
    {
        var grid = Grid(At("a", 12, 9, 60));

        grid.Render(parameters => parameters.Add(g => g.Pending, ImmutableHashSet.Create(At("a", 12, 9, 60).Instance().Key)));

        Assert.Contains("pending", grid.Find("[data-uid=a]").ClassList);
        Trigger(grid, "ongridmove", Move("a", Merged.Mine, "2025-03-13T10:15:00", "2025-03-13T11:15:00"));
        Assert.Empty(_moves);
    }

    [Fact]
    public void The_menu_moves_without_dragging_is_walked_by_keys_and_gives_the_focus_back()
    {
        var grid = Grid(At("a", 12, 9, 60));
        Trigger(grid, "ongridmenu", Pick("a", Merged.Mine));
        Assert.Equal("15 minutes later", grid.Find("[role=menuitem][tabindex='0']").TextContent);

        grid.Find("[data-testid=move-menu]").KeyDown("ArrowUp");
        Assert.Equal("15 minutes shorter", grid.Find("[role=menuitem][tabindex='0']").TextContent);
        grid.FindAll("[role=menuitem]").Single(item => item.TextContent == "A day later").Click();

        Assert.Equal(new LocalDateTime(2025, 3, 13, 9, 0), Assert.Single(_moves).Start);
        Assert.Empty(grid.FindAll("[data-testid=move-menu]"));
        Assert.Equal("a", JSInterop.Invocations["keepFocus"][^1].Arguments[2]);
    }

    [Fact]
    public void Escape_closes_the_menu_and_nothing_moves()
    {
        var grid = Grid(At("a", 12, 9, 60));
        Trigger(grid, "ongridpick", Pick("a", Merged.Mine, "menu"));

        grid.Find("[data-testid=move-menu]").KeyDown("Escape");

        Assert.Empty(grid.FindAll("[data-testid=move-menu]"));
        Assert.Empty(_moves);
        Assert.Equal("a", JSInterop.Invocations["keepFocus"][^1].Arguments[2]);
    }

    [Fact]
    public void The_same_events_again_draw_nothing()
    {
        var grid = Grid(At("a", 12, 9, 60));
        var before = grid.RenderCount;

        grid.Render(parameters => parameters.Add(g => g.Span, WeekSpan.Of(new LocalDate(2025, 3, 16))));

        Assert.Equal(before, grid.RenderCount);
    }

    [Fact]
    public void A_week_of_three_hundred_events_stays_small()
    {
        var grid = Grid([.. Enumerable.Range(0, 300).Select(i => At($"e{i}", 10 + (i % 7), 8 + (i % 10), 45))]);

        Assert.Equal(300, grid.FindAll("[data-testid=event]").Count);
        Assert.InRange(grid.Markup.Length, 0, 400_000);
    }

    private IRenderedComponent<WeekGrid> Grid(params MergedEntry[] entries) => Render<WeekGrid>(parameters => parameters
        .Add(grid => grid.Span, Week)
        .Add(grid => grid.Instances, [.. entries.Select(entry => entry.Instance())])
        .Add(grid => grid.Looks, Looks)
        .Add(grid => grid.Zone, Merged.Berlin)
        .Add(grid => grid.Day, Wednesday)
        .Add(grid => grid.OnEvent, instance => _picked = instance)
        .Add(grid => grid.OnLeave, day => _left = day)
        .Add(grid => grid.OnNew, _new.Add)
        .Add(grid => grid.OnMove, _moves.Add));

    private static AngleSharp.Dom.IElement Cursor(IRenderedComponent<WeekGrid> grid) => grid.Find("[role=gridcell][tabindex='0']");

    private static void Trigger(IRenderedComponent<WeekGrid> grid, string name, EventArgs args) => grid.Find(".week").TriggerEvent(name, args);

    private static MergedEntry At(string uid, int day, int hour, int minutes)
    {
        var start = new LocalDateTime(2025, 3, day, hour, 0);
        return Merged.Timed(Merged.Mine, uid, start, start.PlusMinutes(minutes));
    }

    private static NewSlot Slot(int day, int hour, int minute, int minutes)
    {
        var start = new LocalDateTime(2025, 3, day, hour, minute);
        return new NewSlot(start, start.PlusMinutes(minutes), IsAllDay: false);
    }

    private static GridKeyEventArgs Key(string key, string day, string slot) => new() { Key = key, Day = day, Slot = slot };

    private static GridPickEventArgs Pick(string uid, Source source, string pick = "event") =>
        new() { Pick = pick, Day = "2025-03-12", Slot = "18", Uid = uid, Source = source.Id.ToString(), RecurrenceId = string.Empty, X = 200, Y = 300 };

    private static GridMoveEventArgs Move(string uid, Source source, string begin, string end) =>
        new() { Uid = uid, Source = source.Id.ToString(), RecurrenceId = string.Empty, Begin = begin, End = end };
}
