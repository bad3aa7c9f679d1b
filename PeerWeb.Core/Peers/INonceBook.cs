using NodaTime;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Core.Peers;

/// <summary>Nonces that peers have used, kept across restarts.</summary>
public interface INonceBook
{
    /// <summary>Records the nonce in a commit of its own; false where this peer has used it before.</summary>
    Task<bool> TryBurnAsync(PeerId peer, string nonce, Instant expires, CancellationToken cancellationToken);
}
