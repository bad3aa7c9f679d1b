using System.Collections.Concurrent;
using PeerWeb.Core.Federation.Client.Http;
using PeerWeb.Core.Federation.Signing;
using PeerWeb.Core.Peers;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Core.Federation.Discovery;

/// <summary>One signing connection for each peer, kept as long as its endpoint stays the same.</summary>
public sealed class PeerConnections(PeerHttpClientFactory factory, OwnIdentity own, IPeerBook book, KnownKeys keys) : IDisposable
{
    private readonly ConcurrentDictionary<(PeerId Peer, Uri Endpoint, Domain Domain), Lazy<PeerConnection>> _connections = new();

    /// <summary>Null while we do not know where the peer's API is.</summary>
    public PeerConnection? To(Peer peer) => peer.Endpoint is not { } endpoint
        ? null
        : _connections.GetOrAdd((peer.Id, endpoint, peer.Domain), key => new Lazy<PeerConnection>(() => Connect(key.Peer, key.Endpoint, key.Domain))).Value;

    public void Dispose()
    {
        foreach (var connection in _connections.Values.Where(connection => connection.IsValueCreated))
            connection.Value.Dispose();
    }

    private PeerConnection Connect(PeerId peer, Uri endpoint, Domain domain) =>
        factory.Create(new PeerTarget(endpoint, domain.Value, cancellation => KeysAsync(peer, cancellation)), own.SigningKey);

    private async ValueTask<IReadOnlyList<PeerKey>> KeysAsync(PeerId peer, CancellationToken cancellationToken) =>
        await book.FindAsync(peer, cancellationToken) is { } row && keys.Of(row.Key) is { } key ? [key] : [];
}
