using Microsoft.Extensions.Logging;
using NodaTime;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Primitives;
using PeerWeb.Core.Sharing;

namespace PeerWeb.Core.Federation.Merge;

/// <summary>What views and lists of this process ask installations, and what these last said. Whoever asks the same at the same time shares the answer.</summary>
internal sealed class MergedQuestions(
    GuardedEntryStores stores, IPeerSources peers, IOfferBook offers, OfferChanges offerChanges, OwnInstallation own, TimeProvider time, ILogger logger, PeerMetrics? metrics)
{
    private readonly GoodAnswers _memory = Remembering(offerChanges);
    private readonly OfferedPeers _offered = new(offers, peers, time);
    private readonly SharedQuestions<(UserName Viewer, Domain Installation, string Query), MergeUpdate.Answered> _questions = new();

    public Domain Own => own.Domain;

    /// <summary>Everyone a question of the viewer goes to, before anybody answered.</summary>
    public async Task<OfferedInstallations> ListAsync(UserName viewer, AppId app, CancellationToken cancellationToken)
    {
        var (asked, over) = await _offered.ListAsync(viewer, app, cancellationToken);
        var asking = new PeerAsking(_memory, time, logger);
        var loading = new SourceStatus(SourceState.Loading, Since: null, Reason: null);
        return new OfferedInstallations(
            new Installation(own.Domain, own.Name, IsOwn: true, Status: null),
            [.. asked.Select(peer => (
                peer, new MergeUpdate.Answered(new Installation(peer.Domain, peer.Source.Name, IsOwn: false, loading), asking.Expected(peer, viewer, app), Entries: [])))],
            [.. over.Select(peer => new MergeUpdate.Answered(peer.Installation, peer.Sources, Entries: []))]);
    }

    /// <param name="isPage">The first page of a list; what follows is asked by <see cref="MoreAsync"/>.</param>
    /// <exception cref="InvalidQueryException">The query itself is wrong.</exception>
    public Task<MergeUpdate.Answered> AskOwnAsync(UserName viewer, EntryQuery query, bool isPage, CancellationToken cancellationToken) =>
        _questions.AskAsync((viewer, own.Domain, KeyOf(query, isPage)), token => LocalAsync(viewer, query, isPage, token), cancellationToken);

    /// <inheritdoc cref="AskOwnAsync"/>
    public Task<MergeUpdate.Answered> AskPeerAsync(AcceptedPeer peer, UserName viewer, EntryQuery query, bool isPage, CancellationToken cancellationToken) =>
        _questions.AskAsync(
            (viewer, peer.Domain, $"{KeyOf(query, isPage)}|{peer.Key}"),
            async token =>
            {
                var answered = await new PeerAsking(_memory, time, logger, isPage).AskAsync(peer, viewer, query, MergedView.PeerDeadline, token);
                metrics?.Answered(peer.Domain.Value, answered.Installation.Status?.State ?? SourceState.Live);
                return answered;
            },
            cancellationToken);

    /// <summary>A further page of a list.</summary>
    /// <param name="peer">Null: of this installation.</param>
    /// <param name="query">With its cursor, and the collections that the first page named.</param>
    /// <returns>The page, or why a peer gave none.</returns>
    public async Task<(QueryAnswer? Page, string? Failure)> MoreAsync(AcceptedPeer? peer, UserName viewer, EntryQuery query, CancellationToken cancellationToken) =>
        peer is null
            ? (await Local(viewer).QueryAsync(query, cancellationToken), null)
            : await new PeerAsking(_memory, time, logger, isPage: true).MoreAsync(peer, viewer, query, MergedView.PeerDeadline, cancellationToken);

    public Instant Now => Instant.FromDateTimeOffset(time.GetUtcNow());

    private static string KeyOf(EntryQuery query, bool isPage) => (isPage ? "page|" : string.Empty) + PeerAsking.KeyOf(query);

    private static GoodAnswers Remembering(OfferChanges changes)
    {
        var memory = new GoodAnswers();
        changes.Changed += change =>
        {
            if (change.IsGone)
                memory.Drop(change.Peer, change.Collection, change.Viewer);
        };
        return memory;
    }

    private async Task<MergeUpdate.Answered> LocalAsync(UserName viewer, EntryQuery query, bool isPage, CancellationToken cancellationToken)
    {
        var store = Local(viewer);
        var collections = await store.ListCollectionsAsync(query.App, cancellationToken);
        var asked = collections.Select(collection => collection.Id).Where(id => query.Collections?.Contains(id) != false);
        var answer = await store.QueryAsync(query with { Collections = [.. asked] }, cancellationToken);
        var live = new SourceStatus(SourceState.Live, Now, AnswerNote.Of(answer, isPage));
        var sources = collections.Select(collection => new Source(
            new SourceId(new Address(collection.Owner, own.Domain), collection.App, collection.Id),
            collection.Name, collection.Color, collection.MyRights, collection.Owner == viewer, live)).ToList();
        var ids = sources.ToDictionary(source => source.Id.Collection, source => source.Id);
        return new MergeUpdate.Answered(
            new Installation(own.Domain, own.Name, IsOwn: true, Status: null),
            sources,
            [.. answer.Entries.Select(entry => new MergedEntry(ids[entry.Collection], entry))])
        {
            Next = answer.Next,
        };
    }

    // Local groups come with the users' administration; until then nobody is in one.
    private GuardedEntryStore Local(UserName viewer) => stores.For(new Actor.Local(viewer, Groups: []));
}

/// <summary>Whom a question of a viewer goes to.</summary>
/// <param name="Asked">Peers of which something stands that the viewer accepted, each with what is known before it answers.</param>
/// <param name="Over">Those of which nothing stands any more; nobody asks them.</param>
internal sealed record OfferedInstallations(
    Installation Own, IReadOnlyList<(AcceptedPeer Peer, MergeUpdate.Answered Expected)> Asked, IReadOnlyList<MergeUpdate.Answered> Over);
