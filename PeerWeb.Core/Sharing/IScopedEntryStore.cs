using PeerWeb.Core.Entries;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Core.Sharing;

/// <summary>A store that answers nothing without a scope: the port of <see cref="IEntryStore"/>, behind the guard.</summary>
/// <remarks>Each call reads the facts about <c>actor</c>, asks <c>scope</c>, and answers in the same transaction; a write first takes the write lock.</remarks>
public interface IScopedEntryStore
{
    Task<IReadOnlyList<Collection>> ListCollectionsAsync(Actor actor, ScopeMaker scope, AppId app, CancellationToken cancellationToken);

    Task<QueryAnswer> QueryAsync(Actor actor, ScopeMaker scope, EntryQuery query, CancellationToken cancellationToken);

    Task<Entry?> ReadAsync(Actor actor, ScopeMaker scope, CollectionId collection, Uid uid, CancellationToken cancellationToken);

    Task<IReadOnlyList<Entry>> ReadAsync(
        Actor actor, ScopeMaker scope, CollectionId collection, IReadOnlyList<Uid> uids, CancellationToken cancellationToken);

    Task<ChangesAnswer> ChangesAsync(
        Actor actor, ScopeMaker scope, CollectionId collection, SyncToken? since, int limit, CancellationToken cancellationToken);

    Task<IReadOnlyList<SaveOutcome>> SaveAsync(
        Actor actor, ScopeMaker scope, IReadOnlyList<EntryWrite> writes, Delivery delivery, CancellationToken cancellationToken);

    Task<SaveOutcome> DeleteAsync(Actor actor, ScopeMaker scope, EntryRemoval removal, Delivery delivery, CancellationToken cancellationToken);
}
