using Fluxor;
using NodaTime;
using PeerWeb.Core.Storage;
using PeerWeb.Shared;

namespace PeerWeb.Features.Sharing.State;

/// <summary>Reads and changes what the viewer shares; after a change everything is read anew, so that the page shows what is stored.</summary>
public sealed partial class SharingEffects(
    SharingQueries queries, ViewerZone zone, TimeProvider time, IState<SharingState> state, ILogger<SharingEffects> log) : IDisposable
{
    private readonly CancellationTokenSource _ended = new();

    /// <summary>One after the other: what was read before a save never shows after it, and no click saves twice.</summary>
    private readonly SemaphoreSlim _turn = new(1);
    private bool _isReloadDue;

    [EffectMethod]
    public Task HandleOpen(OpenSharingAction action, IDispatcher dispatcher) => GuardAsync(dispatcher, ReadAsync);

    [EffectMethod]
    public Task HandleReload(ReloadSharingAction action, IDispatcher dispatcher) =>
        // One that waits for its turn will see this change, too.
        Interlocked.Exchange(ref _isReloadDue, true) ? Task.CompletedTask : GuardAsync(dispatcher, ReadAsync);

    [EffectMethod]
    public Task HandleAdd(AddPrincipalAction action, IDispatcher dispatcher) => GuardAsync(dispatcher, async to =>
        to.Dispatch(await queries.FindAsync(action.Typed, _ended.Token) switch
        {
            PrincipalAnswer.Found found => new PrincipalFoundAction(found.Principal),
            PrincipalAnswer.Refused refused => new PrincipalRefusedAction(refused.Reason),
            var other => throw new InvalidOperationException($"There is no answer {other.GetType().Name}."),
        }));

    /// <summary>Sends what the draft has when the save begins; until it is through nothing can be ticked.</summary>
    [EffectMethod]
    public Task HandleSave(SaveSharingAction action, IDispatcher dispatcher) => GuardAsync(dispatcher, async to =>
    {
        if (!state.Value.IsSaving)
            return;
        var outcomes = await queries.SaveAsync(state.Value.Draft.Changes(), _ended.Token);
        to.Dispatch(new SharingSavedAction(outcomes, await queries.ListAsync(_ended.Token)));
    });

    public void Dispose()
    {
        // Not disposed: neither has a timer or a handle, and what runs may still come to its end.
        _ended.Cancel();
    }

    private async Task ReadAsync(IDispatcher dispatcher)
    {
        Interlocked.Exchange(ref _isReloadDue, false);
        var facts = await queries.ListAsync(_ended.Token);
        dispatcher.Dispatch(new SharingLoadedAction(facts, await zone.ReadAsync(_ended.Token), Instant.FromDateTimeOffset(time.GetUtcNow())));
    }

    private async Task GuardAsync(IDispatcher dispatcher, Func<IDispatcher, Task> step)
    {
        try
        {
            // Who announces a change does not wait for what is read because of it.
            await Task.Yield();
            await _turn.WaitAsync(_ended.Token);
            try
            {
                await step(dispatcher);
            }
            finally
            {
                _turn.Release();
            }
        }
        catch (OperationCanceledException) when (_ended.IsCancellationRequested)
        {
            return;
        }
        catch (Exception exception)
        {
            LogFailed(exception);
            dispatcher.Dispatch(new SharingFailedAction($"{StoreFaults.In(exception)?.Message ?? "This server failed."} Your ticks are still here; reload the page to see what is stored."));
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Reading or changing grants failed")]
    private partial void LogFailed(Exception exception);
}
