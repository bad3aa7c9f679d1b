using System.Security.Claims;
using PeerWeb.Core.Federation.Signing;

namespace PeerWeb.PeerApi.Signing;

/// <summary>A request whose signature, digest, destination and nonce hold; a feature of its <see cref="HttpContext"/>.</summary>
/// <param name="PeerId">The row of the peer that signed; null on first contact.</param>
/// <param name="Key">What it was signed with; on first contact only possession of it is proven.</param>
/// <param name="Standing">What the link lets this key do; on first contact link calls only.</param>
/// <param name="Actor">The user of that peer who acts; null where the peer itself does.</param>
/// <param name="Body">The raw bytes that were signed.</param>
public sealed record PeerRequest(
    Guid? PeerId,
    PeerKey Key,
    LinkStanding Standing,
    ActorField? Actor,
    ReadOnlyMemory<byte> Body,
    string Nonce,
    DateTimeOffset Created,
    string? IdempotencyKey)
{
    internal ClaimsPrincipal ToPrincipal(string scheme)
    {
        var identity = new ClaimsIdentity(scheme, PeerClaims.Actor, roleType: null);
        if (PeerId is { } peer) identity.AddClaim(new Claim(PeerClaims.PeerId, peer.ToString("D")));
        identity.AddClaim(new Claim(PeerClaims.KeyId, Key.KeyId));
        identity.AddClaim(new Claim(PeerClaims.Standing, Standing.ToString()));
        if (Actor is not null) identity.AddClaim(new Claim(PeerClaims.Actor, Actor.User));
        identity.AddClaims((Actor?.Groups ?? []).Select(group => new Claim(PeerClaims.Group, group)));
        return new ClaimsPrincipal(identity);
    }
}

/// <summary>Claims of a peer's request.</summary>
public static class PeerClaims
{
    /// <summary>A GUID; absent on first contact.</summary>
    public const string PeerId = "peerweb:peer";

    public const string KeyId = "peerweb:key";

    /// <summary>The name of a <see cref="LinkStanding"/>.</summary>
    public const string Standing = "peerweb:standing";

    /// <summary>User name at the signing peer, without a domain.</summary>
    public const string Actor = "peerweb:actor";

    public const string Group = "peerweb:group";
}
