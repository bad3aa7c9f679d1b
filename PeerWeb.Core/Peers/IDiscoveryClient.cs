using PeerWeb.Core.Primitives;

namespace PeerWeb.Core.Peers;

/// <summary>Fetches what an installation says about itself, from its own domain, through the guard against private addresses.</summary>
public interface IDiscoveryClient
{
    /// <exception cref="DiscoveryFailedException">Not reached, not understood, or it calls itself by another domain.</exception>
    Task<DiscoveredInstallation> FetchAsync(Domain domain, CancellationToken cancellationToken);
}

/// <summary>An installation's discovery with the key it signs with.</summary>
/// <param name="Domain">The one that was asked.</param>
/// <param name="Name">For people; at most 100 characters, no control characters.</param>
/// <param name="Endpoint">Origin of its peer API.</param>
public sealed record DiscoveredInstallation(
    Domain Domain,
    InstallationId Installation,
    string Name,
    Uri Endpoint,
    PublicKey Key,
    IReadOnlyList<string> ApiVersions,
    IReadOnlyList<string> Capabilities,
    IReadOnlyList<AppId> Apps);

/// <summary>Discovery did not succeed; the message is one sentence for the admin.</summary>
public sealed class DiscoveryFailedException(string reason, Exception? inner = null) : Exception(reason, inner);
