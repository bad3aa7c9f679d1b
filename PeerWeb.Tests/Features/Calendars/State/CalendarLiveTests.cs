using System.Threading.Channels;
using Fluxor;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Microsoft.JSInterop;
using NodaTime;
using PeerWeb.Core.Federation.Live;
using PeerWeb.Core.Federation.Merge;
using PeerWeb.Core.Primitives;
using PeerWeb.Features.Calendars;
using PeerWeb.Features.Calendars.Month;
using PeerWeb.Features.Calendars.State;
using PeerWeb.Shared;
using Xunit;

namespace PeerWeb.Tests.Features.Calendars.State;

/// <summary>An open calendar hears of changes; the test answers for the installations.</summary>
public sealed class CalendarLiveTests : IAsyncDisposable
{
    private static readonly TimeSpan HangGuard = TimeSpan.FromSeconds(60);
    private static readonly MonthSpan March = MonthSpan.Of(new LocalDate(2025, 3, 1));
    private static readonly UserName Ada = UserName.Parse("ada");
    private static readonly MergedEntry Before = Merged.AllDay(Merged.Sams, "before", new LocalDate(2025, 3, 3), new LocalDate(2025, 3, 4));
    private static readonly MergedEntry After = Merged.AllDay(Merged.Sams, "after", new LocalDate(2025, 3, 5), new LocalDate(2025, 3, 6));

    private readonly Asking _asking = new();
    private readonly FakeTimeProvider _time = new();
    private readonly SourceChanges _changes = new();
    private readonly OpenViews _views = new(new OwnInstallation(Merged.Acme, "Acme"));
    private readonly Channel<Question> _asked = Channel.CreateUnbounded<Question>();
    private readonly ServiceProvider _circuit;

