using MudBlazor;
using NodaTime;
using PeerWeb.Core.Peers;

namespace PeerWeb.Features.Peers;

/// <summary>A link's state as people see it: icon, words, since when, and what is to be done.</summary>
internal sealed record PeerStateText(string Icon, string Tone, string Label, Instant? Since, string Advice)
{
    public static PeerStateText Of(Peer peer)
    {
        var facts = peer.Facts;
        return peer.State switch
        {
            LinkState.Incoming => new(Icons.Material.Outlined.MoveToInbox, "warn", "Asks to link", facts.AskedThere,
                "Call the other admin, compare both fingerprints, then approve or reject."),
            LinkState.Outgoing => new(Icons.Material.Outlined.Outbox, "plain", "Asked", facts.AskedHere,
                "The other admin has to approve. Compare both fingerprints with them and approve here, too."),
            LinkState.BothAsked => new(Icons.Material.Outlined.SwapHoriz, "warn", "Both asked", Later(facts.AskedHere, facts.AskedThere),
                "Compare both fingerprints with the other admin, then approve."),
            LinkState.ApprovedHere => new(Icons.Material.Outlined.HourglassEmpty, "plain", "Approved here", facts.ApprovedHere, "Waiting for the other side to see the request."),
            LinkState.WaitingTheirs => new(Icons.Material.Outlined.HourglassEmpty, "plain", "Waiting for them", facts.ApprovedHere, "Waiting for the other admin's approval."),
            LinkState.WaitingOurs => new(Icons.Material.Outlined.NotificationsActive, "warn", "Waiting for you", facts.ApprovedThere,
                "The other side approved. Compare both fingerprints and approve here."),
            LinkState.Active => new(Icons.Material.Outlined.CheckCircle, "ok", "Active", Later(facts.ApprovedHere, facts.ApprovedThere), "People can share across this link."),
            LinkState.Rejected => new(Icons.Material.Outlined.Cancel, "plain", facts.RejectedHere is null ? "Rejected there" : "Rejected here",
                Later(facts.RejectedHere, facts.RejectedThere), "Nothing is exchanged."),
            LinkState.Suspended => new(Icons.Material.Outlined.PauseCircle, "warn", Suspended(facts), Later(facts.SuspendedHere, facts.SuspendedThere),
                "Grants are kept and give nothing until it is resumed."),
            LinkState.Blocked => new(Icons.Material.Outlined.GppBad, "danger", "Blocked", facts.Blocked, Blocked(peer)),
            LinkState.Revoked => new(Icons.Material.Outlined.LinkOff, "plain", facts.RevokedBy == LinkSide.There ? "Revoked there" : "Revoked here", facts.Revoked,
                "The link and its grants are over. A new one begins with a new request."),
        };
    }

    private static string Suspended(LinkFacts facts) => facts switch
    {
        { SuspendedHere: not null, SuspendedThere: not null } => "Suspended on both sides",
        { SuspendedHere: not null } => "Suspended here",
        _ => "Suspended there",
    };

    private static string Blocked(Peer peer) => LinkActions.WhyNotApprove(peer)
        ?? "Nothing is exchanged. Ask the other admin on another way whether they have a new key, compare it, and approve it; otherwise revoke the link.";

    private static Instant? Later(Instant? one, Instant? other) => one is null || other > one ? other : one;
}
