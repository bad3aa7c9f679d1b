using PeerWeb.Core.Federation.Wire;

namespace PeerWeb.Core.Federation.Discovery;

/// <summary>Stable problem types of the link calls, beside those of every call.</summary>
public static class LinkProblems
{
    /// <summary>Every slug here, in their order.</summary>
    public static IReadOnlyList<string> All { get; } = PeerProblems.SlugsOf(typeof(LinkProblems));

    /// <summary>What the call asks for does not fit the link as it stands; the detail says why.</summary>
    public const string Refused = "link-refused";

    /// <summary>100 requests wait for an admin; come again later.</summary>
    public const string PendingFull = "link-requests-full";
}
