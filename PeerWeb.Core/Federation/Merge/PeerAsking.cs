using Microsoft.Extensions.Logging;
using NodaTime;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Federation.Client;
using PeerWeb.Core.Federation.Client.Http;
using PeerWeb.Core.Federation.Wire;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Core.Federation.Merge;

/// <summary>Asks one peer for one viewer. Whatever the peer does, what comes back is an update: its answer, or its last good one with the reason.</summary>
/// <param name="isPage">The question is for the first page of a list, which goes on: whole, without known tokens.</param>
internal sealed partial class PeerAsking(GoodAnswers memory, TimeProvider time, ILogger logger, bool isPage = false)
{
    private const string NotShared = "It is no longer shared with you.";

    /// <summary>How long a source that was refused stays listed as such.</summary>
    private static readonly Duration ShowRefusedFor = Duration.FromHours(24);

    public async Task<MergeUpdate.Answered> AskAsync(
        AcceptedPeer peer, UserName viewer, EntryQuery query, TimeSpan deadline, CancellationToken cancellationToken)
    {
        var question = memory.With(viewer, peer.Id, query.App, remembered =>
        {
            remembered.Keep(peer.Covers);
            // However long the page that was held: it is the list's beginning.
            var key = isPage ? $"list|{KeyOf(query with { Limit = 1 })}" : KeyOf(query);
            return new Question(peer, viewer, query, key, remembered.Answers.GetValueOrDefault(key), remembered.Collections ?? [], remembered.Drops);
        });
        var wanted = question.Before.Select(collection => collection.Id).Union(peer.Promised.Select(source => source.Id.Collection)).Where(question.Concerns).ToList();
        using var limit = new CancellationTokenSource(deadline, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            var store = peer.Source.StoreFor(viewer);
            Task<IReadOnlyList<Collection>> ListAsync() => store.ListCollectionsAsync(query.App, either.Token);
            Task<QueryAnswer> QueryAsync(IReadOnlyList<CollectionId> among) => among.Count == 0 && query.Collections is not null
                ? Task.FromResult(new QueryAnswer([], [], Next: null))
                : store.QueryAsync(query with { Collections = among.Count == 0 ? null : among, KnownTokens = TokensOf(question.Known, among) }, either.Token);
            var (listing, querying) = (ListAsync(), QueryAsync(wanted));
            await Task.WhenAll(listing, querying).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            // After a break the circuit lets one call through; where that one succeeded, the other may follow at once.
            if (IsHeldBack(querying) && listing.IsCompletedSuccessfully)
                querying = QueryAsync(wanted);
            else if (IsHeldBack(listing) && querying.IsCompletedSuccessfully)
                listing = ListAsync();
            // The failure itself says more than the circuit that it opened.
            if (IsHeldBack(listing))
                await querying;
            var collections = (await listing).Where(peer.Covers).ToList();
            var answer = await querying;
            var unasked = collections.Select(collection => collection.Id).Where(question.Concerns).Except(wanted).ToList();
            if ((wanted.Count > 0 || query.Collections is not null) && unasked.Count > 0)
                answer = Joined(query, answer, await QueryAsync(unasked));
            return Good(question, collections, answer);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            var kind = exception.GetType().Name;
            PeerFailed(logger, peer.Id, kind);
            return exception is PeerRefusedException { Slug: PeerProblems.LinkNotActive } ? Ended(question) : Failed(question, exception);
        }
    }

    /// <summary>A further page of a list: one call, of which nothing is remembered.</summary>
    /// <param name="query">With its cursor, and the collections that the first page named.</param>
    /// <returns>The page, or why there is none.</returns>
    public async Task<(QueryAnswer? Page, string? Failure)> MoreAsync(
        AcceptedPeer peer, UserName viewer, EntryQuery query, TimeSpan deadline, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(deadline, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return (await peer.Source.StoreFor(viewer).QueryAsync(query, either.Token), null);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            var kind = exception.GetType().Name;
            PeerFailed(logger, peer.Id, kind);
            return (null, PeerFailure.ReasonOf(exception));
        }
    }

    /// <remarks>Of a page nothing is known: its slices end together.</remarks>
    private Dictionary<CollectionId, SyncToken> TokensOf(GoodAnswer? known, IReadOnlyList<CollectionId> among) =>
        ((isPage ? null : known)?.Slices ?? new Dictionary<CollectionId, GoodSlice>()).Where(slice => among.Contains(slice.Key)).ToDictionary(slice => slice.Key, slice => slice.Value.Token);

