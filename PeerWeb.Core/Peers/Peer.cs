using NodaTime;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Core.Peers;

/// <summary>Another installation that we know, and our link with it.</summary>
/// <remarks>A link is one row for its whole life; after it was revoked a new one is a new row.</remarks>
public sealed record Peer
{
    public required PeerId Id { get; init; }

    /// <summary>As it claims; proven once <see cref="Verified"/> is set.</summary>
    public required InstallationId Installation { get; init; }

    /// <summary>As it claims; proven once <see cref="Verified"/> is set.</summary>
    public required Domain Domain { get; init; }

    public required PublicKey Key { get; init; }

    /// <summary>What the other side calls this link; null until it said so.</summary>
    public LinkId? Theirs { get; init; }

    /// <summary>What its discovery calls it; empty until we fetched that.</summary>
    public string Name { get; init; } = string.Empty;

    /// <summary>Where its peer API is; null until we fetched its discovery, and nothing is sent before.</summary>
    public Uri? Endpoint { get; init; }

    public required Instant FirstSeen { get; init; }

    /// <summary>When the same request last came again.</summary>
    public Instant? AskedAgain { get; init; }

    public LinkFacts Facts { get; init; } = new();

    /// <summary>What our discovery showed instead; null unless blocked.</summary>
    public OtherKey? Seen { get; init; }

    /// <summary>When discovery that we fetched last showed this id and this key.</summary>
    public Instant? Verified { get; init; }

    /// <summary>When it last gave us a signed answer, or sent us a signed call.</summary>
    public Instant? LastExchange { get; init; }

    /// <summary>One sentence; null once an exchange succeeded.</summary>
    public string? LastError { get; init; }

    public Instant? LastErrorAt { get; init; }

    /// <summary>Their clock minus ours, as their last answer showed it.</summary>
    public Duration? ClockSkew { get; init; }

    public LinkState State => Facts.State;

    /// <summary>The key that an approval is about: the one its domain shows now.</summary>
    public PublicKey ShownKey => Seen?.Key ?? Key;

    /// <summary>What both sides call this link, as a message of ours says it.</summary>
    public LinkNames Names => new(LinkId.Of(Id), Theirs);

    /// <summary>The domain, and the name where one is known.</summary>
    public string DisplayName => Name.Length == 0 ? Domain.Value : Name;

    public bool Claims(InstallationId installation, Domain domain, KeyThumbprint thumbprint) =>
        Installation == installation && Domain == domain && Key.Thumbprint == thumbprint;

    /// <summary>Whether both claim the same domain or the same installation id, and both still count.</summary>
    public bool ConflictsWith(Peer other) =>
        other.Id != Id && other.State != LinkState.Revoked && State != LinkState.Revoked
        && (other.Domain == Domain || other.Installation == Installation);
}

/// <summary>The key and installation that answered at the peer's domain in its place.</summary>
/// <param name="Reason">One sentence: what differs.</param>
public sealed record OtherKey(InstallationId Installation, PublicKey Key, string Reason);

/// <summary>This installation as its peers see it.</summary>
public sealed record Home(InstallationId Installation, Domain Domain, string Name, PublicKey Key)
{
    /// <summary>Both ends of a link with a peer, as its card shows them.</summary>
    public KeyPair PairWith(Peer peer) => new(new LinkEnd(Installation, Key.Thumbprint), new LinkEnd(peer.Installation, peer.ShownKey.Thumbprint));
}

/// <summary>Tells who we are; asked anew each time, for the key may change.</summary>
public delegate ValueTask<Home> HomeSource(CancellationToken cancellationToken);