    public CalendarLiveTests()
    {
        _asking.Refresh = (range, zone, installation, end) =>
        {
            var question = new Question(installation, range, zone, end);
            _asked.Writer.TryWrite(question);
            return question.Answer.Task.WaitAsync(end);
        };
        _circuit = new ServiceCollection()
            .AddLogging()
            .AddFluxor(flux => flux.ScanTypes(typeof(CalendarState), typeof(CalendarReducers), typeof(CalendarEffects), typeof(CalendarLive)))
            .AddSingleton<IJSRuntime, NoBrowser>()
            .AddSingleton<AuthenticationStateProvider>(new SignedIn("ada"))
            .AddSingleton<CalendarBrowser>()
            .AddSingleton<TimeProvider>(_time)
            .AddSingleton(_changes)
            .AddSingleton(_views)
            .AddSingleton(_asking.Queries)
            .BuildServiceProvider();
        Dispatcher.Dispatch(new OpenSpanAction(March, Merged.Berlin));
        _asking.Last.SayLocal();
        _asking.Last.Say(new MergeUpdate.Answered(Merged.Peer(), [Merged.Sams], [Before]));
        _asking.Last.End();
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private CalendarState State => _circuit.GetRequiredService<IState<CalendarState>>().Value;

    private IDispatcher Dispatcher => _circuit.GetRequiredService<IDispatcher>();

    public ValueTask DisposeAsync() => _circuit.DisposeAsync();

    [Fact]
    public async Task A_change_at_a_peer_asks_that_peer_alone_for_the_open_range_and_shows()
    {
        var changed = NextStateAsync();
        _changes.Announce(new SourceChange(Merged.Globex, Merged.Sams.Id.Collection, Viewer: null));

        var question = await NextAsync();
        Assert.Equal((Merged.Globex, March.Range(Merged.Berlin), "Europe/Berlin"), (question.Installation, question.Range, question.Zone));
        question.Say(After);
        await changed;

        Assert.Equal([After], State.Entries[Merged.Globex]);
        Assert.Single(_asking.Questions);
        Assert.False(State.IsAsking);
    }

    [Fact]
    public async Task A_flood_of_changes_is_one_question_and_one_more()
    {
        Announce();
        var first = await NextAsync();
        for (var change = 0; change < 10_000; change++)
            Announce();
        Assert.False(_asked.Reader.TryPeek(out _));

        first.Say(Before);
        _time.Advance(SourceWatch.Pause);
        var changed = NextStateAsync();
        (await NextAsync()).Say(After);
        await changed;
        _time.Advance(TimeSpan.FromSeconds(10));

        Assert.False(_asked.Reader.TryPeek(out _));
        Assert.Equal([After], State.Entries[Merged.Globex]);
    }

    [Fact]
    public async Task A_peer_that_does_not_answer_holds_up_no_question_to_another()
    {
        Announce();
        await NextAsync();

        _changes.Announce(new SourceChange(Merged.Acme, Merged.Mine.Id.Collection, Viewer: null));

        Assert.Equal(Merged.Acme, (await NextAsync()).Installation);
    }

    [Fact]
    public async Task What_concerns_another_user_or_what_does_not_show_here_is_not_asked()
    {
        _changes.Announce(new SourceChange(Merged.Globex, Merged.Sams.Id.Collection, UserName.Parse("bob")));
        _changes.Announce(new SourceChange(Merged.Globex, CollectionId.New(), Viewer: null));
        _changes.Announce(new SourceChange(Merged.Acme, Merged.Sams.Id.Collection, Viewer: null));

        _changes.Announce(new SourceChange(Merged.Globex, Collection: null, Ada));

        var question = await NextAsync();
        Assert.Equal(Merged.Globex, question.Installation);
        Assert.False(_asked.Reader.TryPeek(out _));
    }

    [Fact]
    public async Task A_peer_whose_link_ended_has_the_whole_calendar_asked_again()
    {
        var questions = _asking.Questions.Count;
        Announce();

        var changed = _asking.NextQuestionAsync();
        (await NextAsync()).Answer.SetResult(null);
        await changed.WaitAsync(HangGuard, Cancel);

        Assert.Equal(questions + 1, _asking.Questions.Count);
    }

    [Fact]
    public async Task A_failure_here_leaves_what_shows_and_the_next_change_asks_again()
    {
        Announce();
        (await NextAsync()).Answer.SetException(new InvalidOperationException("The database is away."));
        _time.Advance(SourceWatch.Pause);

        var asked = NextAsync();
        while (!asked.IsCompleted)
        {
            Announce();
            _time.Advance(SourceWatch.Pause);
            await Task.Yield();
        }

        Assert.Equal([Before], State.Entries[Merged.Globex]);
        Assert.Null(State.Failure);
    }

    [Fact]
    public void What_shows_is_open_until_the_page_closes()
    {
        Assert.Equal([(Ada, Merged.Sams.Id.Collection)], _views.Of(Merged.Globex));

        Dispatcher.Dispatch(new CloseCalendarAction());

        Assert.Empty(_views.Installations);
        Announce();
        Assert.False(_asked.Reader.TryPeek(out _));
    }

    [Fact]
    public async Task The_end_of_the_circuit_closes_what_was_open_and_ends_the_question_that_runs()
    {
        Announce();
        var question = await NextAsync();

        await _circuit.DisposeAsync();

        Assert.Empty(_views.Installations);
        Assert.True(question.End.IsCancellationRequested);
    }

    [Fact]
    public void A_late_answer_opens_nothing_after_the_page_closed_and_a_new_page_does()
    {
        Dispatcher.Dispatch(new CloseCalendarAction());
        Dispatcher.Dispatch(new CalendarUpdateAction(State.Request, new MergeUpdate.Answered(Merged.Peer(), [Merged.Sams], [Before])));
        Assert.Empty(_views.Installations);

        Dispatcher.Dispatch(new OpenSpanAction(March.Next, Merged.Berlin));
        _asking.Last.SayLocal();
        _asking.Last.Say(new MergeUpdate.Answered(Merged.Peer(), [Merged.Sams], []));

        Assert.Equal([Merged.Globex], _views.Installations);
    }

    private void Announce() => _changes.Announce(new SourceChange(Merged.Globex, Merged.Sams.Id.Collection, Viewer: null));

    private async Task<Question> NextAsync() => await _asked.Reader.ReadAsync(Cancel).AsTask().WaitAsync(HangGuard, Cancel);

    private async Task NextStateAsync()
    {
        var state = _circuit.GetRequiredService<IState<CalendarState>>();
        var changed = new TaskCompletionSource();
        void Note(object? sender, EventArgs change) => changed.TrySetResult();
        state.StateChanged += Note;
        await changed.Task.WaitAsync(HangGuard, Cancel);
        state.StateChanged -= Note;
    }

    private sealed record Question(Domain Installation, TimeRange Range, string Zone, CancellationToken End)
    {
        public TaskCompletionSource<MergeUpdate.Answered?> Answer { get; } = new();

        public void Say(params MergedEntry[] entries) => Answer.SetResult(new MergeUpdate.Answered(Merged.Peer(), [Merged.Sams], entries));
    }
}
