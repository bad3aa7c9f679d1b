namespace PeerWeb.Core.Federation.Signing;

/// <summary>What became of a request's signature.</summary>
public abstract record RequestVerification
{
    private RequestVerification()
    {
    }

    /// <summary>Signature, digest and destination hold. The nonce is not recorded yet: that is the caller's next step.</summary>
    /// <param name="Actor">The user of the signing peer who acts; null where the peer itself does.</param>
    public sealed record Verified(string KeyId, string Nonce, DateTimeOffset Created, string? IdempotencyKey, ActorField? Actor) : RequestVerification;

    /// <summary>Not to be acted on.</summary>
    /// <param name="Slug">One of <see cref="Wire.PeerProblems"/>.</param>
    /// <param name="Detail">For a person.</param>
    /// <param name="SignedAt">With clock skew: what the signer's clock read.</param>
    /// <param name="ReceivedAt">With clock skew: what our clock reads.</param>
    public sealed record Refused(string Slug, string Detail, DateTimeOffset? SignedAt = null, DateTimeOffset? ReceivedAt = null) : RequestVerification;
}
