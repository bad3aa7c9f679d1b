using Fluxor;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.JSInterop;
using PeerWeb.Core.Federation.Live;
using PeerWeb.Core.Federation.Merge;
using PeerWeb.Core.Primitives;
using PeerWeb.Features.Calendars.State;
using PeerWeb.Shared;

namespace PeerWeb.Features.Calendars.Layers;

/// <summary>Asks the other apps for the days that the calendar shows, and keeps what they said live. A new question cancels the one before.</summary>
/// <remarks>What fails here fails in the calendar itself, too, which says so.</remarks>
public sealed partial class LayersEffects(
    LayerCalls calls,
    CalendarBrowser browser,
    SourceChanges changes,
    OpenViews views,
    AuthenticationStateProvider authentication,
    IState<CalendarState> calendar,
    IState<LayersState> state,
    TimeProvider time,
    ILogger<LayersEffects> log) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<AppId, Question> _questions = [];
    private readonly Dictionary<AppId, SourceWatch> _watches = [];

    [EffectMethod]
    public async Task HandleEnter(EnterCalendarAction action, IDispatcher dispatcher)
    {
        try
        {
            dispatcher.Dispatch(new HiddenLayersLoadedAction([.. await browser.HiddenLayersAsync()]));
        }
        catch (Exception exception) when (exception is JSException or JSDisconnectedException or OperationCanceledException)
        {
            // A browser without storage, or one that left: all of them show.
            LogNotRemembered(exception);
        }
    }

    [EffectMethod]
    public Task HandleOpen(OpenSpanAction action, IDispatcher dispatcher) => AskAllAsync(dispatcher, isNew: false);

    [EffectMethod]
    public Task HandleRefresh(RefreshCalendarAction action, IDispatcher dispatcher) => AskAllAsync(dispatcher, isNew: true);

    [EffectMethod]
    public Task HandleReask(ReaskCalendarAction action, IDispatcher dispatcher) => AskAllAsync(dispatcher, isNew: false);

    [EffectMethod]
    public Task HandleReask(ReaskLayerAction action, IDispatcher dispatcher) =>
        calls.Layers.FirstOrDefault(layer => layer.App == action.App) is { } layer ? AskAsync(layer, dispatcher, isNew: true) : Task.CompletedTask;

    [EffectMethod]
    public Task HandleHidden(HiddenLayersLoadedAction action, IDispatcher dispatcher) => AskAllAsync(dispatcher, isNew: false);

    [EffectMethod]
    public async Task HandleToggle(ToggleLayerAction action, IDispatcher dispatcher)
    {
        var asked = AskAllAsync(dispatcher, isNew: false);
        try
        {
            await browser.RememberHiddenLayersAsync(state.Value.Hidden);
        }
        catch (Exception exception) when (exception is JSException or JSDisconnectedException or OperationCanceledException)
        {
            // The choice holds as long as the page is open.
            LogNotRemembered(exception);
        }
        await asked;
    }

    [EffectMethod]
    public Task HandleClose(CloseCalendarAction action, IDispatcher dispatcher)
    {
        Dispose();
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        lock (_gate)
        {
            foreach (var app in _questions.Keys.ToList())
                End(app);
        }
    }

    private Task AskAllAsync(IDispatcher dispatcher, bool isNew) => Task.WhenAll(calls.Layers.Select(layer => AskAsync(layer, dispatcher, isNew)));

    /// <param name="isNew">A question that runs already does not do.</param>
    private async Task AskAsync(CalendarLayer layer, IDispatcher dispatcher, bool isNew)
    {
        if (Begin(layer.App, isNew) is not { } question)
            return;
        var viewer = await authentication.NameAsync();
        try
        {
            await foreach (var update in calls.Days(layer.App, question.Range, question.Zone, question.End).WithCancellation(question.End))
            {
                Tell(dispatcher, layer.App, question, update);
                Watch(layer.App, question, viewer, dispatcher);
            }
        }
        catch (OperationCanceledException) when (question.End.IsCancellationRequested)
        {
            return;
        }
        catch (Exception exception)
        {
            LogFailed(exception);
        }
        finally
        {
            question.IsRunning = false;
        }
    }

    /// <summary>Null where nothing is to be asked.</summary>
    private Question? Begin(AppId app, bool isNew)
    {
        lock (_gate)
        {
            _questions.TryGetValue(app, out var before);
            if (calendar.Value is not { Span: { } span, Zone: var zone } || state.Value.Hidden.Contains(app))
            {
                End(app);
                return null;
            }
            var range = span.Range(zone);
            if (!isNew && before is { IsRunning: true } && before.Range == range && before.Zone == zone.Id)
                return null;
            before?.Cancel();
            return _questions[app] = new Question(range, zone.Id, new CancellationTokenSource());
        }
    }

    /// <summary>Under the gate.</summary>
    private void End(AppId app)
    {
        if (_questions.Remove(app, out var question))
            question.Cancel();
        if (_watches.Remove(app, out var watch))
            watch.Dispose();
    }

    /// <summary>Goes on from one question to the next, so that a peer is not told each time.</summary>
    private void Watch(AppId app, Question question, UserName viewer, IDispatcher dispatcher)
    {
        lock (_gate)
        {
            if (question.End.IsCancellationRequested)
                return;
            if (!_watches.TryGetValue(app, out var watch))
                _watches[app] = watch = new SourceWatch(viewer, changes, views, time, (installation, _) => AskAgainAsync(app, installation, dispatcher));
            watch.Show([.. state.Value.Answers.GetValueOrDefault(app, LayerAnswers.None).Sources]);
        }
    }

    private async Task AskAgainAsync(AppId app, Domain installation, IDispatcher dispatcher)
    {
        Question? question;
        lock (_gate)
            _questions.TryGetValue(app, out question);
        if (question is null)
            return;
        try
        {
            if (await calls.Refresh(app, question.Range, question.Zone, installation, question.End) is { } answered)
                Tell(dispatcher, app, question, answered);
            else
                dispatcher.Dispatch(new ReaskLayerAction(app));
        }
        catch (Exception exception)
        {
            // The next question says what is wrong, where it still is.
            if (!question.End.IsCancellationRequested)
                LogFailed(exception);
        }
    }

    /// <summary>What comes late, after another question, is of other days.</summary>
    private static void Tell(IDispatcher dispatcher, AppId app, Question question, MergeUpdate update)
    {
        if (!question.End.IsCancellationRequested)
            dispatcher.Dispatch(new LayerUpdateAction(app, update));
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Reading what another app shows in the calendar failed")]
    private partial void LogFailed(Exception exception);

    [LoggerMessage(Level = LogLevel.Debug, Message = "What the viewer hides of other apps is not known or was not kept")]
    private partial void LogNotRemembered(Exception exception);

    /// <summary>The days that one app is asked for; its end is another question, or that of the page.</summary>
    /// <param name="stop">Not disposed: who still runs looks at its token.</param>
    private sealed class Question(TimeRange range, string zone, CancellationTokenSource stop)
    {
        public TimeRange Range => range;

        public string Zone => zone;

        public CancellationToken End => stop.Token;

        public bool IsRunning { get; set; } = true;

        public void Cancel() => stop.Cancel();
    }
}
