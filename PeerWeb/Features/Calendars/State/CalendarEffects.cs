using Fluxor;
using Microsoft.JSInterop;
using PeerWeb.Core.Storage;

namespace PeerWeb.Features.Calendars.State;

/// <summary>Asks for the days that show. One question runs at a time; a new one cancels the one before.</summary>
/// <remarks>Lives as long as the circuit; its end, or that of the page, ends what runs.</remarks>
public sealed partial class CalendarEffects(
    CalendarQueries queries, CalendarBrowser browser, IState<CalendarState> state, ILogger<CalendarEffects> log) : IDisposable
{
    private CancellationTokenSource? _running;
    private int _asked;

    [EffectMethod]
    public Task HandleOpen(OpenSpanAction action, IDispatcher dispatcher) =>
        state.Value.Request == _asked && _running is not null ? Task.CompletedTask : AskAsync(dispatcher);

    [EffectMethod]
    public Task HandleRefresh(RefreshCalendarAction action, IDispatcher dispatcher) => AskAsync(dispatcher);

    /// <summary>A question that still runs will bring the news itself.</summary>
    [EffectMethod]
    public Task HandleReask(ReaskCalendarAction action, IDispatcher dispatcher) => _running is null ? AskAsync(dispatcher) : Task.CompletedTask;

    [EffectMethod]
    public Task HandleClose(CloseCalendarAction action, IDispatcher dispatcher)
    {
        Cancel();
        return Task.CompletedTask;
    }

    [EffectMethod]
    public Task HandleToggle(ToggleSourceAction action, IDispatcher dispatcher) => RememberHiddenAsync();

    [EffectMethod]
    public Task HandleShowOnly(ShowOnlySourceAction action, IDispatcher dispatcher) => RememberHiddenAsync();

    public void Dispose() => Cancel();

    private async Task AskAsync(IDispatcher dispatcher)
    {
        if (state.Value is not { Span: { } span, Zone: var zone, Request: var request })
            return;
        Cancel();
        // Not disposed: it has no timer, and the one who cancels may come after the end.
        var mine = new CancellationTokenSource();
        (_running, _asked) = (mine, request);
        try
        {
            await foreach (var update in queries.Days(span.Range(zone), zone.Id, mine.Token).WithCancellation(mine.Token))
                dispatcher.Dispatch(new CalendarUpdateAction(request, update));
            dispatcher.Dispatch(new CalendarCompleteAction(request));
        }
        catch (OperationCanceledException) when (mine.IsCancellationRequested)
        {
            return;
        }
        catch (Exception exception)
        {
            LogFailed(exception);
            dispatcher.Dispatch(new CalendarFailedAction(
                request, $"{StoreFaults.In(exception)?.Message ?? "The calendar could not be read."} Try again; if it stays so, tell your administrator."));
        }
        finally
        {
            Interlocked.CompareExchange(ref _running, null, mine);
        }
    }

    private void Cancel() => Interlocked.Exchange(ref _running, null)?.Cancel();

    private async Task RememberHiddenAsync()
    {
        try
        {
            await browser.RememberHiddenAsync(state.Value.Hidden);
        }
        catch (Exception exception) when (exception is JSException or JSDisconnectedException or OperationCanceledException)
        {
            // A browser without storage, or one that left: the choice holds as long as the page is open.
            LogNotRemembered(exception);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Reading the merged calendar failed")]
    private partial void LogFailed(Exception exception);

    [LoggerMessage(Level = LogLevel.Debug, Message = "Hidden sources were not kept by the browser")]
    private partial void LogNotRemembered(Exception exception);
}
