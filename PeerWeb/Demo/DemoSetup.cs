using PeerWeb.Shell;

namespace PeerWeb.Demo;

internal static class DemoSetup
{
    public static IServiceCollection AddDemo(this IServiceCollection services, DemoSide side, bool isBlank)
    {
        services.AddSingleton(side);
        services.AddSingleton<IStartupStep, DemoSeed>();
        if (isBlank)
            services.AddHostedService<DemoReady>();
        else
            services.AddSingleton<DemoSharing>().AddHostedService<DemoLink>();
        return services;
    }
}

/// <summary>A blank installation is ready when it listens.</summary>
internal sealed class DemoReady(IHostApplicationLifetime lifetime) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        lifetime.ApplicationStarted.Register(() => Console.Out.WriteLine(DemoLink.Ready));
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
