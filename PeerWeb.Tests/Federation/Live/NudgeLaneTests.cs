using System.Threading.Channels;
using Microsoft.Extensions.Time.Testing;
using PeerWeb.Core.Federation.Live;
using PeerWeb.Core.Primitives;
using Xunit;

namespace PeerWeb.Tests.Federation.Live;

/// <summary>How often a peer is nudged, in virtual time.</summary>
public sealed class NudgeLaneTests : IAsyncDisposable
{
    private static readonly TimeSpan HangGuard = TimeSpan.FromSeconds(60);
    private static readonly CollectionId A = new(new Guid(1, 0, 0, new byte[8]));
    private static readonly CollectionId B = new(new Guid(2, 0, 0, new byte[8]));

    private readonly FakeTimeProvider _time = new();
    private readonly Channel<(TimeSpan At, CollectionId[] Collections)> _sent = Channel.CreateUnbounded<(TimeSpan, CollectionId[])>();
    private readonly NudgeLane _lane;
    private readonly DateTimeOffset _start;
    private Task _answer = Task.CompletedTask;

    public NudgeLaneTests()
    {
        _start = _time.GetUtcNow();
        _lane = new NudgeLane(SendAsync, _time, problem => Assert.Fail(problem.ToString()));
    }

    public ValueTask DisposeAsync() => _lane.DisposeAsync();

    [Fact]
    public async Task The_first_goes_at_once_and_a_burst_is_one_more_after_250_ms()
    {
        _lane.Add(A);
        Assert.Equal(TimeSpan.Zero, (await NextAsync()).At);

        for (var change = 0; change < 100; change++)
            _lane.Add(A);
        _time.Advance(TimeSpan.FromMilliseconds(249));
        Assert.False(_sent.Reader.TryPeek(out _));
        _time.Advance(TimeSpan.FromMilliseconds(1));

        var (at, collections) = await NextAsync();
        Assert.Equal(NudgeLane.Rest, at);
        Assert.Equal([A], collections);
        _time.Advance(TimeSpan.FromSeconds(10));
        _lane.Add(B);
        Assert.Equal([B], (await NextAsync()).Collections);
    }

    [Fact]
    public async Task A_collection_does_not_wait_for_the_rest_of_another()
    {
        _lane.Add(A);
        await NextAsync();
        _time.Advance(NudgeLane.Gap);

        _lane.Add(A);
        _lane.Add(B);

        var (at, collections) = await NextAsync();
        Assert.Equal(NudgeLane.Gap, at);
        Assert.Equal([B], collections);
        _time.Advance(NudgeLane.Rest - NudgeLane.Gap);
        Assert.Equal([A], (await NextAsync()).Collections);
    }

    [Fact]
    public async Task While_one_is_on_its_way_the_others_gather_in_the_next()
    {
        var answer = new TaskCompletionSource();
        _answer = answer.Task;
        _lane.Add(A);
        await NextAsync();
        _lane.Add(A);
        _lane.Add(B);
        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.False(_sent.Reader.TryPeek(out _));

        answer.SetResult();

        Assert.Equal([A, B], (await NextAsync()).Collections.Order());
    }

    [Fact]
    public async Task Its_end_ends_the_one_on_its_way_and_sends_no_other()
    {
        _answer = new TaskCompletionSource().Task;
        _lane.Add(A);
        await NextAsync();
        _lane.Add(B);

        await _lane.DisposeAsync();

        _lane.Add(A);
        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.False(_sent.Reader.TryPeek(out _));
    }

    private async Task<(TimeSpan At, CollectionId[] Collections)> NextAsync() =>
        await _sent.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(HangGuard, TestContext.Current.CancellationToken);

    private Task SendAsync(IReadOnlyList<CollectionId> collections, CancellationToken cancellationToken)
    {
        _sent.Writer.TryWrite((_time.GetUtcNow() - _start, [.. collections]));
        return _answer.WaitAsync(cancellationToken);
    }
}
