using NodaTime;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Core.Peers;

public abstract record LookUpOutcome
{
    private LookUpOutcome()
    {
    }

    public sealed record Found(DiscoveredInstallation Installation) : LookUpOutcome;

    /// <param name="Reason">One sentence for the admin.</param>
    public sealed record Failed(string Reason) : LookUpOutcome;
}

/// <summary>One signed call to a peer that changes nothing on either side.</summary>
public interface ILinkProbe
{
    /// <summary>Asks how the link stands there; a failure is an answer with an error, never thrown.</summary>
    Task<ProbeAnswer> ProbeAsync(PeerId peer, CancellationToken cancellationToken);
}

/// <param name="Error">One sentence; null where a signed answer came.</param>
/// <param name="StateThere">The link's state as the other side names it.</param>
public sealed record ProbeAnswer(string? Error, string? StateThere, Duration? ClockSkew);

/// <summary>How a test of a link went: an error of discovery, or what the signed call came to.</summary>
public sealed record PeerCheck(string? DiscoveryError, ProbeAnswer? Call)
{
    public string? Error => DiscoveryError ?? Call?.Error;
}
