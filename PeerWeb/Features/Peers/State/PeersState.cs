using System.Collections.Immutable;
using Fluxor;
using PeerWeb.Core.Peers;
using PeerWeb.Core.Primitives;
using PeerWeb.Core.Sync;

namespace PeerWeb.Features.Peers.State;

[FeatureState]
public sealed record PeersState
{
    public bool IsLoaded { get; init; }

    /// <summary>Why the list cannot be shown; what was loaded before stays.</summary>
    public string? Failure { get; init; }

    public Home? Home { get; init; }

    /// <summary>Incoming requests first, revoked links last, otherwise the first seen first.</summary>
    public ImmutableArray<Peer> Peers { get; init; } = [];

    public ImmutableArray<OutboxMessage> Messages { get; init; } = [];

    public AddPeerState Add { get; init; } = new();

    /// <summary>Peers with a command under way.</summary>
    public ImmutableHashSet<PeerId> Busy { get; init; } = [];

    /// <summary>What the last command on a peer was refused for.</summary>
    public ImmutableDictionary<PeerId, string> Refusals { get; init; } = ImmutableDictionary<PeerId, string>.Empty;

    /// <summary>What peers can do beside what we can, of those that were asked.</summary>
    public ImmutableDictionary<PeerId, MethodComparison> Comparisons { get; init; } = ImmutableDictionary<PeerId, MethodComparison>.Empty;

    /// <summary>Peers that are being asked what they can do.</summary>
    public ImmutableHashSet<PeerId> Comparing { get; init; } = [];
}

/// <summary>The form that adds a peer: a domain, then who was found there, then the request.</summary>
public sealed record AddPeerState
{
    public bool IsBusy { get; init; }

    public DiscoveredInstallation? Found { get; init; }

    public string? Problem { get; init; }

    /// <summary>The domain that was just asked for a link.</summary>
    public string? Requested { get; init; }
}
