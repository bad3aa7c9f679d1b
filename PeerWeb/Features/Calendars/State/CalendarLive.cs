using Fluxor;
using Microsoft.AspNetCore.Components.Authorization;
using PeerWeb.Core.Federation.Live;
using PeerWeb.Core.Federation.Merge;
using PeerWeb.Core.Primitives;
using PeerWeb.Shared;

namespace PeerWeb.Features.Calendars.State;

/// <summary>Keeps the open calendar live: where a source may have changed, its installation is asked again and no other.</summary>
/// <remarks>Begins with the first question of a page, ends with the page or the circuit. What it misses, the page's own asking every 30 seconds finds.</remarks>
public sealed partial class CalendarLive(
    CalendarQueries queries,
    SourceChanges changes,
    OpenViews views,
    AuthenticationStateProvider authentication,
    IState<CalendarState> state,
    TimeProvider time,
    ILogger<CalendarLive> log) : IDisposable
{
    private readonly Lock _gate = new();
    private SourceWatch? _watch;
    private bool _isOpen;

    [EffectMethod]
    public async Task HandleUpdate(CalendarUpdateAction action, IDispatcher dispatcher)
    {
        // A question begins with it; a late answer to the last one does not open what was closed.
        if (action.Update is MergeUpdate.Asked)
            _isOpen = true;
        if (_isOpen)
            Watch(await authentication.NameAsync(), dispatcher)?.Show(state.Value.Sources);
    }

    [EffectMethod]
    public Task HandleClose(CloseCalendarAction action, IDispatcher dispatcher)
    {
        End();
        return Task.CompletedTask;
    }

    public void Dispose() => End();

    private SourceWatch? Watch(UserName viewer, IDispatcher dispatcher)
    {
        lock (_gate)
            return _isOpen ? _watch ??= new SourceWatch(viewer, changes, views, time, (installation, end) => AskAsync(installation, dispatcher, end)) : null;
    }

    private void End()
    {
        lock (_gate)
        {
            _isOpen = false;
            _watch?.Dispose();
            _watch = null;
        }
    }

    private async Task AskAsync(Domain installation, IDispatcher dispatcher, CancellationToken end)
    {
        if (state.Value is not { Span: { } span, Zone: var zone, Request: var request })
            return;
        try
        {
            if (await queries.Refresh(span.Range(zone), zone.Id, installation, end) is { } answered)
                dispatcher.Dispatch(new CalendarUpdateAction(request, answered));
            else
                dispatcher.Dispatch(new ReaskCalendarAction());
        }
        catch (Exception exception)
        {
            // The next question of the whole calendar says what is wrong, where it still is.
            if (!end.IsCancellationRequested)
                LogFailed(exception);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Reading an installation that changed failed")]
    private partial void LogFailed(Exception exception);
}
