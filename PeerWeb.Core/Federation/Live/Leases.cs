using PeerWeb.Core.Primitives;
using PeerWeb.Core.Sharing;

namespace PeerWeb.Core.Federation.Live;

/// <summary>A user of a peer has a collection of ours open.</summary>
public sealed record Lease(Actor.Remote Holder, AppId App, CollectionId Collection);

/// <summary>The leases that peers hold, in memory: after a restart they come again within a minute.</summary>
public sealed class Leases(TimeProvider time)
{
    /// <summary>How long one holds; renewed each minute.</summary>
    public static readonly TimeSpan Length = TimeSpan.FromSeconds(90);

    /// <summary>Of one peer at a time.</summary>
    public const int MostOfPeer = 5000;

    private readonly Lock _gate = new();
    private readonly Dictionary<CollectionId, Dictionary<(PeerId Peer, UserName User), Held>> _held = [];
    private readonly Dictionary<PeerId, int> _counts = [];

    /// <summary>Gives or prolongs; false where the peer holds as many as it may.</summary>
    public bool TryGive(Lease lease)
    {
        var key = KeyOf(lease);
        lock (_gate)
        {
            if (!_held.TryGetValue(lease.Collection, out var holders))
                holders = [];
            if (!holders.ContainsKey(key))
            {
                if (_counts.GetValueOrDefault(key.Peer) >= MostOfPeer)
                    RemoveExpired();
                if (_counts.GetValueOrDefault(key.Peer) >= MostOfPeer)
                    return false;
                _counts[key.Peer] = _counts.GetValueOrDefault(key.Peer) + 1;
            }
            // It may have been the last of its collection that just expired.
            _held[lease.Collection] = holders;
            holders[key] = new Held(lease, time.GetTimestamp());
            return true;
        }
    }

    public void End(Lease lease)
    {
        lock (_gate)
            Remove(lease);
    }

    /// <summary>Who is to hear of a change.</summary>
    public IReadOnlyCollection<PeerId> PeersOf(CollectionId collection)
    {
        lock (_gate)
            return [.. Valid(collection).Select(lease => lease.Holder.Peer).Distinct()];
    }

    public IReadOnlyList<Lease> Of(PeerId peer, CollectionId collection)
    {
        lock (_gate)
            return [.. Valid(collection).Where(lease => lease.Holder.Peer == peer)];
    }

    private static (PeerId Peer, UserName User) KeyOf(Lease lease) => (lease.Holder.Peer, lease.Holder.Name);

    private IEnumerable<Lease> Valid(CollectionId collection) =>
        _held.TryGetValue(collection, out var holders) ? holders.Values.Where(held => !IsExpired(held)).Select(held => held.Lease) : [];

    private bool IsExpired(Held held) => time.GetElapsedTime(held.Since) >= Length;

    private void RemoveExpired()
    {
        foreach (var held in _held.Values.SelectMany(holders => holders.Values).Where(IsExpired).ToList())
            Remove(held.Lease);
    }

    private void Remove(Lease lease)
    {
        var key = KeyOf(lease);
        if (!_held.TryGetValue(lease.Collection, out var holders) || !holders.Remove(key))
            return;
        if (holders.Count == 0)
            _held.Remove(lease.Collection);
        if (--_counts[key.Peer] == 0)
            _counts.Remove(key.Peer);
    }

    private sealed record Held(Lease Lease, long Since);
}
