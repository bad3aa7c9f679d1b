namespace PeerWeb.Core.Peers;

/// <summary>How a link stands, seen from here. The names are stable: pages, commands and tests read them.</summary>
public enum LinkState
{
    /// <summary>They asked; nothing was done here.</summary>
    Incoming,

    /// <summary>We asked; nothing came back.</summary>
    Outgoing,

    /// <summary>Both asked, neither approved.</summary>
    BothAsked,

    /// <summary>Approved here, and they have neither asked nor approved.</summary>
    ApprovedHere,

    /// <summary>They approved; our approval is missing.</summary>
    WaitingOurs,

    /// <summary>Approved here; they asked and have not approved.</summary>
    WaitingTheirs,

    Active,
    Rejected,
    Suspended,

    /// <summary>Discovery that we fetched shows another key or another installation.</summary>
    Blocked,

    Revoked,
}

public static class LinkStateNames
{
    public static string Name(this LinkState state) => state switch
    {
        LinkState.Incoming => "incoming",
        LinkState.Outgoing => "outgoing",
        LinkState.BothAsked => "both-asked",
        LinkState.ApprovedHere => "approved-here",
        LinkState.WaitingOurs => "waiting-ours",
        LinkState.WaitingTheirs => "waiting-theirs",
        LinkState.Active => "active",
        LinkState.Rejected => "rejected",
        LinkState.Suspended => "suspended",
        LinkState.Blocked => "blocked",
        LinkState.Revoked => "revoked",
    };
}
