using PeerWeb.Core.Entries;
using PeerWeb.Core.Primitives;
using PeerWeb.Core.Sharing;

namespace PeerWeb.Core.Federation.Live;

/// <summary>Asks the guard, when a lease is given and again before each nudge: that something changed is told only to who may see it.</summary>
public sealed class LeaseGuard(Leases leases, GuardedEntryStores stores, AppRegistry apps)
{
    /// <summary>Leases those of <paramref name="wanted"/> of which <paramref name="holder"/> sees entries or busy time, and says which they are.</summary>
    public async Task<IReadOnlyList<CollectionId>> GiveAsync(Actor.Remote holder, IReadOnlyCollection<CollectionId> wanted, CancellationToken cancellationToken)
    {
        var given = new List<CollectionId>();
        foreach (var app in apps.All)
        {
            var seen = await SeenAsync(holder, app.Id, cancellationToken);
            given.AddRange(wanted.Distinct().Where(id => seen.Contains(id) && leases.TryGive(new Lease(holder, app.Id, id))));
        }
        return given;
    }

    /// <summary>Those of <paramref name="changed"/> that a holder at <paramref name="peer"/> still sees. The leases of who does not end.</summary>
    public async Task<IReadOnlyList<CollectionId>> StillReadAsync(PeerId peer, IReadOnlyList<CollectionId> changed, CancellationToken cancellationToken)
    {
        var listings = new Dictionary<(UserName User, AppId App), HashSet<CollectionId>>();
        var read = new List<CollectionId>();
        foreach (var collection in changed)
        {
            foreach (var lease in leases.Of(peer, collection))
            {
                var key = (lease.Holder.Name, lease.App);
                if (!listings.TryGetValue(key, out var seen))
                    seen = listings[key] = await SeenAsync(lease.Holder, lease.App, cancellationToken);
                if (seen.Contains(collection))
                {
                    read.Add(collection);
                    break;
                }
                leases.End(lease);
            }
        }
        return read;
    }

    private async Task<HashSet<CollectionId>> SeenAsync(Actor.Remote holder, AppId app, CancellationToken cancellationToken)
    {
        var needed = apps.Get(app).HasBusyTime ? Rights.FreeBusy : Rights.Read;
        var listed = await stores.For(holder).ListCollectionsAsync(app, cancellationToken);
        return [.. listed.Where(collection => collection.MyRights.HasFlag(needed)).Select(collection => collection.Id)];
    }
}
