using Fluxor;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Microsoft.JSInterop;
using NodaTime;
using PeerWeb.Core.Federation.Live;
using PeerWeb.Core.Federation.Merge;
using PeerWeb.Features.Calendars;
using PeerWeb.Features.Calendars.Layers;
using PeerWeb.Features.Calendars.Month;
using PeerWeb.Features.Calendars.State;
using Xunit;

namespace PeerWeb.Tests.Features.Calendars.Layers;

public sealed class LayersEffectsTests : IAsyncDisposable
{
    private static readonly MonthSpan March = MonthSpan.Of(new LocalDate(2025, 3, 1));
    private static readonly Source Mine = AskedLayers.Of(AskedLayers.Tasks, Merged.Mine);
    private static readonly Source Sams = AskedLayers.Of(AskedLayers.Tasks, Merged.Sams);
    private static readonly MergedEntry Task1 = Merged.AllDay(Mine, "task", new LocalDate(2025, 3, 3), new LocalDate(2025, 3, 4));

    private readonly AskedLayers _layers = new();
    private readonly ServiceProvider _circuit;

    public LayersEffectsTests()
    {
        _circuit = new ServiceCollection()
            .AddLogging()
            .AddFluxor(flux => flux.ScanTypes(typeof(CalendarState), typeof(CalendarReducers), typeof(LayersState), typeof(LayersReducers), typeof(LayersEffects)))
            .AddSingleton<IJSRuntime, NoBrowser>()
            .AddSingleton<AuthenticationStateProvider>(new SignedIn("ada"))
            .AddSingleton<CalendarBrowser>()
            .AddSingleton<TimeProvider>(new FakeTimeProvider())
            .AddSingleton<SourceChanges>()
            .AddSingleton(new OpenViews(new OwnInstallation(Merged.Acme, "Acme")))
            .AddSingleton(_layers.Calls)
            .BuildServiceProvider();
        Dispatcher.Dispatch(new OpenSpanAction(March, Merged.Berlin));
    }

    private LayersState State => _circuit.GetRequiredService<IState<LayersState>>().Value;

    private IDispatcher Dispatcher => _circuit.GetRequiredService<IDispatcher>();

    private IEnumerable<MergedEntry> Shown => State.Answers.GetValueOrDefault(AskedLayers.Tasks, LayerAnswers.None).Entries;

    public ValueTask DisposeAsync() => _circuit.DisposeAsync();

    [Fact]
    public void Every_app_is_asked_for_the_days_that_show()
    {
        Assert.Equal(2, _layers.Questions);
        Assert.All(_layers.Asked.Values, question => Assert.Equal((March.Range(Merged.Berlin), "Europe/Berlin"), (question.Range, question.Zone)));

        Say(Task1);
        Assert.Equal([Task1], Shown);
    }

    [Fact]
    public void What_comes_late_for_other_days_does_not_show()
    {
        var first = _layers.Asked[AskedLayers.Tasks];

        Dispatcher.Dispatch(new OpenSpanAction(March.Next, Merged.Berlin));

        Assert.True(first.Token.IsCancellationRequested);
        first.Say(new MergeUpdate.Answered(Merged.Home, [Mine], [Task1]));
        Assert.Empty(Shown);
    }

    [Fact]
    public void Asking_again_in_the_background_waits_for_the_question_that_runs()
    {
        Dispatcher.Dispatch(new ReaskCalendarAction());
        Assert.Equal(2, _layers.Questions);

        _layers.Asked[AskedLayers.Tasks].End();
        Dispatcher.Dispatch(new ReaskCalendarAction());
        Assert.Equal(3, _layers.Questions);
    }

    [Fact]
    public void What_came_before_the_browser_said_that_it_is_hidden_is_forgotten_and_nothing_comes_after()
    {
        Say(Task1);

        Dispatcher.Dispatch(new HiddenLayersLoadedAction([AskedLayers.Tasks]));
        Assert.Empty(Shown);

        Dispatcher.Dispatch(new LayerUpdateAction(AskedLayers.Tasks, new MergeUpdate.Answered(Merged.Home, [Mine], [Task1])));
        Assert.Empty(Shown);
    }

    [Fact]
    public void What_is_hidden_is_not_asked_for_until_it_shows_again()
    {
        Say(Task1);
        Dispatcher.Dispatch(new ToggleLayerAction(AskedLayers.Tasks));
        Assert.True(_layers.Asked[AskedLayers.Tasks].Token.IsCancellationRequested);
        Assert.Empty(Shown);
        Dispatcher.Dispatch(new RefreshCalendarAction());
        Assert.Equal(3, _layers.Questions);

        Dispatcher.Dispatch(new ToggleLayerAction(AskedLayers.Tasks));
        Say(Task1);
        Assert.Equal([Task1], Shown);
    }

    [Fact]
    public void A_peer_speaks_for_its_own_sources_only_and_is_named_where_it_is_silent()
    {
        Say(Task1);
        var forged = Task1 with { Summary = Task1.Summary with { Title = "Forged" } };
        _layers.Asked[AskedLayers.Tasks].Say(new MergeUpdate.Answered(Merged.Peer(SourceState.Offline), [Sams, Mine], [forged]));

        Assert.Equal([Task1], Shown);
        Assert.Equal([Merged.Globex], State.Answers[AskedLayers.Tasks].Silent);
    }

    [Fact]
    public void The_end_of_the_page_ends_every_question()
    {
        Dispatcher.Dispatch(new CloseCalendarAction());

        Assert.All(_layers.Asked.Values, question => Assert.True(question.Token.IsCancellationRequested));
    }

    private void Say(MergedEntry entry) => _layers.Asked[AskedLayers.Tasks].Say(new MergeUpdate.Answered(Merged.Home, [Mine], [entry]));
}
