using Microsoft.Extensions.Options;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Federation.Discovery;
using PeerWeb.Shell;

namespace PeerWeb.PeerApi.Links;

/// <summary>What this installation says about itself to anyone.</summary>
internal static class DiscoveryEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/.well-known/peerweb", Describe).AllowAnonymous().WithSummary("Who this installation is");
        routes.MapGet("/.well-known/jwks.json", Keys).AllowAnonymous().WithSummary("The keys it signs with");
    }

    private static PeerAnswer<DiscoveryDocument> Describe(InstallationIdentity identity, IOptions<PeerWebOptions> options, IEnumerable<IApp> apps) =>
        new(new DiscoveryDocument(
            identity.Home.Domain.Value,
            identity.Home.Installation.Value,
            identity.Home.Name,
            options.Value.Endpoint.GetLeftPart(UriPartial.Authority),
            ["1"],
            [],
            [.. apps.Select(app => app.Id.Value).Order(StringComparer.Ordinal)]));

    private static PeerAnswer<JsonWebKeySet> Keys(InstallationIdentity identity) => new(new JsonWebKeySet([identity.Home.Key.ToWebKey()]));
}
