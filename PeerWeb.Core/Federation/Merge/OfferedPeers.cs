using NodaTime;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Primitives;
using PeerWeb.Core.Sharing;

namespace PeerWeb.Core.Federation.Merge;

/// <summary>A peer of which a viewer accepted something that stands.</summary>
/// <param name="Ended">What they accepted and was taken back, as long as that shows.</param>
internal sealed record AcceptedPeer(PeerSource Source, IReadOnlyList<Offer> Standing, IReadOnlyList<Source> Ended)
{
    private const int MostPromised = 1000;

    public PeerId Id => Source.Id;

    public Domain Domain => Source.Domain;

    /// <summary>What stands, as text: who accepted more since shares no answer with who asked before.</summary>
    public string Key { get; } = string.Join(',', Standing.Select(offer => $"{offer.Peer}/{offer.Notice.Grant}/{offer.Notice.Version}"));

    /// <summary>What the notices of the offers name; the peer itself has said nothing of it.</summary>
    public IReadOnlyList<Source> Promised { get; } =
        [.. (from offer in Standing
             from named in offer.Notice.Covered
             select new Source(
                 new SourceId(new Address(offer.Notice.Owner, Source.Domain), offer.Notice.App, named.Id), named.Name, named.Color,
                 offer.Notice.Rights.InEffect(), IsMine: false, new SourceStatus(SourceState.Loading, Since: null, Reason: null)))
            .DistinctBy(source => source.Id).Take(MostPromised)];

    public bool Covers(Collection collection) => Standing.Any(offer => offer.Covers(collection.Owner, collection.App, collection.Id));
}

/// <summary>An installation of which nothing stands that the viewer accepted; nobody asks it.</summary>
internal sealed record EndedPeer(Installation Installation, IReadOnlyList<Source> Sources);

/// <summary>Whom a viewer's question goes to: peers without an accepted offer are left alone.</summary>
internal sealed class OfferedPeers(IOfferBook offers, IPeerSources peers, TimeProvider time)
{
    /// <summary>How long what was taken back stays listed, unless the viewer puts it away before.</summary>
    private static readonly Duration ShowEndedFor = Duration.FromDays(7);

    public async Task<(IReadOnlyList<AcceptedPeer> Asked, IReadOnlyList<EndedPeer> Over)> ListAsync(
        UserName viewer, AppId app, CancellationToken cancellationToken)
    {
        var oldest = Instant.FromDateTimeOffset(time.GetUtcNow()) - ShowEndedFor;
        var accepted = (await offers.ListAsync(viewer, cancellationToken))
            .Where(offer => offer.Answer == OfferAnswer.Accepted && offer.Notice.App == app && !(offer.Ended <= oldest)).ToList();
        if (accepted.Count == 0)
            return ([], []);
        var active = await peers.ListActiveAsync(cancellationToken);
        var standing = accepted.Where(offer => offer.Ended is null).ToLookup(offer => offer.Peer);
        var ended = await EndedAsync(accepted, active, cancellationToken);
        var asked = active.Where(peer => standing.Contains(peer.Id))
            .Select(peer => new AcceptedPeer(peer, [.. standing[peer.Id]], [.. ended[peer.Domain].SelectMany(one => one.Sources)])).ToList();
        var over = ended.Where(group => asked.All(peer => peer.Domain != group.Key)).Select(Over).ToList();
        return (asked, over);
    }

    /// <summary>By domain: after a link was made anew, the ended one and the new one are one installation to people.</summary>
    private async Task<ILookup<Domain, (PeerName Peer, IReadOnlyList<Source> Sources)>> EndedAsync(
        List<Offer> accepted, IReadOnlyList<PeerSource> active, CancellationToken cancellationToken)
    {
        var named = new List<(PeerName, IReadOnlyList<Source>)>();
        var seen = new HashSet<SourceId>();
        // What stands at a peer whose link is suspended cannot be asked for: it shows as refused until the link is active again.
        foreach (var offer in accepted.Where(offer => offer.Ended is not null || active.All(source => source.Id != offer.Peer)).OrderByDescending(offer => offer.Ended))
        {
            var peer = active.Where(source => source.Id == offer.Peer).Select(source => new PeerName(source.Id, source.Domain, source.Name)).FirstOrDefault()
                ?? await peers.FindAsync(offer.Peer, cancellationToken);
            if (peer is null)
                continue;
            var standing = accepted.Where(other => other.Ended is null && active.Any(source => source.Id == other.Peer && source.Domain == peer.Domain)).ToList();
            var sources = offer.Notice.Covered
                .Where(collection => !standing.Exists(other => other.Covers(offer.Notice.Owner, offer.Notice.App, collection.Id)))
                .Select(collection => SourceOf(peer, offer, collection))
                .Where(source => seen.Add(source.Id)).ToList();
            if (sources.Count > 0)
                named.Add((peer, sources));
        }
        return named.ToLookup(pair => pair.Item1.Domain);
    }

    private static EndedPeer Over(IGrouping<Domain, (PeerName Peer, IReadOnlyList<Source> Sources)> group)
    {
        var last = group.First();
        return new EndedPeer(
            new Installation(group.Key, last.Peer.Name, IsOwn: false, last.Sources[0].Status), [.. group.SelectMany(one => one.Sources)]);
    }

    private static Source SourceOf(PeerName peer, Offer offer, NamedCollection collection) => new(
        new SourceId(new Address(offer.Notice.Owner, peer.Domain), offer.Notice.App, collection.Id), collection.Name, collection.Color,
        Rights.None, IsMine: false,
        new SourceStatus(SourceState.Refused, offer.Ended, offer switch
        {
            { Ended: null } => "The link with this installation is not active now.",
            { Notice.IsEnd: true } => "It is no longer shared with you.",
            _ => "The link with this installation has ended.",
        }));
}
