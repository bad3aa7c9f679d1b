using Microsoft.Extensions.Options;
using PeerWeb.Core.Federation.Client;
using PeerWeb.Core.Federation.Merge;
using PeerWeb.Core.Primitives;
using PeerWeb.Core.Sharing;
using PeerWeb.Core.Storage.Peers;
using PeerWeb.PeerApi.Live;
using PeerWeb.PeerApi.Messages;
using PeerWeb.PeerApi.Methods;
using PeerWeb.Shell;

namespace PeerWeb.PeerApi;

/// <summary>Entries between installations: what peers may ask of us, and the merged view that asks them.</summary>
internal static class PeerEntriesSetup
{
    public static IServiceCollection AddPeerEntries(this IServiceCollection services)
    {
        services.AddSingleton<IPeerSources, LinkedPeerSources>();
        services.AddSingleton(provider =>
        {
            var options = provider.GetRequiredService<IOptions<PeerWebOptions>>().Value;
            return new OwnInstallation(Domain.Parse(options.Domain), options.Name);
        });
        services.AddSingleton<SourceChanges>();
        services.AddSingleton(provider =>
        {
            var (offers, sources) = (new OfferChanges(), provider.GetRequiredService<SourceChanges>());
            offers.Changed += change => sources.Announce(new SourceChange(change.Domain, change.Collection, change.Viewer));
            return offers;
        });
        services.AddSingleton<MergedView>();
        services.AddSingleton<MergedSearch>();
        services.AddSingleton<SourceEntries>();
        services.AddSingleton<SourceFiles>();
        services.AddSingleton<IStartupStep, UntoldGrantsStep>();
        foreach (var kind in GrantMessageKinds.All)
            services.AddSingleton<IPeerMessageHandler>(provider => new GrantMessageHandler(kind, provider.GetRequiredService<ReceivedOffers>()));
        return services.AddLive().AddPeerMethods();
    }

    /// <summary>Goes inside of the pages for people and before routing: a nonce is burnt, and may fail to be, while a request is authenticated.</summary>
    public static IApplicationBuilder UsePeerCallBoundary(this IApplicationBuilder app) =>
        app.UseWhen(context => context.Request.Path.StartsWithSegments("/peer", StringComparison.Ordinal), peer => peer.UseMiddleware<PeerCallBoundary>());
}
