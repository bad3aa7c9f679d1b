using PeerWeb.Core.Entries;
using PeerWeb.Core.Federation.Live;
using PeerWeb.Core.Federation.Merge;
using PeerWeb.Core.Primitives;

namespace PeerWeb.PeerApi.Live;

/// <summary>As long as the installation runs: leases are renewed, and commits are told to the open views here and, as nudges, at peers.</summary>
/// <param name="services">Asked for what signs only once it starts: who signs is known after the start, not when the host is put together.</param>
internal sealed class LiveService(
    IServiceProvider services, CollectionChanges commits, SourceChanges changes, OwnInstallation own) : IHostedService
{
    private Nudges? _nudges;
    private LeaseRenewal? _renewal;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _nudges = services.GetRequiredService<Nudges>();
        _renewal = services.GetRequiredService<LeaseRenewal>();
        commits.Changed += Tell;
        _renewal.Start();
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        commits.Changed -= Tell;
        if (_renewal is not null)
            await _renewal.DisposeAsync();
        if (_nudges is not null)
            await _nudges.DisposeAsync();
    }

    private void Tell(CollectionId collection)
    {
        changes.Announce(new SourceChange(own.Domain, collection, Viewer: null));
        _nudges?.Announce(collection);
    }
}
