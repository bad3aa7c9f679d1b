using Microsoft.Extensions.Options;
using PeerWeb.Core.Federation.Budgets;
using PeerWeb.Core.Federation.Client.Http;
using PeerWeb.Core.Federation.Discovery;
using PeerWeb.Core.Federation.Signing;
using PeerWeb.Core.Federation.Wire;
using PeerWeb.Core.Peers;
using PeerWeb.Core.Sharing;
using PeerWeb.Core.Storage.Peers;
using PeerWeb.Core.Sync;
using PeerWeb.PeerApi.Signing;
using PeerWeb.Shell;

namespace PeerWeb.PeerApi.Links;

/// <summary>Peers and their links: the domain over the entry database, the signed client, the outbox and the endpoints.</summary>
public static class PeerLinksSetup
{
    /// <summary>Goes after the identity store, whose key and id are read at the start, and needs the entry database.</summary>
    public static IServiceCollection AddPeerLinks(this IServiceCollection services)
    {
        services.AddPeerSignature();
        services.AddSingleton<InstallationIdentity>();
        services.AddSingleton<IStartupStep>(provider => provider.GetRequiredService<InstallationIdentity>());
        services.AddSingleton(provider => provider.GetRequiredService<InstallationIdentity>().Own);
        services.AddSingleton<HomeSource>(provider => _ => ValueTask.FromResult(provider.GetRequiredService<InstallationIdentity>().Home));

        services.AddSingleton<PeerChanges>();
        services.AddSingleton<OutboxSignal>();
        services.AddSingleton<IPeerBook, SqlPeerBook>();
        services.AddSingleton<IOutboxStore, SqlOutboxStore>();
        services.AddSingleton<INonceBook, SqlNonceBook>();
        services.AddSingleton<KnownKeys>();
        services.AddSingleton<IPeerKeyDirectory, PeerKeyDirectory>();
        services.AddSingleton<INonceLedger, NonceLedger>();

        services.AddSingleton(provider => BudgetOptions(provider.GetRequiredService<IOptions<PeerWebOptions>>().Value));
        services.AddSingleton<UnsignedBudgets>();
        services.AddSingleton(provider => HttpOptions(provider.GetRequiredService<IOptions<PeerWebOptions>>().Value));
        services.AddSingleton<PeerHttpClientFactory>();
        services.AddSingleton<PeerConnections>();
        services.AddSingleton<IDiscoveryClient, DiscoveryClient>();
        services.AddSingleton<PeerMessageTransport>();
        services.AddSingleton<IMessageTransport>(provider => provider.GetRequiredService<PeerMessageTransport>());
        services.AddSingleton<ILinkProbe>(provider => provider.GetRequiredService<PeerMessageTransport>());
        services.AddSingleton<IMethodsProbe>(provider => provider.GetRequiredService<PeerMessageTransport>());
        foreach (var route in LinkWire.Routes.Concat(GrantWire.Routes))
            services.AddSingleton(route);

        services.AddSingleton<LinkMessageWriter>(LinkWire.Write);
        services.AddSingleton<GrantNoticeWriter>(GrantWire.Write);
        services.AddSingleton<GrantNoticeReader>(GrantWire.Read);
        services.AddSingleton<PeerLinks>();
        services.AddSingleton<ReceivedLinks>();
        services.AddSingleton<MessageOutbox>();
        services.AddHostedService<OutboxSender>();
        return services.AddRateLimiter(limiter => limiter.AddPolicy<UInt128, LinkRequestLimit>(LinkRequestLimit.Policy));
    }

    /// <summary>Discovery and the calls of a link's life.</summary>
    public static IEndpointRouteBuilder MapPeerLinks(this IEndpointRouteBuilder routes)
    {
        DiscoveryEndpoints.Map(routes);
        LinkEndpoints.Map(routes);
        return routes;
    }

    private static PeerHttpOptions HttpOptions(PeerWebOptions options) =>
        new() { AllowPlainHttp = options.AllowPlainHttp, AllowPrivateAddresses = options.AllowPrivateAddresses, Budget = BudgetOptions(options) };

    private static PeerBudgetOptions BudgetOptions(PeerWebOptions options) =>
        new() { RequestsPerMinute = options.PeerRequestsPerMinute, BytesPerMinute = options.PeerMegabytesPerMinute * 1024L * 1024L };
}
