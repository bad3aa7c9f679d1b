namespace PeerWeb.Core.Peers;

/// <summary>What an admin may do with a link as it stands: null, or the reason why not, in a sentence.</summary>
public static class LinkActions
{
    private const string Ended = "The link was revoked. A new one begins with a new request.";

    public static string? WhyNotApprove(Peer peer) => peer.State switch
    {
        LinkState.Revoked => Ended,
        LinkState.Active or LinkState.Suspended => "The link is approved on both sides.",
        LinkState.ApprovedHere or LinkState.WaitingTheirs => "It is approved here; the other side has not answered yet.",
        LinkState.Rejected when peer.Facts.RejectedHere is null => "The other side rejected the request; ask again instead.",
        LinkState.Blocked when peer.Verified is null =>
            "The request does not come from the installation at this domain: its discovery shows another key. Reject it.",
        LinkState.Blocked when peer.Seen?.Installation != peer.Installation =>
            "Another installation answers at this domain now. Revoke this link and request a new one.",
        _ => peer.Verified is null ? "Open the request first, so that its domain is asked for its key." : null,
    };

    public static string? WhyNotReject(Peer peer) => peer.State switch
    {
        LinkState.Incoming or LinkState.BothAsked or LinkState.WaitingOurs => null,
        LinkState.Blocked when peer.Facts.ApprovedHere is null => null,
        LinkState.Revoked => Ended,
        LinkState.Rejected => "It is rejected.",
        LinkState.Outgoing => "There is nothing to reject: the other side has not asked. Revoke takes the request back.",
        _ => "It is approved here; suspend or revoke it.",
    };

    public static string? WhyNotSuspend(Peer peer) => peer.State switch
    {
        LinkState.Active => null,
        LinkState.Suspended when peer.Facts.SuspendedHere is null => null,
        LinkState.Suspended => "It is suspended here.",
        LinkState.Revoked => Ended,
        _ => "Only a link that both sides approved can be suspended.",
    };

    public static string? WhyNotResume(Peer peer) => peer.State switch
    {
        LinkState.Suspended when peer.Facts.SuspendedHere is not null => null,
        LinkState.Suspended => "The other side suspended it and must resume it.",
        LinkState.Revoked => Ended,
        _ => "It is not suspended.",
    };

    public static string? WhyNotRevoke(Peer peer) => peer.State == LinkState.Revoked ? Ended : null;
}
