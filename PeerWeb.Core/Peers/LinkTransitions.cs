using NodaTime;

namespace PeerWeb.Core.Peers;

/// <summary>The steps that we take in the life of a link; pure, each from one row to the next.</summary>
public static class LinkTransitions
{
    /// <summary>Discovery that we fetched confirms the row, or shows another key or installation and blocks it.</summary>
    public static Transition Verify(Peer peer, DiscoveredInstallation found, Instant now)
    {
        if (peer.State == LinkState.Revoked)
            return new Transition.Refused("The link was revoked.");
        if (found.Installation != peer.Installation || found.Key.Thumbprint != peer.Key.Thumbprint)
        {
            var reason = found.Installation != peer.Installation
                ? $"Another installation answers at {peer.Domain}."
                : $"The installation at {peer.Domain} shows another key.";
            var facts = peer.Facts with { Blocked = peer.Facts.Blocked ?? now };
            return new Transition.Done(peer with { Facts = facts, Seen = new OtherKey(found.Installation, found.Key, reason) }, null);
        }
        return new Transition.Done(peer with { Name = found.Name, Endpoint = found.Endpoint, Verified = now }, null);
    }

    /// <summary>We ask; the row is one whose id, key and domain discovery has just confirmed.</summary>
    public static Transition Ask(Peer peer, Home home, Instant now) => peer.State switch
    {
        LinkState.Incoming or LinkState.WaitingOurs when peer.Facts.AskedHere is null => Asked(peer, home, now),
        LinkState.Rejected => Asked(peer, home, now),
        LinkState.Outgoing or LinkState.BothAsked or LinkState.ApprovedHere => new Transition.Unchanged(peer),
        LinkState.Blocked => new Transition.Refused(peer.Seen?.Reason ?? "The link is blocked."),
        LinkState.Revoked => new Transition.Refused("The link was revoked."),
        _ => new Transition.Refused($"There is a link with {peer.Domain} already."),
    };

    public static Transition Approve(Peer peer, Home home, Approval approval, Instant now)
    {
        if (LinkActions.WhyNotApprove(peer) is { } reason)
            return peer.Facts.ApprovedHere is not null && peer.State is not (LinkState.Revoked or LinkState.Blocked)
                ? new Transition.Unchanged(peer)
                : new Transition.Refused(reason);
        var pair = home.PairWith(peer);
        if (approval.Shown != pair)
            return new Transition.Refused("These are not the fingerprints of this link. Compare them again.");
        if (approval.WhyNotCompared is { } wrong)
            return new Transition.Refused(wrong);
        var facts = peer.Facts with { ApprovedHere = now, RejectedHere = null, Blocked = null };
        return new Transition.Done(peer with { Facts = facts, Key = peer.ShownKey, Seen = null, Verified = now }, new LinkMessage.Approve(peer.Names, pair));
    }

    public static Transition Reject(Peer peer, Instant now) => Step(
        peer, LinkActions.WhyNotReject(peer), facts => facts with { RejectedHere = now }, new LinkMessage.Reject(peer.Names));

    public static Transition Suspend(Peer peer, Instant now) => Step(
        peer, LinkActions.WhyNotSuspend(peer), facts => facts with { SuspendedHere = now }, new LinkMessage.Suspend(peer.Names));

    public static Transition Resume(Peer peer) => Step(
        peer, LinkActions.WhyNotResume(peer), facts => facts with { SuspendedHere = null }, new LinkMessage.Resume(peer.Names));

    public static Transition Revoke(Peer peer, Instant now) => Step(
        peer, LinkActions.WhyNotRevoke(peer), facts => facts with { Revoked = now, RevokedBy = LinkSide.Here }, new LinkMessage.Revoke(peer.Names));

    private static Transition.Done Asked(Peer peer, Home home, Instant now) => new(
        peer with { Facts = peer.Facts with { AskedHere = now, RejectedHere = null, RejectedThere = null } },
        new LinkMessage.Request(peer.Names, home.Domain, home.Installation, home.Key));

    private static Transition Step(Peer peer, string? whyNot, Func<LinkFacts, LinkFacts> change, LinkMessage message)
    {
        if (whyNot is not null)
            return new Transition.Refused(whyNot);
        // Whom we never reached by its own discovery is told nothing: its domain is only a claim.
        return new Transition.Done(peer with { Facts = change(peer.Facts) }, peer.Endpoint is null ? null : message);
    }
}
