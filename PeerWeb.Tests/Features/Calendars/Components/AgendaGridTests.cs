using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using NodaTime;
using PeerWeb.Core.Federation.Merge;
using PeerWeb.Features.Calendars.Agenda;
using PeerWeb.Features.Calendars.Components;
using PeerWeb.Features.Calendars.Edit;
using PeerWeb.Features.Calendars.Month;
using Xunit;

namespace PeerWeb.Tests.Features.Calendars.Components;

public sealed class AgendaGridTests : BunitContext
{
    private static readonly AgendaSpan Span = AgendaSpan.Of(new LocalDate(2025, 3, 12));
    private static readonly IReadOnlyDictionary<SourceId, SourceLook> Looks =
        SourceLook.Of([Merged.Mine, Merged.Sams], [], new Dictionary<SourceId, SourceLook>());

    private readonly List<EventMove> _moves = [];
    private readonly List<NewSlot> _new = [];
    private EventInstance? _picked;
    private LocalDate? _left;

    public AgendaGridTests()
    {
        Services.AddSingleton<TimeProvider>(new FakeTimeProvider(new DateTimeOffset(2025, 3, 14, 13, 20, 0, TimeSpan.Zero)));
        JSInterop.SetupModule("./js/calendar.js").Mode = JSRuntimeMode.Loose;
    }

    [Fact]
    public void An_event_stands_under_its_day_with_time_title_place_and_source()
    {
        var grid = Grid(At("a", 12, 9, """{"location":"Room 4"}"""));
        var element = grid.Find("[data-testid=event]");

        Assert.Equal("Wednesday, 12 March 2025", grid.Find("h2").TextContent.Trim().ReplaceLineEndings(" ").Replace("  ", "", StringComparison.Ordinal));
        Assert.Equal(("a", Merged.Mine.Id.ToString(), "Title of a", "2025-03-12T09:00:00+01:00", ""), (
            element.GetAttribute("data-uid"), element.GetAttribute("data-source"), element.GetAttribute("data-summary"),
            element.GetAttribute("data-start"), element.GetAttribute("data-recurrence-id")));
        Assert.All(
            (string[])["09:00 – 09:30", "Title of a", "Room 4", "Wednesday, 12 March 2025, 09:00 to 09:30", "Work · ada@acme.example"],
            words => Assert.Contains(words, element.TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public void Today_shows_also_where_it_is_empty_and_an_event_of_two_days_is_one_for_who_counts()
    {
        var grid = Grid(Merged.AllDay(Merged.Mine, "trip", new LocalDate(2025, 3, 12), new LocalDate(2025, 3, 14)));

        Assert.Single(grid.FindAll("[data-testid=event]"));
        Assert.Contains("day 2 of 2", grid.Find("[data-testid=event-continued]").TextContent, StringComparison.Ordinal);
        Assert.Contains("No events", grid.Find("[data-day='2025-03-14']").TextContent, StringComparison.Ordinal);
        Assert.Contains("Friday", grid.Find("h2[aria-current=date]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void One_event_is_in_the_tab_order_and_arrow_keys_lead_to_the_others()
    {
        var grid = Grid(At("a", 12, 9), At("b", 12, 11), At("c", 15, 9));
        Assert.Equal("a", grid.Find("[data-pick=event][tabindex='0']").GetAttribute("data-uid"));

        Trigger(grid, "ongridkey", Key("ArrowDown", "2025-03-12", "a"));
        Assert.Equal("b", Assert.Single(grid.FindAll("[data-pick=event][tabindex='0']")).GetAttribute("data-uid"));
        Trigger(grid, "ongridkey", Key("t", "2025-03-12", "b"));

        Assert.Equal("c", grid.Find("[data-cell]").GetAttribute("data-uid"));
        Assert.Equal(2, JSInterop.Invocations["focusCell"].Count);
    }

    [Fact]
    public void Pages_and_buttons_lead_to_the_thirty_days_beside_and_the_focus_waits_for_their_events()
    {
        var grid = Grid(At("a", 12, 9));

        Trigger(grid, "ongridkey", Key("PageDown", "2025-03-12", "a"));
        Assert.Equal(Span.Next.First, _left);
        grid.Render(parameters => parameters.Add(g => g.Span, Span.Next).Add(g => g.Instances, []));
        Assert.DoesNotContain(JSInterop.Invocations, call => call.Identifier == "focusCell");
        grid.Render(parameters => parameters.Add(g => g.Instances, [At("later", 12, 9, month: 4).Instance()]));
        Assert.Single(JSInterop.Invocations["focusCell"]);

        grid.Find("[data-testid=agenda-earlier]").Click();
        Assert.Equal(Span.First, _left);
    }

    [Fact]
    public void An_event_opens_moves_by_its_menu_and_a_new_one_is_made_by_key()
    {
        var grid = Grid(At("a", 12, 9));

        Trigger(grid, "ongridpick", Pick("event", "2025-03-12", "a"));
        Assert.Equal("a", _picked?.Key.Uid.Value);
        Trigger(grid, "ongridkey", Key("n", "2025-03-12", "a"));
        Assert.Equal(new LocalDateTime(2025, 3, 12, 9, 0), Assert.Single(_new).Start);
        Trigger(grid, "ongridmenu", Pick("event", "2025-03-12", "a"));
        grid.FindAll("[role=menuitem]").Single(item => item.TextContent == "A day later").Click();
        Assert.Equal(new LocalDateTime(2025, 3, 13, 9, 0), Assert.Single(_moves).Start);
    }

    private IRenderedComponent<AgendaGrid> Grid(params MergedEntry[] entries) => Render<AgendaGrid>(parameters => parameters
        .Add(grid => grid.Span, Span)
        .Add(grid => grid.Instances, [.. entries.Select(entry => entry.Instance())])
        .Add(grid => grid.Looks, Looks)
        .Add(grid => grid.Zone, Merged.Berlin)
        .Add(grid => grid.Today, new LocalDate(2025, 3, 14))
        .Add(grid => grid.Day, Span.First)
        .Add(grid => grid.OnEvent, instance => _picked = instance)
        .Add(grid => grid.OnLeave, day => _left = day)
        .Add(grid => grid.OnNew, _new.Add)
        .Add(grid => grid.OnMove, _moves.Add));

    private static void Trigger(IRenderedComponent<AgendaGrid> grid, string name, EventArgs args) => grid.Find(".agenda").TriggerEvent(name, args);

    private static MergedEntry At(string uid, int day, int hour, string detail = "{}", int month = 3) =>
        Merged.Timed(Merged.Mine, uid, new LocalDateTime(2025, month, day, hour, 0), new LocalDateTime(2025, month, day, hour, 30), detail: detail);

    private static GridKeyEventArgs Key(string key, string day, string uid) =>
        new() { Key = key, Day = day, Uid = uid, Source = Merged.Mine.Id.ToString(), RecurrenceId = string.Empty, OnButton = true };

    private static GridPickEventArgs Pick(string pick, string day, string uid) =>
        new() { Pick = pick, Day = day, Uid = uid, Source = Merged.Mine.Id.ToString(), RecurrenceId = string.Empty };
}
