using System.Threading.Channels;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using PeerWeb.Core.Federation.Client.Http;
using PeerWeb.Core.Federation.Live;
using PeerWeb.Core.Federation.Merge;
using PeerWeb.Core.Federation.Wire;
using PeerWeb.Core.Primitives;
using Xunit;

namespace PeerWeb.Tests.Federation.Live;

/// <summary>When leases are asked for, in virtual time.</summary>
public sealed class LeaseRenewalTests : IAsyncDisposable
{
    private static readonly TimeSpan HangGuard = TimeSpan.FromSeconds(60);
    private static readonly Domain Home = Domain.Parse("globex.example");
    private static readonly Domain Acme = Domain.Parse("acme.example");
    private static readonly UserName Sam = UserName.Parse("sam");
    private static readonly UserName Grace = UserName.Parse("grace");

    private readonly FakeTimeProvider _time = new();
    private readonly OpenViews _views = new(new OwnInstallation(Home, "Globex"));
    private readonly SourceChanges _changes = new();
    private readonly Channel<WireLease> _sent = Channel.CreateUnbounded<WireLease>();
    private readonly LeaseRenewal _renewal;
    private Func<WireLease, Task<WireLeased>> _answer = lease => Task.FromResult(new WireLeased(lease.Views, 90));

    public LeaseRenewalTests()
    {
        _renewal = new LeaseRenewal(_views, new OnePeer(), SendAsync, _changes, _time, NullLogger<LeaseRenewal>.Instance);
        _renewal.Start();
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _renewal.DisposeAsync();

    [Fact]
    public async Task A_view_is_leased_at_once_and_again_each_minute_as_long_as_it_is_open()
    {
        using var hearing = new Hearing(_changes);
        var source = At(Acme);
        var view = _views.Open(Sam, [source]);

        Assert.Equal([("sam", source.Collection.ToString())], await NextAsync());
        Assert.Equal(new SourceChange(Acme, source.Collection, Sam), await hearing.NextAsync());
        for (var minute = 0; minute < 3; minute++)
        {
            _time.Advance(LeaseRenewal.Every);
            Assert.Single(await NextAsync());
        }
        Assert.Empty(hearing.Rest());

        view.Dispose();
        _time.Advance(LeaseRenewal.Every);
        var other = At(Acme);
        using var later = _views.Open(Grace, [other]);
        Assert.Equal([("grace", other.Collection.ToString())], await NextAsync());
    }

    [Fact]
    public async Task Views_that_open_while_a_lease_is_asked_for_gather_in_one_more()
    {
        var answer = new TaskCompletionSource<WireLeased>();
        _answer = _ => answer.Task;
        using var first = _views.Open(Sam, [At(Acme)]);
        await NextAsync();
        var opened = Enumerable.Range(0, 20).Select(number => _views.Open(number % 2 == 0 ? Sam : Grace, [At(Acme)])).ToList();

        _answer = lease => Task.FromResult(new WireLeased(lease.Views, 90));
        answer.SetResult(new WireLeased([], 90));

        Assert.Equal(21, (await NextAsync()).Count);
        opened.ForEach(view => view.Dispose());
        _time.Advance(LeaseRenewal.Every);
        Assert.Single(await NextAsync());
    }

    [Fact]
    public async Task After_a_gap_in_which_nobody_could_be_told_the_view_asks_again()
    {
        using var hearing = new Hearing(_changes);
        using var view = _views.Open(Sam, [At(Acme)]);
        await NextAsync();
        await hearing.NextAsync();

        _answer = _ => throw new PeerUnavailableException(UnavailableReason.Transport, "Away.");
        _time.Advance(LeaseRenewal.Every);
        await NextAsync();
        _answer = lease => Task.FromResult(new WireLeased(lease.Views, 90));
        _time.Advance(LeaseRenewal.Every);
        await NextAsync();

        Assert.Equal(Sam, (await hearing.NextAsync()).Viewer);
    }

    [Fact]
    public async Task What_the_peer_gives_unasked_is_no_lease()
    {
        using var hearing = new Hearing(_changes);
        var source = At(Acme);
        _answer = _ => Task.FromResult(new WireLeased(
            [new WireOpenView("grace", [source.Collection.ToString()]), new WireOpenView("@", []), new WireOpenView("sam", [CollectionId.New().ToString(), "x", source.Collection.ToString()])], 90));

        using var view = _views.Open(Sam, [source]);

        Assert.Equal(new SourceChange(Acme, source.Collection, Sam), await hearing.NextAsync());
        Assert.Empty(hearing.Rest());
    }

    [Fact]
    public async Task A_message_holds_at_most_500_collections_and_sources_of_our_own_none()
    {
        using var own = _views.Open(Sam, [At(Home)]);
        using var view = _views.Open(Sam, [At(Home), .. Enumerable.Range(0, 1001).Select(_ => At(Acme))]);

        var sizes = new List<int>();
        while (sizes.Count < 3)
            sizes.Add((await NextAsync()).Count);
        Assert.Equal([500, 500, 1], sizes);
        Assert.Equal([Acme], _views.Installations);
    }

    [Fact]
    public void A_source_is_open_until_the_last_view_of_it_is_closed()
    {
        var source = At(Acme);
        var (first, second) = (_views.Open(Sam, [source]), _views.Open(Sam, [source]));

        first.Dispose();
        first.Dispose();
        Assert.True(_views.IsOpen(Acme, source.Collection));
        Assert.False(_views.IsOpen(Domain.Parse("initech.example"), source.Collection));

        second.Dispose();
        Assert.False(_views.IsOpen(Acme, source.Collection));
    }

    private static SourceId At(Domain installation) => new(new Address(UserName.Parse("ada"), installation), AppId.Parse("app"), CollectionId.New());

    private async Task<IReadOnlyList<(string User, string Collection)>> NextAsync()
    {
        var lease = await _sent.Reader.ReadAsync(Cancel).AsTask().WaitAsync(HangGuard, Cancel);
        return [.. lease.Views.SelectMany(view => view.Collections.Select(collection => (view.User, collection)))];
    }

    private Task<WireLeased> SendAsync(PeerId peer, WireLease lease, CancellationToken cancellationToken)
    {
        var answer = _answer;
        _sent.Writer.TryWrite(lease);
        return answer(lease).WaitAsync(cancellationToken);
    }

    private sealed class OnePeer : IPeerSources
    {
        private static readonly PeerSource Peer = new(PeerId.New(), Acme, "Acme", _ => throw new InvalidOperationException("Nobody reads."));

        public Task<IReadOnlyList<PeerSource>> ListActiveAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<PeerSource>>([Peer]);

        public Task<PeerName?> FindAsync(PeerId peer, CancellationToken cancellationToken) => Task.FromResult<PeerName?>(new PeerName(Peer.Id, Peer.Domain, Peer.Name));
    }
}
