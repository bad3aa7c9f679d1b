using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
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

    private readonly MergedQuestions _questions = new(stores, peers, offers, offerChanges, own, time, logger, metrics);

    /// <summary>First who is asked, then this installation's answer, then each peer's as it arrives.</summary>
    /// <param name="query">Where it names collections, entries are asked of these alone, wherever they are; all others are listed.</param>
    /// <exception cref="InvalidQueryException">The query itself is wrong; a peer's failure never throws.</exception>
    public async IAsyncEnumerable<MergeUpdate> QueryAsync(
        UserName viewer, EntryQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var offered = await _questions.ListAsync(viewer, query.App, cancellationToken);
        List<MergeUpdate.Answered> known = [.. offered.Asked.Select(peer => peer.Expected), .. offered.Over];
        yield return new MergeUpdate.Asked([offered.Own, .. known.Select(one => one.Installation)], [.. known.SelectMany(one => one.Sources)]);

        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var arrived = Channel.CreateUnbounded<MergeUpdate>();
        var all = Task.WhenAll(offered.Asked.Select(asked => AskAsync(asked.Peer, arrived.Writer)));
        try
        {
            yield return await _questions.AskOwnAsync(viewer, query, isPage: false, cancellationToken);
            foreach (var ended in offered.Over)
                yield return ended;
            for (var left = offered.Asked.Count; left > 0; left--)
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
            await writer.WriteAsync(await _questions.AskPeerAsync(peer, viewer, query, isPage: false, stopping.Token), stopping.Token);
        }
    }

    /// <summary>Asks one installation again. Whoever asks the same at the same time shares the answer, which never began before the call.</summary>
    /// <returns>Null where nothing of it shows to the viewer.</returns>
    public async Task<MergeUpdate.Answered?> RefreshAsync(UserName viewer, EntryQuery query, Domain installation, CancellationToken cancellationToken)
    {
        if (installation == own.Domain)
            return await _questions.AskOwnAsync(viewer, query, isPage: false, cancellationToken);
        var offered = await _questions.ListAsync(viewer, query.App, cancellationToken);
        return offered.Asked.Where(asked => asked.Peer.Domain == installation).Select(asked => asked.Peer).FirstOrDefault() is { } accepted
            ? await _questions.AskPeerAsync(accepted, viewer, query, isPage: false, cancellationToken)
            : offered.Over.FirstOrDefault(ended => ended.Installation.Domain == installation);
    }

    /// <summary>A list over all installations, page by page as it is scrolled. Nobody is asked before its first <see cref="MergedList.MoreAsync"/>.</summary>
    /// <param name="query">Without a range. A cursor is where the list begins (<see cref="QueryCursor.AtTitle"/>); collections as in <see cref="QueryAsync"/>.</param>
    /// <param name="pageSize">Entries that one installation is asked for at a time, 1 to 1,000.</param>
    public MergedList Open(UserName viewer, EntryQuery query, int pageSize = MergedList.DefaultPageSize) => new(_questions, viewer, query, pageSize);
}
