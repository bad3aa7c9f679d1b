using NodaTime;

namespace PeerWeb.Core.Peers;

/// <summary>The steps that the other side takes in the life of a link, after its signature held; pure. Nothing is ever sent in return.</summary>
public static class LinkReceipts
{
    private const string Ended = "This link was revoked.";

    public static Transition Approved(Peer peer, Home home, KeyPair theirs, Instant now)
    {
        if (peer.State == LinkState.Revoked)
            return new Transition.Refused(Ended);
        var pair = new KeyPair(new LinkEnd(home.Installation, home.Key.Thumbprint), new LinkEnd(peer.Installation, peer.Key.Thumbprint));
        if (theirs.Mirrored != pair)
            return new Transition.Refused("The approval names other installations or keys than this link has.");
        if (peer.Facts is { ApprovedThere: not null, RejectedThere: null })
            return new Transition.Unchanged(peer);
        return Now(peer, peer.Facts with { ApprovedThere = now, RejectedThere = null });
    }

    public static Transition Rejected(Peer peer, Instant now) => peer.State switch
    {
        LinkState.Revoked => new Transition.Refused(Ended),
        _ when peer.Facts.RejectedThere is not null => new Transition.Unchanged(peer),
        _ => Now(peer, peer.Facts with { RejectedThere = now, ApprovedThere = null }),
    };

    public static Transition Suspended(Peer peer, Instant now) => peer.State switch
    {
        LinkState.Revoked => new Transition.Refused(Ended),
        _ when !peer.Facts.IsApprovedByBoth => new Transition.Refused("This link is not active."),
        _ when peer.Facts.SuspendedThere is not null => new Transition.Unchanged(peer),
        _ => Now(peer, peer.Facts with { SuspendedThere = now }),
    };

    public static Transition Resumed(Peer peer) => peer.State switch
    {
        LinkState.Revoked => new Transition.Refused(Ended),
        _ when peer.Facts.SuspendedThere is null => new Transition.Unchanged(peer),
        _ => Now(peer, peer.Facts with { SuspendedThere = null }),
    };

    public static Transition Revoked(Peer peer, Instant now) => peer.State switch
    {
        LinkState.Revoked => new Transition.Unchanged(peer),
        _ => Now(peer, peer.Facts with { Revoked = now, RevokedBy = LinkSide.There }),
    };

    private static Transition.Done Now(Peer peer, LinkFacts facts) => new(peer with { Facts = facts }, null);
}
