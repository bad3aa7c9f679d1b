using PeerWeb.Core.Entries;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Tests.Entries;

/// <summary>A store whose disk is gone for some writes.</summary>
internal sealed class FailingStore(IEntryStore inner, Predicate<IReadOnlyList<EntryWrite>> fails) : IEntryStore
{
    public Task<IReadOnlyList<Collection>> ListCollectionsAsync(AppId app, CancellationToken cancellationToken) => inner.ListCollectionsAsync(app, cancellationToken);

    public Task<QueryAnswer> QueryAsync(EntryQuery query, CancellationToken cancellationToken) => inner.QueryAsync(query, cancellationToken);

    public Task<Entry?> ReadAsync(CollectionId collection, Uid uid, CancellationToken cancellationToken) => inner.ReadAsync(collection, uid, cancellationToken);

    public Task<IReadOnlyList<Entry>> ReadAsync(CollectionId collection, IReadOnlyList<Uid> uids, CancellationToken cancellationToken) =>
        inner.ReadAsync(collection, uids, cancellationToken);

    public Task<ChangesAnswer> ChangesAsync(CollectionId collection, SyncToken? since, int limit, CancellationToken cancellationToken) =>
        inner.ChangesAsync(collection, since, limit, cancellationToken);

    public Task<IReadOnlyList<SaveOutcome>> SaveAsync(IReadOnlyList<EntryWrite> writes, Delivery delivery, CancellationToken cancellationToken) =>
        fails(writes) ? throw new IOException("The disk is gone.") : inner.SaveAsync(writes, delivery, cancellationToken);

    public Task<SaveOutcome> DeleteAsync(EntryRemoval removal, Delivery delivery, CancellationToken cancellationToken) =>
        inner.DeleteAsync(removal, delivery, cancellationToken);
}
