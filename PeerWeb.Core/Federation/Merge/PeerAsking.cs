using Microsoft.Extensions.Logging;
using NodaTime;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Federation.Client;
using PeerWeb.Core.Federation.Client.Http;
using PeerWeb.Core.Federation.Wire;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Core.Federation.Merge;

/// <summary>Asks one peer for one viewer. Whatever the peer does, what comes back is an update: its answer, or its last good one with the reason.</summary>
internal sealed partial class PeerAsking(GoodAnswers memory, TimeProvider time, ILogger logger)
{
    /// <summary>How long a source that was refused stays listed as such.</summary>
    private static readonly Duration ShowRefusedFor = Duration.FromHours(24);

    public async Task<MergeUpdate.Answered> AskAsync(
        PeerSource peer, UserName viewer, EntryQuery query, TimeSpan deadline, CancellationToken cancellationToken)
    {
        var key = KeyOf(query);
        var known = memory.With(viewer, peer.Id, remembered => remembered.Answers.GetValueOrDefault(key));
        using var limit = new CancellationTokenSource(deadline, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            var store = peer.StoreFor(viewer);
            var tokens = known?.Slices.ToDictionary(pair => pair.Key, pair => pair.Value.Token) ?? [];
            Task<IReadOnlyList<Collection>> ListAsync() => store.ListCollectionsAsync(query.App, either.Token);
            Task<QueryAnswer> QueryAsync() => store.QueryAsync(query with { Collections = null, KnownTokens = tokens }, either.Token);
            var (listing, querying) = (ListAsync(), QueryAsync());
            await Task.WhenAll(listing, querying).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            // After a break the circuit lets one call through; where that one succeeded, the other may follow at once.
            if (IsHeldBack(querying) && listing.IsCompletedSuccessfully)
                querying = QueryAsync();
            else if (IsHeldBack(listing) && querying.IsCompletedSuccessfully)
                listing = ListAsync();
            // The failure itself says more than the circuit that it opened.
            if (IsHeldBack(listing))
                await querying;
            return Good(peer, viewer, key, known, await listing, await querying);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            var kind = exception.GetType().Name;
            PeerFailed(logger, peer.Id, kind);
            return exception is PeerRefusedException { Slug: PeerProblems.LinkNotActive } ? Ended(peer, viewer) : Failed(peer, viewer, key, exception);
        }
    }

    private static bool IsHeldBack(Task call) => PeerUnavailableException.In(call.Exception) is { Reason: UnavailableReason.CircuitOpen };

    /// <summary>What is known of a peer's sources before it answers.</summary>
    public IReadOnlyList<Source> Expected(PeerSource peer, UserName viewer) => memory.With<IReadOnlyList<Source>>(viewer, peer.Id, remembered =>
        [.. (remembered.Collections ?? []).Select(collection => SourceOf(peer, collection, new SourceStatus(SourceState.Loading, Since: null, Reason: null)))]);

    private MergeUpdate.Answered Good(
        PeerSource peer, UserName viewer, string key, GoodAnswer? known, IReadOnlyList<Collection> collections, QueryAnswer answer)
    {
        var now = Now();
        var slices = new Dictionary<CollectionId, GoodSlice>();
        var arrived = answer.Entries.ToLookup(entry => entry.Collection);
        foreach (var slice in answer.Slices)
        {
            if (slice is { State: SliceState.Current, Token: { } token })
                slices[slice.Collection] = new GoodSlice(token, [.. arrived[slice.Collection]]);
            else if (slice.State == SliceState.Unchanged && known?.Slices.GetValueOrDefault(slice.Collection) is { } held)
                slices[slice.Collection] = held;
        }
        var refused = memory.With(viewer, peer.Id, remembered =>
        {
            foreach (var gone in (remembered.Collections ?? []).Where(before => collections.All(current => current.Id != before.Id)))
                remembered.Refused.TryAdd(gone.Id, (gone, now));
            foreach (var (id, entry) in remembered.Refused.ToList())
            {
                if (collections.Any(current => current.Id == id) || now - entry.Since > ShowRefusedFor)
                    remembered.Refused.Remove(id);
            }
            remembered.Collections = collections;
            remembered.FailingSince = null;
            remembered.Answers[key] = new GoodAnswer(now, slices);
            return remembered.Refused.Values.ToList();
        });
        var live = new SourceStatus(SourceState.Live, now, AnswerNote.Of(answer));
        var unsaid = new SourceStatus(SourceState.Offline, now, "It lists this collection and sent nothing of it.");
        var no = refused.Select(entry => SourceOf(
            peer, entry.Collection, new SourceStatus(SourceState.Refused, entry.Since, "It is no longer shared with you.")));
        return new MergeUpdate.Answered(
            new Installation(peer.Domain, peer.Name, IsOwn: false, live),
            [.. collections.Select(collection => SourceOf(peer, collection, IsUnsaid(collection, slices) ? unsaid : live)), .. no],
            Entries(peer, collections, slices));
    }

