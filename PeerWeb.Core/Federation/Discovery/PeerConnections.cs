using System.Collections.Concurrent;
using PeerWeb.Core.Federation.Client.Http;
using PeerWeb.Core.Federation.Signing;
using PeerWeb.Core.Peers;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Core.Federation.Discovery;

/// <summary>One signing connection for each peer, kept as long as its endpoint stays the same.</summary>
public sealed class PeerConnections : IDisposable
{
    private readonly ConcurrentDictionary<(PeerId Peer, Uri Endpoint, Domain Domain), Lazy<PeerConnection>> _connections = new();
    private readonly PeerHttpClientFactory _factory;
    private readonly OwnIdentity _own;
    private readonly IPeerBook _book;
    private readonly KnownKeys _keys;

    public PeerConnections(PeerHttpClientFactory factory, OwnIdentity own, IPeerBook book, KnownKeys keys, PeerMetrics metrics)
    {
        ArgumentNullException.ThrowIfNull(metrics);
        (_factory, _own, _book, _keys) = (factory, own, book, keys);
        metrics.ObserveCircuits(Circuits);
    }

    /// <summary>Null while we do not know where the peer's API is.</summary>
    public PeerConnection? To(Peer peer) => peer.Endpoint is not { } endpoint
        ? null
        : _connections.GetOrAdd((peer.Id, endpoint, peer.Domain), key => new Lazy<PeerConnection>(() => Connect(key.Peer, key.Endpoint, key.Domain))).Value;

    public void Dispose()
    {
        foreach (var connection in _connections.Values.Where(connection => connection.IsValueCreated))
            connection.Value.Dispose();
    }

    // A peer that has moved has a connection to each of its addresses.
    private IEnumerable<(string Domain, bool IsOpen)> Circuits() =>
        from made in _connections
        where made.Value.IsValueCreated
        group made.Value.Value.Circuit.OpenSince is not null by made.Key.Domain.Value into circuits
        select (circuits.Key, circuits.Any(isOpen => isOpen));

    private PeerConnection Connect(PeerId peer, Uri endpoint, Domain domain) =>
        _factory.Create(new PeerTarget(endpoint, domain.Value, cancellation => KeysAsync(peer, cancellation)), _own.SigningKey);

    private async ValueTask<IReadOnlyList<PeerKey>> KeysAsync(PeerId peer, CancellationToken cancellationToken) =>
        await _book.FindAsync(peer, cancellationToken) is { } row && _keys.Of(row.Key) is { } key ? [key] : [];
}
