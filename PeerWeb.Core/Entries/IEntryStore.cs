using PeerWeb.Core.Primitives;

namespace PeerWeb.Core.Entries;

/// <summary>Anything a merged view reads, as one principal: this installation's database, a peer, a replica.</summary>
public interface IEntrySource
{
    /// <summary>The collections of <paramref name="app"/> that the acting principal may see, by owner and name.</summary>
    Task<IReadOnlyList<Collection>> ListCollectionsAsync(AppId app, CancellationToken cancellationToken);

    /// <exception cref="StoreUnavailableException">As with every call: this installation's database is full, busy or broken.</exception>
    /// <exception cref="InvalidQueryException">Unknown zone, limit outside 1 to 3,000, text over 200 characters, cursor of another query.</exception>
    Task<QueryAnswer> QueryAsync(EntryQuery query, CancellationToken cancellationToken);

    /// <summary>One entry whole; null where it is not there or not for this principal.</summary>
    Task<Entry?> ReadAsync(CollectionId collection, Uid uid, CancellationToken cancellationToken);

    /// <summary>Several entries of a collection whole, in any order; what is not there or not for this principal is left out.</summary>
    /// <param name="uids">At most <see cref="EntryQuery.MaxLimit"/>.</param>
    Task<IReadOnlyList<Entry>> ReadAsync(CollectionId collection, IReadOnlyList<Uid> uids, CancellationToken cancellationToken);

    /// <param name="since">Null: everything there is, as a first listing.</param>
    /// <param name="limit">1 to 3,000 changes a page.</param>
    Task<ChangesAnswer> ChangesAsync(CollectionId collection, SyncToken? since, int limit, CancellationToken cancellationToken);
}

/// <summary>A source that can be written to. Every write is conditional; what the caller must branch on is returned.</summary>
public interface IEntryStore : IEntrySource
{
    /// <summary>Saves a batch of one collection in one transaction, with an outcome each in the order given; a refused one does not hold up the others.</summary>
    Task<IReadOnlyList<SaveOutcome>> SaveAsync(IReadOnlyList<EntryWrite> writes, Delivery delivery, CancellationToken cancellationToken);

    Task<SaveOutcome> DeleteAsync(EntryRemoval removal, Delivery delivery, CancellationToken cancellationToken);
}

/// <summary>A query that no source can answer; its message says which part and why.</summary>
public sealed class InvalidQueryException(string message) : Exception(message);
