using NodaTime;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Core.Sharing;

/// <summary>The guard: a store for exactly one principal, and the only place where rights are decided.</summary>
/// <remarks>It is no filter over results. It gives the storage the scope to answer in, so that pages, counts and searches never betray what they leave out.</remarks>
public sealed class GuardedEntryStore(IScopedEntryStore store, Actor actor, TimeProvider time) : IEntryStore
{
    public Task<IReadOnlyList<Collection>> ListCollectionsAsync(AppId app, CancellationToken cancellationToken) =>
        store.ListCollectionsAsync(actor, Decide, app, cancellationToken);

    public Task<QueryAnswer> QueryAsync(EntryQuery query, CancellationToken cancellationToken) =>
        store.QueryAsync(actor, Decide, query, cancellationToken);

    public Task<Entry?> ReadAsync(CollectionId collection, Uid uid, CancellationToken cancellationToken) =>
        store.ReadAsync(actor, Decide, collection, uid, cancellationToken);

    public Task<IReadOnlyList<Entry>> ReadAsync(CollectionId collection, IReadOnlyList<Uid> uids, CancellationToken cancellationToken) =>
        store.ReadAsync(actor, Decide, collection, uids, cancellationToken);

    public Task<ChangesAnswer> ChangesAsync(CollectionId collection, SyncToken? since, int limit, CancellationToken cancellationToken) =>
        store.ChangesAsync(actor, Decide, collection, since, limit, cancellationToken);

    public Task<IReadOnlyList<SaveOutcome>> SaveAsync(IReadOnlyList<EntryWrite> writes, Delivery delivery, CancellationToken cancellationToken) =>
        store.SaveAsync(actor, Decide, writes, delivery, cancellationToken);

    public Task<SaveOutcome> DeleteAsync(EntryRemoval removal, Delivery delivery, CancellationToken cancellationToken) =>
        store.DeleteAsync(actor, Decide, removal, delivery, cancellationToken);

    private Scope Decide(ScopeFacts facts)
    {
        var now = Instant.FromDateTimeOffset(time.GetUtcNow());
        return Scope.Of(
            from collection in facts.Collections
            let effective = EffectiveRights.Of(actor, collection, facts.Grants, facts.Ceilings, facts.LinkIsActive, now)
            let redaction = RedactionOf(effective.Rights, collection.HasBusyTime)
            where (effective.Rights & (Rights.Read | Rights.Add)) != Rights.None || redaction == Redaction.AllIsBusy
            select new ScopedCollection(collection.Id, effective.Rights, redaction, effective.Version));
    }

    private static Redaction RedactionOf(Rights rights, bool hasBusyTime)
    {
        if (rights.HasFlag(Rights.Private))
            return Redaction.None;
        if (!hasBusyTime || !rights.HasFlag(Rights.FreeBusy))
            return Redaction.PrivateIsAbsent;
        return rights.HasFlag(Rights.Read) ? Redaction.PrivateIsBusy : Redaction.AllIsBusy;
    }
}
