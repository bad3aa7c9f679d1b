using System.Security.Claims;
using Fluxor;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.JSInterop;
using NodaTime;
using PeerWeb.Core.Federation.Merge;
using PeerWeb.Features.Calendars;
using PeerWeb.Features.Calendars.Month;
using PeerWeb.Features.Calendars.State;
using Xunit;

namespace PeerWeb.Tests.Features.Calendars.State;

public sealed class CalendarEffectsTests : IAsyncDisposable
{
    private static readonly MonthSpan March = MonthSpan.Of(new LocalDate(2025, 3, 1));
    private static readonly MergedEntry Entry = Merged.AllDay(Merged.Mine, "local", new LocalDate(2025, 3, 3), new LocalDate(2025, 3, 4));

    private readonly Asking _asking = new();
    private readonly ServiceProvider _circuit;

    public CalendarEffectsTests()
    {
        _circuit = new ServiceCollection()
            .AddLogging()
            .AddFluxor(flux => flux.ScanTypes(typeof(CalendarState), typeof(CalendarReducers), typeof(CalendarEffects)))
            .AddSingleton<IJSRuntime, NoBrowser>()
            .AddSingleton<AuthenticationStateProvider, Nobody>()
            .AddSingleton<CalendarBrowser>()
            .AddSingleton(_asking.Queries)
            .BuildServiceProvider();
        Dispatcher.Dispatch(new OpenSpanAction(March, Merged.Berlin));
    }

    private CalendarState State => _circuit.GetRequiredService<IState<CalendarState>>().Value;

    private IDispatcher Dispatcher => _circuit.GetRequiredService<IDispatcher>();

    public ValueTask DisposeAsync() => _circuit.DisposeAsync();

    [Fact]
    public void A_month_is_asked_for_as_it_lies_in_the_viewers_zone()
    {
        Assert.Equal(March.Range(Merged.Berlin), _asking.Last.Range);
        Assert.Equal("Europe/Berlin", _asking.Last.Zone);
    }

    [Fact]
    public void Local_entries_show_while_a_peer_has_not_answered()
    {
        _asking.Last.SayLocal(Entry);

        Assert.Equal([Entry], State.Entries[Merged.Acme]);
        Assert.True(State.IsAsking);

        _asking.Last.Say(new MergeUpdate.Answered(Merged.Peer(), [Merged.Sams], []));
        _asking.Last.End();
        Assert.False(State.IsAsking);
        Assert.Contains(Merged.Sams, State.Sources);
    }

    [Fact]
    public void Another_month_cancels_the_question_before()
    {
        var first = _asking.Last;

        Dispatcher.Dispatch(new OpenSpanAction(March.Next, Merged.Berlin));

        Assert.True(first.Token.IsCancellationRequested);
        Assert.False(_asking.Last.Token.IsCancellationRequested);
        first.SayLocal(Entry);
        Assert.Empty(State.Entries);
    }

    [Fact]
    public void Asking_again_in_the_background_waits_for_the_question_that_runs_and_does_not_show()
    {
        Dispatcher.Dispatch(new ReaskCalendarAction());
        Assert.Single(_asking.Questions);

        _asking.Last.SayLocal(Entry);
        _asking.Last.End();
        var before = State;
        Dispatcher.Dispatch(new ReaskCalendarAction());
        _asking.Last.SayLocal(Entry);

        Assert.Equal(2, _asking.Questions.Count);
        Assert.Same(before, State);
    }

    [Fact]
    public void Refreshing_asks_at_once_even_while_a_question_runs()
    {
        Dispatcher.Dispatch(new RefreshCalendarAction());

        Assert.Equal(2, _asking.Questions.Count);
        Assert.True(_asking.Questions[0].Token.IsCancellationRequested);
        Assert.True(State.IsAsking);
    }

    [Fact]
    public void A_closed_page_asks_nothing_and_opens_again()
    {
        Dispatcher.Dispatch(new CloseCalendarAction());
        Assert.True(_asking.Last.Token.IsCancellationRequested);

        Dispatcher.Dispatch(new OpenSpanAction(March, Merged.Berlin));
        Assert.Equal(2, _asking.Questions.Count);
    }

    [Fact]
    public void A_failure_of_this_installation_is_said_and_the_next_answer_ends_it()
    {
        _asking.Last.SayLocal(Entry);
        _asking.Last.End(new InvalidOperationException("The disk is gone."));

        Assert.NotNull(State.Failure);
        Assert.DoesNotContain("disk", State.Failure, StringComparison.Ordinal);
        Assert.Equal([Entry], State.Entries[Merged.Acme]);

        Dispatcher.Dispatch(new ReaskCalendarAction());
        _asking.Last.End();
        Assert.Null(State.Failure);
    }

    [Fact]
    public async Task The_end_of_the_circuit_ends_the_question()
    {
        await _circuit.DisposeAsync();

        Assert.True(_asking.Last.Token.IsCancellationRequested);
    }

    [Fact]
    public void A_browser_that_cannot_remember_does_not_stop_a_source_from_being_hidden()
    {
        Dispatcher.Dispatch(new ToggleSourceAction(Merged.Mine.Id));

        Assert.Contains(Merged.Mine.Id, State.Hidden);
    }

    private sealed class Nobody : AuthenticationStateProvider
    {
        public override Task<AuthenticationState> GetAuthenticationStateAsync() => Task.FromResult(new AuthenticationState(new ClaimsPrincipal(new ClaimsIdentity())));
    }
}
