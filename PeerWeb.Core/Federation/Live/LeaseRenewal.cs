using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using PeerWeb.Core.Federation.Client;
using PeerWeb.Core.Federation.Client.Http;
using PeerWeb.Core.Federation.Merge;
using PeerWeb.Core.Federation.Wire;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Core.Federation.Live;

/// <summary>Asks a peer for leases.</summary>
/// <exception cref="PeerUnavailableException">No answer that counts.</exception>
/// <exception cref="PeerRefusedException">A signed refusal.</exception>
public delegate Task<WireLeased> LeaseSender(PeerId peer, WireLease lease, CancellationToken cancellationToken);

/// <summary>Holds leases for the open views: at once when one opens, then each minute. Each peer has its own turn, so that a slow one holds up no other.</summary>
public sealed partial class LeaseRenewal(
    OpenViews views, IPeerSources peers, LeaseSender send, SourceChanges changes, TimeProvider time, ILogger<LeaseRenewal> logger) : IAsyncDisposable
{
    public static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<Domain, Turns> _turns = new();
    private ITimer? _timer;

    public void Start()
    {
        views.Opened += Renew;
        _timer = time.CreateTimer(_ => RenewAll(), state: null, Every, Every);
    }

    public async ValueTask DisposeAsync()
    {
        views.Opened -= Renew;
        if (_timer is not null)
            await _timer.DisposeAsync();
        foreach (var turns in _turns.Values)
            await turns.DisposeAsync();
    }

    private void RenewAll()
    {
        foreach (var installation in views.Installations)
            Renew(installation);
    }

    private void Renew(Domain installation) => _turns.GetOrAdd(installation, TurnsOf).Ask();

    private Turns TurnsOf(Domain installation)
    {
        var held = new HeldLeases(time);
        return new Turns(cancellationToken => RenewAsync(installation, held, cancellationToken), problem => Failed(logger, problem));
    }

    private async Task RenewAsync(Domain installation, HeldLeases held, CancellationToken cancellationToken)
    {
        var open = views.Of(installation);
        held.KeepOnly(open);
        if (open.Count == 0 || (await peers.ListActiveAsync(cancellationToken)).FirstOrDefault(peer => peer.Domain == installation) is not { } peer)
            return;
        try
        {
            foreach (var part in LeaseWire.Parts(open))
            {
                var asked = part.ToHashSet();
                var given = LeaseWire.Read(await send(peer.Id, LeaseWire.Write(part), cancellationToken)).Where(asked.Contains);
                // What changed between the view's answer and its lease, nobody was told of.
                foreach (var (viewer, collection) in given.Where(held.Add))
                    changes.Announce(new SourceChange(installation, collection, viewer));
            }
        }
        catch (Exception problem) when (problem is PeerUnavailableException or PeerRefusedException)
        {
            var kind = problem.GetType().Name;
            NotLeased(logger, peer.Id, kind);
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "Peer {Peer} gave no leases: {Failure}")]
    private static partial void NotLeased(ILogger logger, PeerId peer, string failure);

    [LoggerMessage(Level = LogLevel.Error, Message = "Renewing leases failed")]
    private static partial void Failed(ILogger logger, Exception problem);
}

/// <summary>What one peer gave, as long as it holds.</summary>
internal sealed class HeldLeases(TimeProvider time)
{
    private readonly Dictionary<(UserName Viewer, CollectionId Collection), long> _since = [];

    /// <summary>Forgets what is not open any more, and what has run out.</summary>
    public void KeepOnly(IEnumerable<(UserName Viewer, CollectionId Collection)> open)
    {
        foreach (var lost in _since.Where(pair => time.GetElapsedTime(pair.Value) >= Leases.Length).Select(pair => pair.Key).Concat(_since.Keys.Except(open)).ToList())
            _since.Remove(lost);
    }

    /// <summary>True where it was not held before.</summary>
    public bool Add((UserName Viewer, CollectionId Collection) lease)
    {
        var isNew = !_since.ContainsKey(lease);
        _since[lease] = time.GetTimestamp();
        return isNew;
    }
}