    private QueryAnswer Joined(EntryQuery query, QueryAnswer answer, QueryAnswer rest)
    {
        var order = QueryOrder.OfList(query.Sort);
        // Two pages together go as far as the shorter one.
        var next = isPage && answer.Next is { } left && rest.Next is { } right ? order.Compare(left, right) < 0 ? left : right : answer.Next ?? rest.Next;
        IEnumerable<EntrySummary> entries = [.. answer.Entries, .. rest.Entries];
        if (isPage && next is not null)
        {
            var isAfter = order.After(next);
            entries = entries.Where(entry => !isAfter(order.Place(entry)));
        }
        return new QueryAnswer([.. answer.Slices, .. rest.Slices], [.. entries], next) { UnreadableCount = answer.UnreadableCount + rest.UnreadableCount };
    }

    private static bool IsHeldBack(Task call) => PeerUnavailableException.In(call.Exception) is { Reason: UnavailableReason.CircuitOpen };

    /// <summary>What is known of a peer's sources before it answers.</summary>
    public IReadOnlyList<Source> Expected(AcceptedPeer peer, UserName viewer, AppId app) => memory.With<IReadOnlyList<Source>>(viewer, peer.Id, app, remembered =>
    {
        remembered.Keep(peer.Covers);
        var loading = new SourceStatus(SourceState.Loading, Since: null, Reason: null);
        var expected = remembered.Collections is { } collections ? collections.Select(collection => SourceOf(peer, collection, loading)) : peer.Promised;
        return [.. expected, .. peer.Ended];
    });

    private MergeUpdate.Answered Good(Question question, IReadOnlyList<Collection> collections, QueryAnswer answer)
    {
        var peer = question.Peer;
        var now = Now();
        var slices = new Dictionary<CollectionId, GoodSlice>();
        var arrived = answer.Entries.ToLookup(entry => entry.Collection);
        foreach (var slice in answer.Slices)
        {
            if (slice is { State: SliceState.Current, Token: { } token })
                slices[slice.Collection] = new GoodSlice(token, [.. arrived[slice.Collection]]);
            else if (slice.State == SliceState.Unchanged && question.Known?.Slices.GetValueOrDefault(slice.Collection) is { } held)
                slices[slice.Collection] = held;
        }
        var refused = memory.With(question.Viewer, peer.Id, question.App, remembered =>
        {
            foreach (var gone in question.Before.Where(earlier => collections.All(current => current.Id != earlier.Id)))
                remembered.Refused.TryAdd(gone.Id, (gone, now));
            foreach (var (id, entry) in remembered.Refused.ToList())
            {
                if (collections.Any(current => current.Id == id) || now - entry.Since > ShowRefusedFor)
                    remembered.Refused.Remove(id);
            }
            remembered.FailingSince = null;
            if (remembered.Drops == question.Drops)
            {
                remembered.Collections = collections;
                // What is typed into a search box is not asked again, and would push out what is.
                if (question.Query is not { Range: null, Text: not null })
                    remembered.Answers[question.Key] = new GoodAnswer(now, slices, answer.Next);
            }
            return remembered.Refused.Values.ToList();
        });
        var live = new SourceStatus(SourceState.Live, now, AnswerNote.Of(answer, isPage));
        var unsaid = new SourceStatus(SourceState.Offline, now, "It lists this collection and sent nothing of it.");
        var no = refused.Select(entry => SourceOf(peer, entry.Collection, new SourceStatus(SourceState.Refused, entry.Since, NotShared)));
        // The owner's signed listing counts before the notice that is still on its way.
        var taken = Unlisted(peer, collections.Concat(refused.Select(entry => entry.Collection)), new SourceStatus(SourceState.Refused, Since: null, NotShared));
        return new MergeUpdate.Answered(
            new Installation(peer.Domain, peer.Source.Name, IsOwn: false, live),
            [.. collections.Select(collection => SourceOf(peer, collection, question.Concerns(collection.Id) && IsUnsaid(collection, slices) ? unsaid : live)), .. no, .. taken, .. peer.Ended],
            Entries(peer, collections, slices))
        {
            Next = answer.Next,
        };
    }