    /// <summary>The owner said, signed, that the link gives us nothing now: what was held of it goes.</summary>
    private MergeUpdate.Answered Ended(PeerSource peer, UserName viewer)
    {
        var status = new SourceStatus(SourceState.Refused, Now(), "The other installation has suspended or ended the link.");
        return memory.With(viewer, peer.Id, remembered =>
        {
            foreach (var collection in remembered.Collections ?? [])
                remembered.Refused[collection.Id] = (collection, Now());
            remembered.Collections = [];
            remembered.Answers.Clear();
            return new MergeUpdate.Answered(
                new Installation(peer.Domain, peer.Name, IsOwn: false, status),
                [.. remembered.Refused.Values.Select(refused => SourceOf(peer, refused.Collection, status with { Since = refused.Since }))],
                Entries: []);
        });
    }

    /// <summary>To show nothing as the whole of what is there would be a lie.</summary>
    private static bool IsUnsaid(Collection collection, Dictionary<CollectionId, GoodSlice> slices) =>
        collection.MyRights.HasFlag(Rights.Read) && !slices.ContainsKey(collection.Id);

    private MergeUpdate.Answered Failed(PeerSource peer, UserName viewer, string key, Exception exception)
    {
        var now = Now();
        var reason = PeerFailure.ReasonOf(exception);
        return memory.With(viewer, peer.Id, remembered =>
        {
            var failingSince = remembered.FailingSince ??= now;
            var held = remembered.Answers.GetValueOrDefault(key);
            var collections = remembered.Collections ?? [];
            var offline = new SourceStatus(SourceState.Offline, failingSince, reason);
            var status = held is null ? offline : new SourceStatus(SourceState.Stale, held.At, reason);
            return new MergeUpdate.Answered(
                new Installation(peer.Domain, peer.Name, IsOwn: false, status),
                [.. collections.Select(collection => SourceOf(peer, collection, held?.Slices.ContainsKey(collection.Id) == true ? status : offline))],
                Entries(peer, collections, held?.Slices ?? new Dictionary<CollectionId, GoodSlice>()));
        });
    }

    private static List<MergedEntry> Entries(
        PeerSource peer, IReadOnlyList<Collection> collections, IReadOnlyDictionary<CollectionId, GoodSlice> slices) =>
        [.. from collection in collections
            let slice = slices.GetValueOrDefault(collection.Id)
            where slice is not null
            let source = IdOf(peer, collection)
            from entry in slice.Entries
            select new MergedEntry(source, entry)];

    private static Source SourceOf(PeerSource peer, Collection collection, SourceStatus status) =>
        new(IdOf(peer, collection), collection.Name, collection.Color, collection.MyRights, IsMine: false, status);

    private static SourceId IdOf(PeerSource peer, Collection collection) =>
        new(new Address(collection.Owner, peer.Domain), collection.App, collection.Id);

    /// <summary>Tokens are held per question: the same range, zone, text, sort and limit.</summary>
    public static string KeyOf(EntryQuery query) =>
        $"{query.App}|{query.Range?.Start}|{query.Range?.End}|{query.Zone}|{query.Sort}|{query.Limit}|{query.Cursor}|{query.Text}";

    private Instant Now() => Instant.FromDateTimeOffset(time.GetUtcNow());

    [LoggerMessage(Level = LogLevel.Information, Message = "Peer {Peer} gave no answer for a merged view: {Failure}")]
    private static partial void PeerFailed(ILogger logger, PeerId peer, string failure);
}
