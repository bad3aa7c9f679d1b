using Fluxor;

namespace PeerWeb.Features.Sharing.State;

/// <summary>Reads and changes what the viewer shares; after a change everything is read anew, so that the page shows what is stored.</summary>
public sealed partial class SharingEffects(SharingQueries queries, ILogger<SharingEffects> log) : IDisposable
{
    private readonly CancellationTokenSource _ended = new();

    [EffectMethod]
    public Task HandleLoad(LoadSharingAction action, IDispatcher dispatcher) => GuardAsync(dispatcher, ReadAsync);

    [EffectMethod]
    public Task HandleGive(GiveReadAction action, IDispatcher dispatcher) => GuardAsync(dispatcher, async to =>
    {
        var notice = await queries.GiveReadAsync(action.Collection, action.Typed, _ended.Token) switch
        {
            GiveOutcome.Given given => new SharingNotice(IsRefusal: false, $"{given.To} can read “{action.Collection.Name}” now."),
            GiveOutcome.Refused refused => new SharingNotice(IsRefusal: true, refused.Reason),
            var other => throw new InvalidOperationException($"There is no outcome {other.GetType().Name}."),
        };
        await ReadAsync(to);
        to.Dispatch(new SharingChangedAction(notice));
    });

    [EffectMethod]
    public Task HandleRemove(RemoveAccessAction action, IDispatcher dispatcher) => GuardAsync(dispatcher, async to =>
    {
        await queries.RemoveAsync(action.Grant, _ended.Token);
        await ReadAsync(to);
        to.Dispatch(new SharingChangedAction(new SharingNotice(IsRefusal: false, $"{action.Principal} has no access to “{action.Collection.Name}” any more.")));
    });

    public void Dispose()
    {
        _ended.Cancel();
        _ended.Dispose();
    }

    private async Task ReadAsync(IDispatcher dispatcher) => dispatcher.Dispatch(new SharingLoadedAction(await queries.ListAsync(_ended.Token)));

    private async Task GuardAsync(IDispatcher dispatcher, Func<IDispatcher, Task> step)
    {
        try
        {
            await step(dispatcher);
        }
        catch (OperationCanceledException) when (_ended.IsCancellationRequested)
        {
            return;
        }
        catch (Exception exception)
        {
            LogFailed(exception);
            dispatcher.Dispatch(new SharingFailedAction("This server failed, and nothing was changed as far as it knows. Reload the page to see what is stored."));
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Reading or changing grants failed")]
    private partial void LogFailed(Exception exception);
}
