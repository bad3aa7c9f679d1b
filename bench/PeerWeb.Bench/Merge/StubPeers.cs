using System.Diagnostics;
using NodaTime;
using PeerWeb.Core.Calendars;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Federation.Merge;
using PeerWeb.Core.Primitives;
using PeerWeb.Core.Sharing;

namespace PeerWeb.Bench.Merge;

/// <summary>Peers that do nothing but wait, each as long as it always does, and then answer a hundred instances.</summary>
internal sealed class StubPeers : IPeerSources, IOfferBook
{
    private const int Instances = 100;

    private static readonly UserName Owner = UserName.Parse("ada");

    private readonly List<(PeerSource Source, Offer Offer)> _peers;

    /// <param name="waits">One peer each; null never answers.</param>
    public StubPeers(IReadOnlyList<TimeSpan?> waits, Instant now) => _peers = [.. waits.Select((wait, i) => PeerOf(i, wait, now))];

    public Task<IReadOnlyList<PeerSource>> ListActiveAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<PeerSource>>([.. _peers.Select(peer => peer.Source)]);

    public Task<PeerName?> FindAsync(PeerId peer, CancellationToken cancellationToken) => Task.FromResult<PeerName?>(null);

    public Task<IReadOnlyList<Offer>> ListAsync(UserName viewer, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<Offer>>([.. _peers.Select(peer => peer.Offer)]);

    public Task<bool> AnswerAsync(UserName viewer, PeerId peer, GrantId grant, OfferAnswer answer, CancellationToken cancellationToken) => Task.FromResult(false);

    public Task<bool> DismissAsync(UserName viewer, PeerId peer, GrantId grant, CancellationToken cancellationToken) => Task.FromResult(false);

    private static (PeerSource, Offer) PeerOf(int number, TimeSpan? wait, Instant now)
    {
        var (id, collection) = (PeerId.New(), CollectionId.New());
        var notice = new GrantNotice(GrantId.New(), 1, Owner, CalendarApp.AppId, collection, [new NamedCollection(collection, "Work", null)], Owner, Rights.Read);
        var store = new StubStore(collection, wait, now);
        return (
            new PeerSource(id, Domain.Parse($"stub{number}.example"), $"Stub {number}", _ => store),
            new Offer(id, notice, now, now, Ended: null, OfferAnswer.Accepted, now));
    }

    private sealed class StubStore(CollectionId id, TimeSpan? wait, Instant now) : IEntryStore
    {
        private readonly List<EntrySummary> _entries = [.. Enumerable.Range(0, Instances).Select(i => new EntrySummary(
            id, Uid.Parse($"u{i}"), ETag.Parse("1.1"), RecurrenceId: null, $"Event {i}",
            EntryTime.Utc(now + Duration.FromHours(i)), EntryTime.Utc(now + Duration.FromHours(i + 1)), IsPrivate: false, "{}"))];

        private static SyncToken Token => SyncToken.Parse("1.1");

        public Task<IReadOnlyList<Collection>> ListCollectionsAsync(AppId app, CancellationToken cancellationToken) => AnswerAsync<IReadOnlyList<Collection>>(
            [new Collection(id, app, Owner, "Work", Color: null, Rights.Read, GrantVersion.Parse("1"), Token)], cancellationToken);

        public Task<QueryAnswer> QueryAsync(EntryQuery query, CancellationToken cancellationToken) =>
            AnswerAsync(new QueryAnswer([new Slice(id, SliceState.Current, Token)], _entries, Next: null), cancellationToken);

        public Task<Entry?> ReadAsync(CollectionId collection, Uid uid, CancellationToken cancellationToken) => throw new UnreachableException();

        public Task<IReadOnlyList<Entry>> ReadAsync(CollectionId collection, IReadOnlyList<Uid> uids, CancellationToken cancellationToken) => throw new UnreachableException();

        public Task<ChangesAnswer> ChangesAsync(CollectionId collection, SyncToken? since, int limit, CancellationToken cancellationToken) => throw new UnreachableException();

        public Task<IReadOnlyList<SaveOutcome>> SaveAsync(IReadOnlyList<EntryWrite> writes, Delivery delivery, CancellationToken cancellationToken) =>
            throw new UnreachableException();

        public Task<SaveOutcome> DeleteAsync(EntryRemoval removal, Delivery delivery, CancellationToken cancellationToken) => throw new UnreachableException();

        private async Task<T> AnswerAsync<T>(T answer, CancellationToken cancellationToken)
        {
            await Task.Delay(wait ?? Timeout.InfiniteTimeSpan, cancellationToken);
            return answer;
        }
    }
}
