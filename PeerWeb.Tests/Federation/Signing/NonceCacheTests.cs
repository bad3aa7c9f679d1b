using Microsoft.Extensions.Time.Testing;
using PeerWeb.Core.Federation.Signing;
using Xunit;

namespace PeerWeb.Tests.Federation.Signing;

public sealed class NonceCacheTests
{
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, 700, TimeSpan.Zero));
    private readonly Guid _peer = Guid.NewGuid();

    [Fact]
    public void A_nonce_counts_once_for_each_peer()
    {
        var cache = new NonceCache(_clock);
        Assert.Equal(NonceOutcome.Fresh, cache.Record(_peer, "n", Now));
        Assert.Equal(NonceOutcome.Replayed, cache.Record(_peer, "n", Now));
        Assert.Equal(NonceOutcome.Fresh, cache.Record(Guid.NewGuid(), "n", Now));
    }

    [Fact]
    public void A_nonce_is_kept_for_400_seconds()
    {
        var cache = new NonceCache(_clock);
        cache.Record(_peer, "n", Now);
        _clock.Advance(TimeSpan.FromSeconds(399));
        Assert.Equal(NonceOutcome.Replayed, cache.Record(_peer, "n", Now));
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(NonceOutcome.Fresh, cache.Record(_peer, "n", Now));
    }

    [Fact]
    public void A_full_cache_refuses_that_peer_alone_and_forgets_nothing()
    {
        var cache = new NonceCache(_clock, capacityPerPeer: 2);
        cache.Record(_peer, "a", Now);
        cache.Record(_peer, "b", Now);
        Assert.Equal(NonceOutcome.Full, cache.Record(_peer, "c", Now));
        Assert.Equal(NonceOutcome.Replayed, cache.Record(_peer, "a", Now));
        Assert.Equal(NonceOutcome.Fresh, cache.Record(Guid.NewGuid(), "c", Now));
        _clock.Advance(TimeSpan.FromSeconds(400));
        Assert.Equal(NonceOutcome.Fresh, cache.Record(_peer, "c", Now));
    }

    [Fact]
    public void What_was_signed_before_the_second_of_our_start_is_refused()
    {
        var cache = new NonceCache(_clock);
        var second = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
        Assert.Equal(NonceOutcome.Restarted, cache.Record(_peer, "n", second.AddSeconds(-1)));
        Assert.Equal(NonceOutcome.Fresh, cache.Record(_peer, "n", second));
    }

    private DateTimeOffset Now => _clock.GetUtcNow();
}
