using PeerWeb.Core.Federation.Live;
using PeerWeb.PeerApi.Messages;

namespace PeerWeb.PeerApi.Live;

/// <summary>Open views that hear of changes: leases and nudges in both directions.</summary>
internal static class LiveSetup
{
    public static IServiceCollection AddLive(this IServiceCollection services)
    {
        services.AddSingleton<Leases>();
        services.AddSingleton<LeaseGuard>();
        services.AddSingleton<Nudges>();
        services.AddSingleton<OpenViews>();
        services.AddSingleton<LeaseRenewal>();
        services.AddSingleton<DirectMessages>();
        services.AddSingleton<NudgeSender>(provider => provider.GetRequiredService<DirectMessages>().NudgeAsync);
        services.AddSingleton<LeaseSender>(provider => provider.GetRequiredService<DirectMessages>().LeaseAsync);
        services.AddSingleton<IPeerMessageHandler, LeaseMessages>();
        services.AddSingleton<IPeerMessageHandler, NudgeMessages>();
        services.AddHostedService<LiveService>();
        return services;
    }
}
