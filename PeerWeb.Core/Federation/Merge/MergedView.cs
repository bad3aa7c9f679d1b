using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using NodaTime;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Primitives;
using PeerWeb.Core.Sharing;

namespace PeerWeb.Core.Federation.Merge;

/// <summary>Who we are, for addresses of our own sources.</summary>
public sealed record OwnInstallation(Domain Domain, string Name);

/// <summary>One question to this installation and every linked peer at once.</summary>
/// <remarks>Of a peer shows what the viewer accepted, and nobody asks for more. A fan-out over stores, not a joined query: a dead, slow, hostile or broken peer is data in the answer, and nothing else waits for it.</remarks>
public sealed class MergedView(
    GuardedEntryStores stores, IPeerSources peers, IOfferBook offers, OfferChanges offerChanges, OwnInstallation own, TimeProvider time, ILogger<MergedView> logger,
    PeerMetrics? metrics = null)
{
    /// <summary>How long a view waits for a peer before it says so.</summary>
    public static readonly TimeSpan PeerDeadline = TimeSpan.FromSeconds(2);

    private readonly GoodAnswers _memory = Remembering(offerChanges);
    private readonly OfferedPeers _offered = new(offers, peers, time);
    private readonly SharedQuestions<(UserName Viewer, Domain Installation, string Query), MergeUpdate.Answered> _questions = new();

    /// <summary>First who is asked, then this installation's answer, then each peer's as it arrives.</summary>
    /// <exception cref="InvalidQueryException">The query itself is wrong; a peer's failure never throws.</exception>
    public async IAsyncEnumerable<MergeUpdate> QueryAsync(
        UserName viewer, EntryQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var asking = new PeerAsking(_memory, time, logger);
        var (asked, over) = await _offered.ListAsync(viewer, query.App, cancellationToken);
        var loading = new SourceStatus(SourceState.Loading, Since: null, Reason: null);
        yield return new MergeUpdate.Asked(
            [new Installation(own.Domain, own.Name, IsOwn: true, Status: null),
                .. asked.Select(peer => new Installation(peer.Domain, peer.Source.Name, IsOwn: false, loading)), .. over.Select(peer => peer.Installation)],
            [.. asked.SelectMany(peer => asking.Expected(peer, viewer, query.App)), .. over.SelectMany(peer => peer.Sources)]);

        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var arrived = Channel.CreateUnbounded<MergeUpdate>();
        var all = Task.WhenAll(asked.Select(peer => AskAsync(peer, arrived.Writer)));
        try
        {
            yield return await AskOwnAsync(viewer, query, cancellationToken);
            foreach (var peer in over)
                yield return Ended(peer);
            for (var left = asked.Count; left > 0; left--)
                yield return await arrived.Reader.ReadAsync(cancellationToken);
        }
        finally
        {
            // A view that is left early takes its questions with it.
            await stopping.CancelAsync();
            await all.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        async Task AskAsync(AcceptedPeer peer, ChannelWriter<MergeUpdate> writer)
        {
            await Task.Yield();
            await writer.WriteAsync(await AskPeerAsync(peer, viewer, query, stopping.Token), stopping.Token);
        }
    }

    /// <summary>Asks one installation again. Whoever asks the same at the same time shares the answer, which never began before the call.</summary>
    /// <returns>Null where nothing of it shows to the viewer.</returns>
    public async Task<MergeUpdate.Answered?> RefreshAsync(UserName viewer, EntryQuery query, Domain installation, CancellationToken cancellationToken)
    {
        if (installation == own.Domain)
            return await AskOwnAsync(viewer, query, cancellationToken);
        var (asked, over) = await _offered.ListAsync(viewer, query.App, cancellationToken);
        if (asked.FirstOrDefault(peer => peer.Domain == installation) is { } accepted)
            return await AskPeerAsync(accepted, viewer, query, cancellationToken);
        return over.FirstOrDefault(peer => peer.Installation.Domain == installation) is { } ended ? Ended(ended) : null;
    }

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

    private static MergeUpdate.Answered Ended(EndedPeer peer) => new(peer.Installation, peer.Sources, Entries: []);

    private Task<MergeUpdate.Answered> AskOwnAsync(UserName viewer, EntryQuery query, CancellationToken cancellationToken) =>
        _questions.AskAsync((viewer, own.Domain, PeerAsking.KeyOf(query)), token => LocalAsync(viewer, query, token), cancellationToken);

    private Task<MergeUpdate.Answered> AskPeerAsync(AcceptedPeer peer, UserName viewer, EntryQuery query, CancellationToken cancellationToken) =>
        _questions.AskAsync(
            (viewer, peer.Domain, $"{PeerAsking.KeyOf(query)}|{peer.Key}"),
            async token =>
            {
                var answered = await new PeerAsking(_memory, time, logger).AskAsync(peer, viewer, query, PeerDeadline, token);
                metrics?.Answered(peer.Domain.Value, answered.Installation.Status?.State ?? SourceState.Live);
                return answered;
            },
            cancellationToken);

    private async Task<MergeUpdate.Answered> LocalAsync(UserName viewer, EntryQuery query, CancellationToken cancellationToken)
    {
        var store = Local(viewer);
        var collections = await store.ListCollectionsAsync(query.App, cancellationToken);
        var answer = await store.QueryAsync(query with { Collections = [.. collections.Select(c => c.Id)] }, cancellationToken);
        var live = new SourceStatus(SourceState.Live, Instant.FromDateTimeOffset(time.GetUtcNow()), AnswerNote.Of(answer));
        var sources = collections.Select(collection => new Source(
            new SourceId(new Address(collection.Owner, own.Domain), collection.App, collection.Id),
            collection.Name, collection.Color, collection.MyRights, collection.Owner == viewer, live)).ToList();
        var ids = sources.ToDictionary(source => source.Id.Collection, source => source.Id);
        return new MergeUpdate.Answered(
            new Installation(own.Domain, own.Name, IsOwn: true, Status: null),
            sources,
            [.. answer.Entries.Select(entry => new MergedEntry(ids[entry.Collection], entry))]);
    }

    // Local groups come with the users' administration; until then nobody is in one.
    private GuardedEntryStore Local(UserName viewer) => stores.For(new Actor.Local(viewer, Groups: []));
}
