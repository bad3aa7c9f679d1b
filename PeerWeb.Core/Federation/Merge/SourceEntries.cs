using PeerWeb.Core.Entries;
using PeerWeb.Core.Primitives;
using PeerWeb.Core.Sharing;

namespace PeerWeb.Core.Federation.Merge;

/// <summary>Single entries of any source, local or a peer's, as one viewer: read whole, saved, deleted. The owner decides; what the network does is an answer.</summary>
public sealed class SourceEntries(GuardedEntryStores stores, IPeerSources peers, OwnInstallation own, SourceChanges changes)
{
    /// <summary>One entry whole, from its owner.</summary>
    public async Task<EntryAnswer> ReadAsync(UserName viewer, SourceId source, Uid uid, CancellationToken cancellationToken)
    {
        if (await StoreAsync(viewer, source, cancellationToken) is not { } store)
            return new EntryAnswer.Unavailable(NoLink(source));
        try
        {
            return await store.ReadAsync(source.Collection, uid, cancellationToken) is { } entry ? new EntryAnswer.Found(entry) : new EntryAnswer.NotFound();
        }
        catch (StoreUnavailableException ours) when (IsOwn(source))
        {
            return new EntryAnswer.Unavailable(ours.Message);
        }
        catch (Exception exception) when (!IsOwn(source) && !cancellationToken.IsCancellationRequested)
        {
            return new EntryAnswer.Unavailable(PeerFailure.ReasonOf(exception));
        }
    }

    /// <summary>Saves one entry at its owner.</summary>
    /// <param name="idempotencyKey">16 to 64 characters, the same on every repeat of this very write.</param>
    public Task<WriteAnswer> SaveAsync(
        UserName viewer, SourceId source, Uid uid, string text, Precondition precondition, string idempotencyKey, CancellationToken cancellationToken)
    {
        var write = new EntryWrite(source.Collection, uid, text, precondition);
        var delivery = Delivery.Of(viewer.Value, write, idempotencyKey);
        return WriteAsync(viewer, source, async store => (await store.SaveAsync([write], delivery, cancellationToken)).Single(), cancellationToken);
    }

    /// <summary>Deletes one entry at its owner.</summary>
    /// <inheritdoc cref="SaveAsync"/>
    public Task<WriteAnswer> DeleteAsync(
        UserName viewer, SourceId source, Uid uid, ETag etag, string idempotencyKey, CancellationToken cancellationToken)
    {
        var removal = new EntryRemoval(source.Collection, uid, etag);
        var delivery = Delivery.Of(viewer.Value, removal, idempotencyKey);
        return WriteAsync(viewer, source, store => store.DeleteAsync(removal, delivery, cancellationToken), cancellationToken);
    }

    private async Task<WriteAnswer> WriteAsync(
        UserName viewer, SourceId source, Func<IEntryStore, Task<SaveOutcome>> write, CancellationToken cancellationToken)
    {
        if (await StoreAsync(viewer, source, cancellationToken) is not { } store)
            return new WriteAnswer.Unavailable(NoLink(source), MayHaveHappened: false);
        try
        {
            var outcome = await write(store);
            // What is written here is announced by the store itself, with its commit.
            if (!IsOwn(source) && outcome is SaveOutcome.Saved or SaveOutcome.Deleted)
                changes.Announce(new SourceChange(source.Owner.Domain, source.Collection, viewer));
            return new WriteAnswer.Decided(outcome);
        }
        catch (StoreUnavailableException ours) when (IsOwn(source))
        {
            return new WriteAnswer.Unavailable(ours.Message, ours.MayHaveHappened);
        }
        catch (Exception exception) when (!IsOwn(source) && !cancellationToken.IsCancellationRequested)
        {
            return new WriteAnswer.Unavailable(PeerFailure.ReasonOf(exception), PeerFailure.MayHaveHappened(exception));
        }
    }

    /// <summary>The owner's store as the viewer gets it; null without an active link.</summary>
    private async Task<IEntryStore?> StoreAsync(UserName viewer, SourceId source, CancellationToken cancellationToken) => IsOwn(source)
        ? stores.For(new Actor.Local(viewer, Groups: []))
        : (await peers.ListActiveAsync(cancellationToken)).FirstOrDefault(peer => peer.Domain == source.Owner.Domain)?.StoreFor(viewer);

    private bool IsOwn(SourceId source) => source.Owner.Domain == own.Domain;

    private static string NoLink(SourceId source) => $"There is no active link with {source.Owner.Domain}.";
}
