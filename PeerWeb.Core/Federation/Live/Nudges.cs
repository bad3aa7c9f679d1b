using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using PeerWeb.Core.Federation.Client;
using PeerWeb.Core.Federation.Client.Http;
using PeerWeb.Core.Federation.Wire;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Core.Federation.Live;

/// <summary>Carries a nudge to its peer, once.</summary>
/// <exception cref="PeerUnavailableException">No answer that counts.</exception>
/// <exception cref="PeerRefusedException">A signed refusal.</exception>
public delegate Task NudgeSender(PeerId peer, WireNudge nudge, CancellationToken cancellationToken);

/// <summary>Tells peers that hold a lease of a collection that it changed. A nudge that does not arrive is dropped: open views ask by themselves as well.</summary>
public sealed partial class Nudges(Leases leases, LeaseGuard guard, NudgeSender send, TimeProvider time, ILogger<Nudges> logger) : IAsyncDisposable
{
    private readonly ConcurrentDictionary<PeerId, NudgeLane> _lanes = new();

    /// <summary>After a commit; returns at once and never throws.</summary>
    public void Announce(CollectionId changed)
    {
        foreach (var peer in leases.PeersOf(changed))
            _lanes.GetOrAdd(peer, LaneTo).Add(changed);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var lane in _lanes.Values)
            await lane.DisposeAsync();
    }

    private NudgeLane LaneTo(PeerId peer) =>
        new((changed, cancellationToken) => SendAsync(peer, changed, cancellationToken), time, problem => Failed(logger, peer, problem));

    private async Task SendAsync(PeerId peer, IReadOnlyList<CollectionId> changed, CancellationToken cancellationToken)
    {
        var read = await guard.StillReadAsync(peer, changed, cancellationToken);
        if (read.Count == 0)
            return;
        try
        {
            await send(peer, new WireNudge(LiveMessageKinds.Nudge, [.. read.Select(id => id.ToString())]), cancellationToken);
        }
        catch (Exception problem) when (problem is PeerUnavailableException or PeerRefusedException)
        {
            var kind = problem.GetType().Name;
            Dropped(logger, peer, kind);
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "A nudge to peer {Peer} was dropped: {Failure}")]
    private static partial void Dropped(ILogger logger, PeerId peer, string failure);

    [LoggerMessage(Level = LogLevel.Error, Message = "Nudging peer {Peer} failed")]
    private static partial void Failed(ILogger logger, PeerId peer, Exception problem);
}
