using PeerWeb.Core.Federation.Client.Http;
using PeerWeb.Core.Federation.Discovery;
using PeerWeb.Core.Peers;
using PeerWeb.PeerApi.Links;
using PeerWeb.Shell;

namespace PeerWeb.Doctor;

/// <summary>Whether the own domain, asked as others ask it, is answered by this installation.</summary>
internal sealed class AddressExamination(InstallationIdentity identity, DataDirectoryUse use, PeerHttpOptions options, TimeProvider time) : IExamination
{
    public string Subject => "public address";

    public bool IsFoundation => false;

    public bool NeedsNetwork => true;

    public async Task<IReadOnlyList<Finding>> LookAsync(CancellationToken cancellationToken)
    {
        var (home, own) = (identity.Home, identity.Own);
        if (!use.IsServed())
            return [Finding.Warning(Subject, $"PeerWeb does not run here, so {home.Domain} was not asked.", "Start it and look again.")];
        // Seen from here the own domain may well be at a private address; how peers see it is theirs to say.
        var asking = options with { AllowPrivateAddresses = true };
        using var client = new DiscoveryClient(new PeerHttpClientFactory(asking, time), asking);
        try
        {
            var found = await client.FetchAsync(home.Domain, cancellationToken);
            if (found.Installation != home.Installation)
                return [Finding.Error(Subject, $"{home.Domain} is answered by another installation, {found.Installation}.", "Look at the proxy, or at PeerWeb:Domain.")];
            if (found.Key.Thumbprint != home.Key.Thumbprint)
                return [Finding.Error(Subject, $"{home.Domain} shows another key than ours.", "Is a server with an older database still running? Restart it.")];
            return found.Endpoint.Authority == own.EndpointAuthority
                ? [Finding.Ok(Subject, $"{home.Domain} answers as this installation")]
                : [Finding.Error(Subject, $"{home.Domain} names the endpoint {found.Endpoint.Authority}, the settings {own.EndpointAuthority}.", "Run doctor with the settings of the server.")];
        }
        catch (DiscoveryFailedException failed)
        {
            return [Finding.Error(Subject, failed.Message, "Look at DNS, certificate and proxy: /.well-known/peerweb and /.well-known/jwks.json must reach PeerWeb without a redirect.")];
        }
    }
}
