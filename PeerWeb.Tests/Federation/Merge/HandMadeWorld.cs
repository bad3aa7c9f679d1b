using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using NodaTime;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Federation.Merge;
using PeerWeb.Core.Primitives;
using PeerWeb.Core.Sharing;
using Xunit;

namespace PeerWeb.Tests.Federation.Merge;

/// <summary>Installations made by hand, of which Sam accepted everything, in a time that stands.</summary>
internal sealed class HandMadeWorld : IPeerSources, IOfferBook
{
    public static readonly AppId App = AppId.Parse("probe");

    public static readonly UserName Sam = UserName.Parse("sam");

    private static readonly TimeSpan HangGuard = TimeSpan.FromSeconds(60);

    private readonly List<(PeerSource Source, Offer Offer)> _peers = [];

    public HandMadeWorld() => View = new MergedView(
        new GuardedEntryStores(Own, Time), this, this, new OfferChanges(), new OwnInstallation(Domain.Parse("home.example"), "Home"), Time, NullLogger<MergedView>.Instance);

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero));

    public HandMadeStore Own { get; } = new(Sam);

    public MergedView View { get; }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>A peer <c>NAME.example</c> of which a collection is shared.</summary>
    public HandMadeStore AddPeer(string name)
    {
        var (store, id, now) = (new HandMadeStore(UserName.Parse("ada")), PeerId.New(), Instant.FromDateTimeOffset(Time.GetUtcNow()));
        var notice = new GrantNotice(GrantId.New(), 1, store.Owner, App, store.Id, [new NamedCollection(store.Id, "ada", null)], store.Owner, Rights.Read);
        _peers.Add((
            new PeerSource(id, Domain.Parse($"{name}.example"), name, _ => store), new Offer(id, notice, now, now, Ended: null, OfferAnswer.Accepted, now)));
        return store;
    }

    public void RemovePeer(string name) => _peers.RemoveAll(peer => peer.Source.Name == name);

    public MergedList Open(int pageSize, QueryCursor? at = null) => View.Open(Sam, new EntryQuery { App = App, Sort = EntrySort.Title, Cursor = at }, pageSize);

    /// <summary>The first page, once everyone has answered or failed.</summary>
    public static async Task<ListSnapshot> FirstAsync(MergedList list)
    {
        await list.MoreAsync(Cancel).WaitAsync(HangGuard, Cancel);
        return await UntilAsync(list, snapshot => !snapshot.IsLoading);
    }

    public static Task<ListSnapshot> MoreAsync(MergedList list) => FirstAsync(list);

    public static async Task<ListSnapshot> UntilAsync(MergedList list, Predicate<ListSnapshot> isIt)
    {
        using var guard = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        guard.CancelAfter(HangGuard);
        if (isIt(list.Current))
            return list.Current;
        await foreach (var snapshot in list.SnapshotsAsync(guard.Token))
        {
            if (isIt(snapshot))
                return snapshot;
        }
        throw new InvalidOperationException("The list ended.");
    }

    public static IEnumerable<string> Titles(ListSnapshot snapshot) => snapshot.Entries.Select(entry => entry.Summary.Title);

    public static SourceStatus? StatusOf(ListSnapshot snapshot, string name) => snapshot.Installations.Single(one => one.Domain.Value == $"{name}.example").Status;

    public Task<IReadOnlyList<PeerSource>> ListActiveAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<PeerSource>>([.. _peers.Select(peer => peer.Source)]);

    public Task<PeerName?> FindAsync(PeerId peer, CancellationToken cancellationToken) => Task.FromResult<PeerName?>(null);

    public Task<IReadOnlyList<Offer>> ListAsync(UserName viewer, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<Offer>>([.. _peers.Select(peer => peer.Offer)]);

    public Task<bool> AnswerAsync(UserName viewer, PeerId peer, GrantId grant, OfferAnswer answer, CancellationToken cancellationToken) => Task.FromResult(false);

    public Task<bool> DismissAsync(UserName viewer, PeerId peer, GrantId grant, CancellationToken cancellationToken) => Task.FromResult(false);
}
