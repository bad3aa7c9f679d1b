using NodaTime;
using PeerWeb.Core.Federation.Signing;
using PeerWeb.Core.Peers;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Core.Federation.Discovery;

/// <summary>The peer book as those who verify signatures ask it.</summary>
public sealed class PeerKeyDirectory(IPeerBook book, KnownKeys keys) : IPeerKeyDirectory
{
    public async Task<KnownPeerKey?> FindAsync(string keyId, CancellationToken cancellationToken)
    {
        if (!KeyThumbprint.TryParse(keyId, out var thumbprint)
            || await book.FindByKeyAsync(thumbprint, cancellationToken) is not { } peer
            || keys.Of(peer.Key) is not { } key)
        {
            return null;
        }

        var standing = peer.State switch
        {
            LinkState.Active => LinkStanding.Active,
            LinkState.Revoked => LinkStanding.RevokedOnly,
            _ => LinkStanding.LinkCallsOnly,
        };
        return new KnownPeerKey(peer.Id.Value, key, standing, standing == LinkStanding.Active ? peer.Domain.Value : null);
    }
}

/// <summary>The nonce book as those who verify signatures ask it.</summary>
public sealed class NonceLedger(INonceBook book) : INonceLedger
{
    public Task<bool> TryBurnAsync(Guid peer, string nonce, DateTimeOffset expires, CancellationToken cancellationToken) =>
        book.TryBurnAsync(new PeerId(peer), nonce, Instant.FromDateTimeOffset(expires), cancellationToken);
}
