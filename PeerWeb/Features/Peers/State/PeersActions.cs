using System.Collections.Immutable;
using PeerWeb.Core.Peers;
using PeerWeb.Core.Primitives;
using PeerWeb.Core.Sync;

namespace PeerWeb.Features.Peers.State;

public sealed record LoadPeersAction;

public sealed record LoadPeersResultAction(Home Home, ImmutableArray<Peer> Peers, ImmutableArray<OutboxMessage> Messages);

public sealed record LoadPeersFailedAction(string Reason);

/// <param name="Text">As typed or pasted.</param>
public sealed record LookUpPeerAction(string Text);

public sealed record LookUpPeerResultAction(DiscoveredInstallation Found);

public sealed record LookUpPeerFailedAction(string Reason);

/// <summary>Asks an installation for a link: the one that look-up found, with the fingerprint that was shown, or the one at a typed domain.</summary>
/// <param name="Text">As typed or pasted.</param>
public sealed record RequestPeerAction(string Text, DiscoveredInstallation? Found);

public sealed record RequestPeerResultAction(string Domain);

public sealed record ForgetLookUpAction;

public enum PeerCommandKind
{
    Open,
    Approve,
    Reject,
    Suspend,
    Resume,
    Revoke,
    TryNow,
    Test,
}

/// <param name="Approval">For an approval: what the admin saw and typed.</param>
public sealed record PeerCommandAction(PeerId Peer, PeerCommandKind Kind, Approval? Approval = null);

/// <param name="Refusal">Null where it was done.</param>
public sealed record PeerCommandResultAction(PeerId Peer, string? Refusal);

/// <summary>Asks a peer what it can do.</summary>
public sealed record ComparePeerAction(PeerId Peer);

public sealed record ComparePeerResultAction(PeerId Peer, MethodComparison Comparison);
