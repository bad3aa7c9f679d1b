using Bunit;
using Fluxor;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using MudBlazor;
using MudBlazor.Services;
using NodaTime;
using PeerWeb.Core.Federation.Live;
using PeerWeb.Core.Federation.Merge;
using PeerWeb.Core.Primitives;
using PeerWeb.Features.Calendars;
using PeerWeb.Features.Calendars.Components;
using PeerWeb.Features.Calendars.Layers;
using PeerWeb.Features.Calendars.Settings;
using PeerWeb.Features.Calendars.State;
using PeerWeb.Shared;
using PeerWeb.Shared.Entries;
using Xunit;

namespace PeerWeb.Tests.Features.Calendars;

public sealed class CalendarPageTests : BunitContext
{
    private static readonly MergedEntry Entry = Merged.Timed(Merged.Mine, "a", new LocalDateTime(2025, 3, 14, 9, 0), new LocalDateTime(2025, 3, 14, 10, 0));

    private readonly Asking _asking = new();
    private readonly AskedLayers _layers = new();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2025, 3, 14, 23, 30, 0, TimeSpan.Zero));
    private readonly List<CollectionId> _shared = [];
    private string[] _remembered = [];
    private string[] _inTab = [];

    public CalendarPageTests()
    {
        Services.AddMudServices();
        Services.AddFluxor(flux => flux.ScanTypes(typeof(CalendarState), typeof(CalendarReducers), typeof(CalendarEffects), typeof(ViewerEffects), typeof(LayersState), typeof(LayersReducers), typeof(LayersEffects)));
        Services.AddSingleton<TimeProvider>(_time);
        Services.AddSingleton(_asking.Queries);
        Services.AddSingleton(_layers.Calls);
        Services.AddSingleton<SourceChanges>();
        Services.AddSingleton(new OpenViews(new OwnInstallation(Merged.Acme, "Acme")));
        Services.AddSingleton(new EntryPage(AskedLayers.Tasks, "Tasks", "/tasks", "task", string.Empty, Order: 1, (entry, _) => $"/tasks?entry={entry.Summary.Uid}", (_, _) => null));
        Services.AddScoped<CalendarBrowser>();
        Services.AddScoped<DraftBrowser>();
        Services.AddSingleton<ShareCollection>((_, collection) =>
        {
            _shared.Add(collection);
            return Task.CompletedTask;
        });
        AddAuthorization().SetAuthorized("ada");
        JSInterop.Mode = JSRuntimeMode.Loose;
    }

    [Fact]
    public void Without_a_date_it_is_the_month_of_today_in_the_viewers_zone()
    {
        var page = Page("Asia/Tokyo");

        Assert.Equal("March 2025", page.Find("h1").TextContent);
        Assert.Equal("2025-03-15", page.Find("[aria-current=date]").GetAttribute("data-day"));
        Assert.Equal("Asia/Tokyo", _asking.Last.Zone);
    }

    [Fact]
    public void What_is_to_be_done_has_a_box_that_shows_what_its_owner_says()
    {
        var page = Page("Europe/Berlin", "month", "2025-03");
        var tasks = AskedLayers.Of(AskedLayers.Tasks, Merged.Mine);
        var open = Merged.Entry(tasks, "task", EntryTime.Date(new LocalDate(2025, 3, 12)), EntryTime.Date(new LocalDate(2025, 3, 15)), "open");
        Say(open);
        Assert.Equal("2025-03-14", page.WaitForElement("[data-testid=layer-entry]").Closest("[data-day]")?.GetAttribute("data-day"));
        Assert.False(page.Find("[data-testid=layer-check]").HasAttribute("checked"));

        Check();
        Assert.Equal([(open.Summary.Uid, true)], _layers.Checked);
        page.WaitForAssertion(() => Assert.Contains("It is done.", page.Markup, StringComparison.Ordinal));
        Say(open with { Summary = open.Summary with { Detail = "done" } });
        page.WaitForElement("[data-testid=layer-check][checked]");

        Check();
        Assert.Equal((open.Summary.Uid, false), _layers.Checked[^1]);
        page.Find("[data-grid]").TriggerEvent("ongridpick", Picked("event"));
        Assert.EndsWith("/tasks?entry=task", Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal);

        void Check() => page.Find("[data-grid]").TriggerEvent("ongridpick", Picked("check"));

        void Say(MergedEntry entry) => page.InvokeAsync(() => _layers.Asked[AskedLayers.Tasks].Say(new MergeUpdate.Answered(Merged.Home, [tasks], [entry])));

        GridPickEventArgs Picked(string pick) => new() { Pick = pick, Source = tasks.Id.ToString(), Uid = "task", RecurrenceId = string.Empty, Day = "2025-03-14" };
    }

    [Fact]
    public void A_zone_that_nobody_knows_is_UTC()
    {
        Page("Mars/Olympus");

        Assert.Equal("UTC", _asking.Last.Zone);
    }

    [Theory]
    [InlineData("decade", null, "There is no view called “decade”")]
    [InlineData("month", "rubbish", "“rubbish” is no date")]
    [InlineData("month", "2025-02-30", "“2025-02-30” is no date")]
    public void An_address_that_makes_no_sense_says_so_and_shows_today(string view, string? date, string notice)
    {
        var page = Page("Europe/Berlin", view, date);

        Assert.Contains(notice, page.Find(".notice").TextContent, StringComparison.Ordinal);
        Assert.Equal("March 2025", page.Find("h1").TextContent);
    }

    [Theory]
    [InlineData("2031-05-02", "May 2031")]
    [InlineData("2031-05", "May 2031")]
    [InlineData("9999-12-31", "November 2199")]
    [InlineData("0001-01-01", "February 1900")]
    public void A_day_or_month_in_the_address_shows_its_month(string date, string title) =>
        Assert.Equal(title, Page("Europe/Berlin", "month", date).Find("h1").TextContent);

    [Theory]
    [InlineData("view-week", "/calendar/week/2025-03-15")]
    [InlineData("calendar-next", "/calendar/month/2025-04-01")]
    [InlineData("calendar-previous", "/calendar/month/2025-02-01")]
    [InlineData("calendar-today", "/calendar/month/2025-03-15")]
    public void The_buttons_change_the_address(string button, string path)
    {
        Page("Europe/Berlin").Find($"[data-testid={button}]").Click();

        Assert.EndsWith(path, Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("calendar-next", "/calendar/week/2025-03-24")]
    [InlineData("calendar-previous", "/calendar/week/2025-03-15")]
    [InlineData("view-month", "/calendar/month/2025-03-18")]
    public void A_week_leads_to_the_weeks_beside_it_where_that_of_today_opens_on_today_and_to_its_month(string button, string path)
    {
        var page = Page("Europe/Berlin", "week", "2025-03-20");
        page.Find("[data-testid=week-grid]");
        Assert.Equal("17 – 23 March 2025", page.Find("h1").TextContent);
        Assert.Equal("true", page.Find("[data-testid=view-week]").GetAttribute("aria-pressed"));
        page.Find(".week").TriggerEvent("ongridkey", new GridKeyEventArgs { Key = "ArrowLeft", Day = "2025-03-19", Slot = "18" });

        page.Find($"[data-testid={button}]").Click();

        Assert.EndsWith(path, Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_view_it_opens_where_the_viewer_was_and_the_address_says_so()
    {
        _asking.LastView = "agenda";
        _inTab = ["2025-02-03", "2025-03-15"];

        var page = Page("Asia/Tokyo");

        Assert.Equal("3 Feb – 4 Mar 2025", page.Find("h1").TextContent);
        Assert.EndsWith("/calendar/agenda/2025-02-03", Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal);
    }

    [Fact]
    public void A_day_that_was_looked_at_yesterday_is_not_where_one_goes_on_today()
    {
        _inTab = ["2025-02-03", "2025-03-14"];

        Assert.Equal("March 2025", Page("Asia/Tokyo").Find("h1").TextContent);
    }

    [Fact]
    public void The_view_is_kept_by_the_server_and_the_day_by_the_tab()
    {
        Page("Europe/Berlin", "workweek", "2025-03-19").WaitForAssertion(() => Assert.Equal("workweek", _asking.LastView));

        var kept = JSInterop.Invocations["rememberInTab"].Single();
        Assert.Equal("peerweb.calendar.day.ada", kept.Arguments[0]);
        Assert.Equal(["2025-03-19", "2025-03-15"], (string[])kept.Arguments[1]!);
    }

    [Fact]
    public void Another_month_is_drawn_with_its_answer_and_without_it_where_that_takes_long()
    {
        var page = Page("Europe/Berlin", "month", "2025-03-14");
        _asking.Last.SayLocal(Entry);
        page.WaitForElement("[data-uid=a]");
        var grid = page.FindComponent<MonthGrid>();

        page.Render(parameters => parameters.Add(p => p.Date, "2025-04-14"));
        var before = grid.RenderCount;
        Assert.Equal("March 2025", page.Find("h1").TextContent);
        _asking.Last.SayLocal(Merged.AllDay(Merged.Mine, "april", new LocalDate(2025, 4, 20), new LocalDate(2025, 4, 21)));
        page.WaitForElement("[data-uid=april]");
        // The second time it is the same texts, so that those of March are let go.
        Assert.Equal(("April 2025", before + 2), (page.Find("h1").TextContent, grid.RenderCount));

        page.Render(parameters => parameters.Add(p => p.Date, "2025-05-14"));
        Assert.Equal("April 2025", page.Find("h1").TextContent);
        _time.Advance(CalendarPage.Patience);
        page.WaitForAssertion(() => Assert.Equal("May 2025", page.Find("h1").TextContent));
    }

    [Fact]
    public void The_chosen_zone_decides_what_is_asked_what_is_today_and_where_events_lie_and_no_event_changes()
    {
        // Half past midnight of the 30th in Berlin, the day on which its clocks change; in New York it is the 29th.
        _asking.Settings = new CalendarSettings { Zone = "America/New_York", WeekStart = IsoDayOfWeek.Sunday };
        var page = Page("Europe/Berlin", "month", "2025-03-14");
        _asking.Last.SayLocal(
            Merged.Timed(Merged.Mine, "zoned", new LocalDateTime(2025, 3, 30, 0, 30), new LocalDateTime(2025, 3, 30, 4, 0)),
            Merged.AllDay(Merged.Mine, "allday", new LocalDate(2025, 3, 20), new LocalDate(2025, 3, 21)),
            Merged.Entry(Merged.Mine, "floating", EntryTime.Floating(new LocalDateTime(2025, 3, 21, 23, 30)), EntryTime.Floating(new LocalDateTime(2025, 3, 21, 23, 45)), "{}"));
        page.WaitForElement("[data-uid=zoned]");

        Assert.Equal(("America/New_York", Instant.FromUtc(2025, 2, 23, 5, 0)), (_asking.Last.Zone, _asking.Last.Range.Start));
        Assert.Equal("2025-03-14", page.Find("[aria-current=date]").GetAttribute("data-day"));
        Assert.Equal("Sun", page.Find("[role=columnheader]").TextContent);
        Assert.Equal(("2025-03-29", "2025-03-29T19:30:00-04:00"), Placed("zoned"));
        Assert.Equal(("2025-03-20", "2025-03-20"), Placed("allday"));
        Assert.Equal(("2025-03-21", "2025-03-21T23:30:00"), Placed("floating"));

        Services.GetRequiredService<IDispatcher>().Dispatch(new ChangeSettingsAction(_ => CalendarSettings.Default));
        page.WaitForAssertion(() => Assert.Equal("Europe/Berlin", _asking.Last.Zone));
        _time.Advance(CalendarPage.Patience);
        page.WaitForAssertion(() => Assert.Equal(("2025-03-30", "2025-03-30T00:30:00+01:00"), Placed("zoned")));
        Assert.Equal(("2025-03-20", "2025-03-20"), Placed("allday"));
        Assert.Equal(("2025-03-21", "2025-03-21T23:30:00"), Placed("floating"));
        Assert.Equal("Mon", page.Find("[role=columnheader]").TextContent);

        (string?, string?) Placed(string uid)
        {
            var element = page.Find($"[data-uid={uid}]");
            return (element.Closest("[data-day]")?.GetAttribute("data-day"), element.GetAttribute("data-start"));
        }
    }

    [Fact]
    public void Settings_that_cannot_be_read_take_no_calendar_away()
    {
        _asking.ReadFailure = new InvalidOperationException("The disk is full.");

        Assert.Equal("March 2025", Page("Europe/Berlin").Find("h1").TextContent);
    }

    [Fact]
    public void Local_events_show_before_any_peer_and_a_failing_peer_takes_nothing_away()
    {
        var page = Page("Europe/Berlin");
        _asking.Last.SayLocal(Entry);
        page.WaitForElement("[data-testid=event][data-uid=a]");

        _asking.Last.Say(new MergeUpdate.Answered(Merged.Peer(SourceState.Offline, "It does not answer."), [], []));
        _asking.Last.End();

        page.WaitForAssertion(() => Assert.Contains("It does not answer.", page.Find("[data-installation='globex.example']").TextContent, StringComparison.Ordinal));
        Assert.Single(page.FindAll("[data-testid=event]"));
    }

    [Fact]
    public async Task An_open_page_asks_again_every_thirty_seconds_and_a_closed_one_never()
    {
        var page = Page("Europe/Berlin");
        _asking.Last.SayLocal(Entry);
        _asking.Last.End();

        _time.Advance(CalendarPage.AskEvery);
        page.WaitForAssertion(() => Assert.Equal(2, _asking.Questions.Count));
        _asking.Last.End();

        await DisposeComponentsAsync();
        _time.Advance(CalendarPage.AskEvery * 3);
        Assert.Equal(2, _asking.Questions.Count);
    }

    [Fact]
    public void Sources_that_this_browser_hid_stay_hidden_and_what_is_hidden_is_remembered()
    {
        _remembered = [Merged.Mine.Id.ToString(), "rubbish"];
        var page = Page("Europe/Berlin");
        _asking.Last.SayLocal(Entry);
        page.WaitForElement($"[data-source='{Merged.Mine.Id}']");
        Assert.Empty(page.FindAll("[data-testid=event]"));

        page.Find($"[data-testid=source][data-source='{Merged.Mine.Id}'] input").Change(true);

        page.WaitForElement("[data-testid=event][data-uid=a]");
        var kept = JSInterop.Invocations["remember"].Single();
        Assert.Equal("peerweb.calendar.hidden.ada", kept.Arguments[0]);
        Assert.Empty((string[])kept.Arguments[1]!);
    }

    [Fact]
    public void An_own_calendar_can_be_shared_from_the_panel_and_one_of_others_cannot()
    {
        var page = Page("Europe/Berlin");
        _asking.Last.SayLocal(Entry);
        page.WaitForElement("[data-testid=source-share]");

        var share = Assert.Single(page.FindAll("[data-testid=source-share]"));
        Assert.Equal("Share Work", share.GetAttribute("aria-label"));
        share.Click();

        Assert.Equal([Merged.Mine.Id.Collection], _shared);
    }

    [Fact]
    public void An_empty_month_says_so()
    {
        var page = Page("Europe/Berlin");
        _asking.Last.SayLocal();
        _asking.Last.End();

        page.WaitForAssertion(() => Assert.Equal("No events in March 2025.", page.Find("[data-testid=calendar-empty]").TextContent));
    }

    [Fact]
    public void A_click_on_an_event_opens_its_details()
    {
        var dialogs = Render<MudDialogProvider>();
        var page = Page("Europe/Berlin");
        _asking.Last.SayLocal(Entry);
        page.WaitForElement("[data-testid=event][data-uid=a]");

        page.Find(".month").TriggerEvent(
            "ongridpick", new GridPickEventArgs { Pick = "event", Day = "2025-03-14", Source = Merged.Mine.Id.ToString(), Uid = "a", RecurrenceId = "" });

        dialogs.WaitForElement("[data-testid=event-missing]");
        Assert.Contains("Title of a", dialogs.Markup, StringComparison.Ordinal);
        dialogs.Find("[data-testid=event-close]").Click();
        dialogs.WaitForAssertion(() => Assert.Empty(dialogs.FindAll("[data-testid=event-details]")));
    }

    private IRenderedComponent<CalendarPage> Page(string zone, string? view = null, string? date = null)
    {
        var module = JSInterop.SetupModule("./js/calendar.js");
        module.Mode = JSRuntimeMode.Loose;
        module.Setup<string?>("timeZone").SetResult(zone);
        module.Setup<string[]?>("remembered", _ => true).SetResult(_remembered);
        module.Setup<string[]?>("rememberedInTab", _ => true).SetResult(_inTab);
        var page = Render<CalendarPage>(parameters => parameters.Add(p => p.View, view).Add(p => p.Date, date));
        page.WaitForElement("[data-ready=true]");
        return page;
    }
}
