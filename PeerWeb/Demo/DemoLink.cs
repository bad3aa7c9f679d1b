using PeerWeb.Core.Peers;

namespace PeerWeb.Demo;

/// <summary>Links the demo's installations as their admins would, then has the demo's calendars shared; says so on standard output when it is through.</summary>
/// <remarks>The same use cases as the page behind the buttons: request, open, compare, approve.</remarks>
internal sealed partial class DemoLink(
    DemoSide side, IServiceProvider services, DemoSharing sharing, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<DemoLink> logger)
    : BackgroundService
{
    /// <summary>The line that the demo's parent process waits for.</summary>
    public const string Ready = "peerweb-demo: ready";

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(300);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await StartedAsync(stoppingToken);
        // Not before the start: it needs the key that the start makes.
        var links = services.GetRequiredService<PeerLinks>();
        Peer? active;
        while ((active = await StepAsync(links, stoppingToken)) is null)
            await Task.Delay(Pause, time, stoppingToken);
        while (!await sharing.StepAsync(active.Id, stoppingToken))
            await Task.Delay(Pause, time, stoppingToken);
        Linked(logger);
        await Console.Out.WriteLineAsync(Ready);
    }

    private async Task StartedAsync(CancellationToken cancellationToken)
    {
        var started = new TaskCompletionSource();
        await using var registration = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(cancellationToken);
    }

    /// <returns>The peer once the link is active.</returns>
    private async Task<Peer?> StepAsync(PeerLinks links, CancellationToken cancellationToken)
    {
        var peer = (await links.ListAsync(cancellationToken)).LastOrDefault(row => row.Domain == side.Peer && row.State != LinkState.Revoked);
        switch (peer?.State)
        {
            case null when side.AsksForLink:
                await links.RequestAsync(side.Peer, shown: null, cancellationToken);
                return null;
            case LinkState.Incoming or LinkState.WaitingOurs or LinkState.BothAsked:
                await ApproveAsync(links, peer, cancellationToken);
                return null;
            case LinkState.Active:
                return peer;
            default:
                return null;
        }
    }

    /// <summary>The demo's two installations run on one machine and nobody stands between them: what one shows is what the other would read out.</summary>
    private static async Task ApproveAsync(PeerLinks links, Peer peer, CancellationToken cancellationToken)
    {
        if (peer.Verified is null && await links.OpenAsync(peer.Id, cancellationToken) is Transition.Refused)
            return;
        var home = await links.HomeAsync(cancellationToken);
        await links.ApproveAsync(peer.Id, new Approval(home.PairWith(peer), peer.ShownKey.Thumbprint.Value), cancellationToken);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "The demo's installations are linked and share their calendars")]
    private static partial void Linked(ILogger logger);
}