    /// <summary>The owner said, signed, that the link gives us nothing now: what was held of it goes.</summary>
    private MergeUpdate.Answered Ended(Question question)
    {
        var peer = question.Peer;
        var status = new SourceStatus(SourceState.Refused, Now(), "The other installation has suspended or ended the link.");
        return memory.With(question.Viewer, peer.Id, question.App, remembered =>
        {
            foreach (var collection in remembered.Collections ?? [])
                remembered.Refused[collection.Id] = (collection, Now());
            remembered.Collections = [];
            remembered.Answers.Clear();
            var refused = remembered.Refused.Values.Select(refused => SourceOf(peer, refused.Collection, status with { Since = refused.Since }));
            return new MergeUpdate.Answered(
                new Installation(peer.Domain, peer.Source.Name, IsOwn: false, status),
                [.. refused, .. Unlisted(peer, remembered.Refused.Values.Select(one => one.Collection), status), .. peer.Ended],
                Entries: []);
        });
    }

    /// <summary>What was accepted by its offer and is not among what the owner's answer speaks of.</summary>
    private static IEnumerable<Source> Unlisted(AcceptedPeer peer, IEnumerable<Collection> spoken, SourceStatus status)
    {
        var known = spoken.Select(collection => collection.Id).ToHashSet();
        return peer.Promised.Where(source => !known.Contains(source.Id.Collection)).Select(source => source with { MyRights = Rights.None, Status = status });
    }

    /// <summary>To show nothing as the whole of what is there would be a lie.</summary>
    private static bool IsUnsaid(Collection collection, Dictionary<CollectionId, GoodSlice> slices) =>
        collection.MyRights.HasFlag(Rights.Read) && !slices.ContainsKey(collection.Id);

    private MergeUpdate.Answered Failed(Question question, Exception exception)
    {
        var peer = question.Peer;
        var now = Now();
        var reason = PeerFailure.ReasonOf(exception);
        return memory.With(question.Viewer, peer.Id, question.App, remembered =>
        {
            var failingSince = remembered.FailingSince ??= now;
            var held = remembered.Answers.GetValueOrDefault(question.Key);
            var collections = remembered.Collections ?? [];
            var offline = new SourceStatus(SourceState.Offline, failingSince, reason);
            var status = held is null ? offline : new SourceStatus(SourceState.Stale, held.At, reason);
            var sources = remembered.Collections is null
                ? peer.Promised.Select(source => source with { Status = offline })
                : collections.Select(collection => SourceOf(peer, collection, held?.Slices.ContainsKey(collection.Id) == true ? status : offline));
            return new MergeUpdate.Answered(
                new Installation(peer.Domain, peer.Source.Name, IsOwn: false, status),
                [.. sources, .. peer.Ended],
                Entries(peer, collections, held?.Slices ?? new Dictionary<CollectionId, GoodSlice>()))
            {
                Next = held?.Next,
            };
        });
    }

    private static List<MergedEntry> Entries(
        AcceptedPeer peer, IReadOnlyList<Collection> collections, IReadOnlyDictionary<CollectionId, GoodSlice> slices) =>
        [.. from collection in collections
            let slice = slices.GetValueOrDefault(collection.Id)
            where slice is not null
            let source = IdOf(peer, collection)
            from entry in slice.Entries
            select new MergedEntry(source, entry)];

    private static Source SourceOf(AcceptedPeer peer, Collection collection, SourceStatus status) =>
        new(IdOf(peer, collection), collection.Name, collection.Color, collection.MyRights, IsMine: false, status);

    private static SourceId IdOf(AcceptedPeer peer, Collection collection) =>
        new(new Address(collection.Owner, peer.Domain), collection.App, collection.Id);

    /// <summary>Tokens are held per question: the same range, zone, text, sort and limit.</summary>
    public static string KeyOf(EntryQuery query) =>
        $"{query.App}|{query.Range?.Start}|{query.Range?.End}|{query.Zone}|{query.Sort}|{query.Limit}|{query.Cursor}|{string.Join(',', query.Collections ?? [])}|{query.Text}";

    private Instant Now() => Instant.FromDateTimeOffset(time.GetUtcNow());

    /// <param name="Known">What was held when it was asked, and <paramref name="Before"/> the collections there were.</param>
    private sealed record Question(
        AcceptedPeer Peer, UserName Viewer, EntryQuery Query, string Key, GoodAnswer? Known, IReadOnlyList<Collection> Before, int Drops)
    {
        public AppId App => Query.App;

        /// <summary>Whether it is asked of this collection, or only what the collection is called.</summary>
        public bool Concerns(CollectionId collection) => Query.Collections?.Contains(collection) != false;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Peer {Peer} gave no answer for a merged view: {Failure}")]
    private static partial void PeerFailed(ILogger logger, PeerId peer, string failure);
}
