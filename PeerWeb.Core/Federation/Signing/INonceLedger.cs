namespace PeerWeb.Core.Federation.Signing;

/// <summary>Nonces of unsafe requests, which must outlive this process.</summary>
public interface INonceLedger
{
    /// <summary>Records the nonce in a commit of its own, before the handler runs; false where this peer has used it.</summary>
    /// <param name="nonce">22 to 128 characters of base64url.</param>
    /// <param name="expires">From when on it may be forgotten.</param>
    Task<bool> TryBurnAsync(Guid peer, string nonce, DateTimeOffset expires, CancellationToken cancellationToken);
}
