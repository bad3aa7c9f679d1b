using NodaTime;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Core.Peers;

/// <summary>The decisions about a link that need all rows: a domain and an installation id may be claimed more than once.</summary>
public static class LinkRequests
{
    public const int MaxPending = 100;
    public static readonly Duration PendingLifetime = Duration.FromDays(30);

    /// <summary>We ask the installation that discovery just showed us.</summary>
    public static Transition Ask(IReadOnlyList<Peer> peers, DiscoveredInstallation found, Home home, Instant now)
    {
        var claims = peers.Where(peer => peer.State != LinkState.Revoked).ToList();
        if (claims.Find(peer => peer.Claims(found.Installation, found.Domain, found.Key.Thumbprint)) is { } known)
            return LinkTransitions.Verify(known, found, now) is Transition.Done { Peer: var verified }
                ? LinkTransitions.Ask(verified, home, now)
                : new Transition.Refused("The link was revoked.");
        // A request that nobody opened is a claim of its sender; it must not keep us from asking the real one.
        if (claims.Find(peer => peer.Verified is not null && (peer.Domain == found.Domain || peer.Installation == found.Installation)) is { } proven)
            return proven.Domain == found.Domain
                ? LinkTransitions.Verify(proven, found, now)
                : new Transition.Refused($"This installation is linked already, as {proven.Domain}. Revoke that link first.");
        var peer = new Peer
        {
            Id = PeerId.New(),
            Installation = found.Installation,
            Domain = found.Domain,
            Key = found.Key,
            Name = found.Name,
            Endpoint = found.Endpoint,
            FirstSeen = now,
            Verified = now,
            Facts = new LinkFacts { AskedHere = now },
        };
        return new Transition.Done(peer, new LinkMessage.Request(peer.Names, home.Domain, home.Installation, home.Key));
    }

    public static Transition Approve(Peer peer, IReadOnlyList<Peer> peers, Home home, Approval approval, Instant now) =>
        peers.FirstOrDefault(other => peer.ConflictsWith(other) && other.Facts.ApprovedHere is not null) is { } rival
            ? new Transition.Refused($"Another link with {rival.Domain} or its installation is approved. Revoke that one first.")
            : LinkTransitions.Approve(peer, home, approval, now);

    /// <summary>Somebody asks us, having proven possession of the key and nothing else. Never changes a row but for when it last came.</summary>
    public static BookChange<ReceiveOutcome> Receive(IReadOnlyList<Peer> peers, LinkMessage.Request claim, Home home, Instant now)
    {
        if (claim.Installation == home.Installation || claim.Domain == home.Domain || claim.Key.Thumbprint == home.Key.Thumbprint)
            return Answer(new ReceiveOutcome.Refused("The request claims to come from the installation that it is sent to."));
        // Under another name it is another link: the one it had with us is over there, though we may not have heard so yet.
        var known = peers.FirstOrDefault(peer => peer.State != LinkState.Revoked
            && peer.Claims(claim.Installation, claim.Domain, claim.Key.Thumbprint) && (peer.Theirs is null || peer.Theirs == claim.Link.Sender));
        if (known is not null)
        {
            var facts = known.Facts with { AskedThere = known.Facts.AskedThere ?? now };
            return Answer(new ReceiveOutcome.Accepted(), known with { AskedAgain = now, Theirs = claim.Link.Sender, Facts = facts });
        }
        if (peers.Count(peer => peer.Facts.IsUntouchedHere) >= MaxPending)
            return Answer(new ReceiveOutcome.Full());
        return Answer(new ReceiveOutcome.Accepted(), new Peer
        {
            Id = PeerId.New(),
            Installation = claim.Installation,
            Domain = claim.Domain,
            Key = claim.Key,
            Theirs = claim.Link.Sender,
            FirstSeen = now,
            Facts = new LinkFacts { AskedThere = now },
        });
    }

    /// <summary>The link that a message is about, of those whose key signed it; null where there is none (any more).</summary>
    public static Peer? Named(IReadOnlyList<Peer> peers, KeyThumbprint signer, LinkNames names)
    {
        var links = peers.Where(peer => peer.Key.Thumbprint == signer && (peer.Theirs is null || peer.Theirs == names.Sender)).ToList();
        if (names.Receiver is { } ours)
            return links.Find(peer => LinkId.Of(peer.Id) == ours);
        // Who does not know our name for it yet has heard nothing from us on it: it is the one that has heard nothing from them.
        return links.Find(peer => peer.Theirs is not null) ?? links.Find(peer => peer.State != LinkState.Revoked);
    }

    private static BookChange<ReceiveOutcome> Answer(ReceiveOutcome outcome, params IReadOnlyList<Peer> saved) => new(outcome, saved, []);
}
