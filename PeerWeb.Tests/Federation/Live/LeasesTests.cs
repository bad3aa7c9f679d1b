using Microsoft.Extensions.Time.Testing;
using PeerWeb.Core.Federation.Live;
using PeerWeb.Core.Primitives;
using PeerWeb.Core.Sharing;
using Xunit;

namespace PeerWeb.Tests.Federation.Live;

public sealed class LeasesTests
{
    private static readonly AppId App = AppId.Parse("app");
    private static readonly PeerId Globex = PeerId.New();
    private static readonly PeerId Initech = PeerId.New();

    private readonly FakeTimeProvider _time = new();
    private readonly Leases _leases;

    public LeasesTests() => _leases = new Leases(_time);

    [Fact]
    public void A_lease_ends_after_90_seconds_unless_it_is_given_anew()
    {
        var (kept, left) = (CollectionId.New(), CollectionId.New());
        _leases.TryGive(LeaseOf(kept));
        _leases.TryGive(LeaseOf(left));
        _time.Advance(TimeSpan.FromSeconds(60));
        _leases.TryGive(LeaseOf(kept));

        _time.Advance(TimeSpan.FromSeconds(29));
        Assert.Equal([Globex], _leases.PeersOf(left));
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.Empty(_leases.PeersOf(left));
        Assert.Equal([Globex], _leases.PeersOf(kept));
    }

    [Fact]
    public void A_peer_that_asks_for_too_many_takes_none_from_another_and_may_have_more_when_the_old_ran_out()
    {
        var first = CollectionId.New();
        Assert.True(_leases.TryGive(LeaseOf(first)));
        Assert.All(Enumerable.Range(1, Leases.MostOfPeer - 1), _ => Assert.True(_leases.TryGive(LeaseOf(CollectionId.New()))));

        Assert.False(_leases.TryGive(LeaseOf(CollectionId.New())));
        Assert.True(_leases.TryGive(LeaseOf(first)));
        Assert.True(_leases.TryGive(LeaseOf(first, peer: Initech)));

        _time.Advance(Leases.Length);
        Assert.True(_leases.TryGive(LeaseOf(CollectionId.New())));
    }

    [Fact]
    public void What_ended_makes_room_and_is_not_counted_twice()
    {
        var collection = CollectionId.New();
        var lease = LeaseOf(collection);
        _leases.TryGive(lease);
        _leases.TryGive(lease);
        _leases.TryGive(LeaseOf(collection, "grace"));

        _leases.End(lease);
        _leases.End(lease);

        Assert.Equal([UserName.Parse("grace")], _leases.Of(Globex, collection).Select(left => left.Holder.Name));
    }

    private static Lease LeaseOf(CollectionId collection, string user = "sam", PeerId? peer = null) =>
        new(new Actor.Remote(peer ?? Globex, UserName.Parse(user), []), App, collection);
}
