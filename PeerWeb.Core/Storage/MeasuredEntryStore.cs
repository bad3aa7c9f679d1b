using PeerWeb.Core.Entries;
using PeerWeb.Core.Primitives;
using PeerWeb.Core.Sharing;

namespace PeerWeb.Core.Storage;

/// <summary>A store whose calls are timed while somebody asks for it.</summary>
public sealed class MeasuredEntryStore(IScopedEntryStore inner, StoreMetrics metrics, TimeProvider time) : IScopedEntryStore
{
    public Task<IReadOnlyList<Collection>> ListCollectionsAsync(Actor actor, ScopeMaker scope, AppId app, CancellationToken cancellationToken) =>
        TimedAsync("list", () => inner.ListCollectionsAsync(actor, scope, app, cancellationToken));

    public Task<QueryAnswer> QueryAsync(Actor actor, ScopeMaker scope, EntryQuery query, CancellationToken cancellationToken) =>
        TimedAsync("query", () => inner.QueryAsync(actor, scope, query, cancellationToken));

    public Task<Entry?> ReadAsync(Actor actor, ScopeMaker scope, CollectionId collection, Uid uid, CancellationToken cancellationToken) =>
        TimedAsync("read", () => inner.ReadAsync(actor, scope, collection, uid, cancellationToken));

    public Task<IReadOnlyList<Entry>> ReadAsync(
        Actor actor, ScopeMaker scope, CollectionId collection, IReadOnlyList<Uid> uids, CancellationToken cancellationToken) =>
        TimedAsync("read_many", () => inner.ReadAsync(actor, scope, collection, uids, cancellationToken));

    public Task<ChangesAnswer> ChangesAsync(
        Actor actor, ScopeMaker scope, CollectionId collection, SyncToken? since, int limit, CancellationToken cancellationToken) =>
        TimedAsync("changes", () => inner.ChangesAsync(actor, scope, collection, since, limit, cancellationToken));

    public Task<IReadOnlyList<SaveOutcome>> SaveAsync(
        Actor actor, ScopeMaker scope, IReadOnlyList<EntryWrite> writes, Delivery delivery, CancellationToken cancellationToken) =>
        TimedAsync("save", () => inner.SaveAsync(actor, scope, writes, delivery, cancellationToken));

    public Task<SaveOutcome> DeleteAsync(Actor actor, ScopeMaker scope, EntryRemoval removal, Delivery delivery, CancellationToken cancellationToken) =>
        TimedAsync("delete", () => inner.DeleteAsync(actor, scope, removal, delivery, cancellationToken));

    private async Task<T> TimedAsync<T>(string operation, Func<Task<T>> call)
    {
        if (!metrics.IsOn)
            return await call();
        var start = time.GetTimestamp();
        try
        {
            var answer = await call();
            metrics.Done(operation, time.GetElapsedTime(start), error: null);
            return answer;
        }
        catch (Exception problem)
        {
            metrics.Done(operation, time.GetElapsedTime(start), problem.GetType().Name);
            throw;
        }
    }
}
