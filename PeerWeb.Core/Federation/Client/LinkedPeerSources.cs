using System.Runtime.CompilerServices;
using PeerWeb.Core.Federation.Discovery;
using PeerWeb.Core.Federation.Merge;
using PeerWeb.Core.Federation.Signing;
using PeerWeb.Core.Federation.Wire;
using PeerWeb.Core.Peers;
using PeerWeb.Core.Primitives;
using Refit;

namespace PeerWeb.Core.Federation.Client;

/// <summary>The peers with an active link, each over its one signing connection.</summary>
public sealed class LinkedPeerSources(IPeerBook book, PeerConnections connections) : IPeerSources
{
    private static readonly RefitSettings Settings = new(new PeerContentSerializer());

    private readonly ConditionalWeakTable<HttpClient, IPeerApi> _apis = [];

    public async Task<IReadOnlyList<PeerSource>> ListActiveAsync(CancellationToken cancellationToken)
    {
        var peers = await book.ListAsync(cancellationToken);
        return [.. peers
            .Where(peer => peer.State == LinkState.Active)
            .OrderBy(peer => peer.DisplayName, StringComparer.Ordinal)
            .Select(SourceOf)
            .OfType<PeerSource>()];
    }

    public async Task<PeerName?> FindAsync(PeerId peer, CancellationToken cancellationToken) =>
        await book.FindAsync(peer, cancellationToken) is { } row ? new PeerName(row.Id, row.Domain, row.DisplayName) : null;

    private PeerSource? SourceOf(Peer peer)
    {
        if (connections.To(peer) is not { } connection)
            return null;
        var api = _apis.GetValue(connection.Client, client => RestService.For<IPeerApi>(client, Settings));
        return new PeerSource(
            peer.Id, peer.Domain, peer.DisplayName, user => new PeerEntryStore(api, ActorField.Create(user.Value), MergedView.PeerDeadline));
    }
}
