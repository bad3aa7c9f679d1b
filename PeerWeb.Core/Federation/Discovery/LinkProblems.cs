namespace PeerWeb.Core.Federation.Discovery;

/// <summary>Stable problem types of the link calls, beside those of every call.</summary>
public static class LinkProblems
{
    /// <summary>What the call asks for does not fit the link as it stands; the detail says why.</summary>
    public const string Refused = "link-refused";

    /// <summary>100 requests wait for an admin; come again later.</summary>
    public const string PendingFull = "link-requests-full";
}
