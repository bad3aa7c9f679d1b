namespace PeerWeb.Core.Federation.Signing;

/// <summary>The keys of the installations that we know; key ids are unique over all of them.</summary>
public interface IPeerKeyDirectory
{
    /// <summary>The key with this id and whose it is, or null; pending, active and retiring keys count, nothing is fetched.</summary>
    /// <param name="keyId">RFC 7638 thumbprint, base64url, 43 characters.</param>
    Task<KnownPeerKey?> FindAsync(string keyId, CancellationToken cancellationToken);
}

/// <summary>A key, the row of the peer whose it is, and what its link lets it do.</summary>
/// <param name="Domain">Where the link is active; null else, for then it is only what somebody claims.</param>
public sealed record KnownPeerKey(Guid PeerId, PeerKey Key, LinkStanding Standing, string? Domain = null);

/// <summary>Which calls the key of a link may sign.</summary>
public enum LinkStanding
{
    /// <summary>The link is active on both sides: every call.</summary>
    Active,

    /// <summary>Not yet, or not now: only <c>/peer/v1/links/*</c>.</summary>
    LinkCallsOnly,

    /// <summary>Revoked: only revoke messages and their acknowledgements.</summary>
    RevokedOnly,
}
