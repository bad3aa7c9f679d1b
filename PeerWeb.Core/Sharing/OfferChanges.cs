using PeerWeb.Core.Primitives;

namespace PeerWeb.Core.Sharing;

/// <summary>An offer came, changed, ended, or was answered.</summary>
/// <param name="Domain">Of the peer.</param>
/// <param name="Collection">Null: any of the peer's.</param>
/// <param name="Viewer">Null: everybody here.</param>
/// <param name="IsGone">It no longer shows: what is held of it is to be dropped.</param>
public sealed record OfferChange(PeerId Peer, Domain Domain, CollectionId? Collection, UserName? Viewer, bool IsGone);

/// <summary>Tells this process of offers, after the commit.</summary>
public sealed class OfferChanges
{
    /// <summary>Handlers return at once and never throw.</summary>
    public event Action<OfferChange>? Changed;

    public void Announce(OfferChange change) => Changed?.Invoke(change);
}
