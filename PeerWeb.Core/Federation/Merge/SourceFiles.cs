using System.Runtime.CompilerServices;
using NodaTime;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Primitives;
using PeerWeb.Core.Sharing;

namespace PeerWeb.Core.Federation.Merge;

/// <summary>Files into and out of any source, local or a peer's, as one viewer. The owner decides entry by entry.</summary>
public sealed class SourceFiles(
    GuardedEntryStores stores, IPeerSources peers, OwnInstallation own, SourceChanges changes, AppRegistry apps, TimeProvider time)
{
    /// <summary>What an import would do; nothing is written.</summary>
    /// <param name="source">Null for a collection that is yet to be made.</param>
    /// <param name="read">The entries of the file, as the app or in another way; called once.</param>
    /// <exception cref="SourceUnavailableException">The owner gives no answer, or the viewer may not add there.</exception>
    public async IAsyncEnumerable<PreviewedEntry> PreviewAsync(
        UserName viewer, AppId app, SourceId? source, Func<IApp, CancellationToken, IAsyncEnumerable<FileEntry>> read, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (store, collection) = source is { } known ? await OpenAsync(viewer, known, cancellationToken) : ((IEntryStore)LocalStore(viewer), null);
        var rights = collection?.MyRights ?? Rights.All;
        await foreach (var entry in EntryPreview.RunAsync(store, apps.Get(app), collection?.Id, rights, read(apps.Get(app), cancellationToken), cancellationToken))
            yield return entry;
    }

    /// <summary>Saves the entries of a file, a result for each.</summary>
    /// <param name="read">The entries of the file, as the app or in another way; called once.</param>
    /// <exception cref="SourceUnavailableException">The owner gives no answer; what was reported is done.</exception>
    public async IAsyncEnumerable<ImportedEntry> ImportAsync(
        UserName viewer, SourceId source, Func<IApp, CancellationToken, IAsyncEnumerable<FileEntry>> read, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (store, collection) = await OpenAsync(viewer, source, cancellationToken);
        var hasChanged = false;
        try
        {
            var (app, pace) = (apps.Get(source.App), IsOwn(source) ? ImportPace.Database : ImportPace.Network);
            await foreach (var result in EntryImport.RunAsync(store, app, collection.Id, viewer.Value, token => read(app, token), pace, cancellationToken))
            {
                hasChanged |= result.Outcome is ImportOutcome.Added or ImportOutcome.Updated;
                yield return result;
            }
        }
        finally
        {
            // What is written here is announced by the store itself, with its commit.
            if (hasChanged && !IsOwn(source))
                changes.Announce(new SourceChange(source.Owner.Domain, source.Collection, viewer));
        }
    }

    /// <summary>The entries of a source for a file; null where it is not there or not for this viewer to read.</summary>
    /// <param name="range">Only those with an instance in it; null for all.</param>
    /// <exception cref="SourceUnavailableException">The owner gives no answer; also while the entries are read.</exception>
    public async Task<IAsyncEnumerable<Entry>?> ExportAsync(
        UserName viewer, SourceId source, TimeRange? range, DateTimeZone zone, CancellationToken cancellationToken) =>
        await FindAsync(viewer, source, cancellationToken) is { } found && found.Collection.MyRights.Allows(Rights.Read)
            ? EntryExport.ReadAsync(found.Store, apps.Get(source.App), found.Collection.Id, range, zone, cancellationToken)
            : null;

    /// <summary>One entry of a source for a file; null where it is not there or not for this viewer to read.</summary>
    /// <exception cref="SourceUnavailableException">The owner gives no answer.</exception>
    public async Task<Entry?> ExportAsync(UserName viewer, SourceId source, Uid entry, CancellationToken cancellationToken) =>
        await FindAsync(viewer, source, cancellationToken) is { } found && found.Collection.MyRights.Allows(Rights.Read)
            ? await found.Store.ReadAsync(found.Collection.Id, entry, cancellationToken)
            : null;

    private async Task<(IEntryStore Store, Collection Collection)> OpenAsync(UserName viewer, SourceId source, CancellationToken cancellationToken) =>
        await FindAsync(viewer, source, cancellationToken) ?? throw new SourceUnavailableException("It is not there any more, or not for you.");

    private async Task<(IEntryStore Store, Collection Collection)?> FindAsync(UserName viewer, SourceId source, CancellationToken cancellationToken)
    {
        var store = IsOwn(source) ? LocalStore(viewer) : await PeerStoreAsync(viewer, source, cancellationToken);
        var all = await store.ListCollectionsAsync(source.App, cancellationToken);
        return all.FirstOrDefault(collection => collection.Id == source.Collection && collection.Owner == source.Owner.User) is { } found ? (store, found) : null;
    }

    private GuardedEntryStore LocalStore(UserName viewer) => stores.For(new Actor.Local(viewer, Groups: []));

    private async Task<IEntryStore> PeerStoreAsync(UserName viewer, SourceId source, CancellationToken cancellationToken)
    {
        var active = await peers.ListActiveAsync(cancellationToken);
        return active.FirstOrDefault(peer => peer.Domain == source.Owner.Domain) is { } peer
            ? new PatientStore(peer.StoreFor(viewer), time)
            : throw new SourceNotLinkedException(source.Owner.Domain);
    }

    private bool IsOwn(SourceId source) => source.Owner.Domain == own.Domain;
}
