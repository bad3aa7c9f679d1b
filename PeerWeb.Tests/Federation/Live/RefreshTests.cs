using PeerWeb.Core.Federation.Merge;
using PeerWeb.Core.Primitives;
using PeerWeb.Tests.Conformance;
using PeerWeb.Tests.Federation.Hosts;
using Xunit;

namespace PeerWeb.Tests.Federation.Live;

/// <summary>Many ask one peer again while it takes its time.</summary>
public sealed class RefreshTests(FrontedHosts hosts) : IClassFixture<FrontedHosts>
{
    private static readonly TimeSpan HangGuard = TimeSpan.FromSeconds(60);

    private readonly TaskCompletionSource _arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _queries;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_crowd_that_heard_of_a_change_is_one_question_which_began_after_it()
    {
        var pair = await hosts.LinkAsync();
        var calendar = await pair.ShareAsync();
        Hold();
        var first = RefreshAsync(pair);
        await _arrived.Task.WaitAsync(HangGuard, Cancel);
        await pair.Acme.PutAsync(calendar, "new", Ics.Event("new", "Lunch", ":20261112T120000Z", ":20261112T130000Z"));
        var crowd = Enumerable.Range(0, 200).Select(_ => RefreshAsync(pair)).ToList();
        Assert.Equal(1, _queries);

        _open.SetResult();

        Assert.All(await Task.WhenAll(crowd).WaitAsync(HangGuard, Cancel), answered => Assert.Contains("Lunch", MergedMonth.Titles(answered)));
        await first;
        // Who was slow to ask may have missed the one that all others share.
        Assert.InRange(_queries, 2, 5);
    }

    [Fact]
    public async Task Who_accepted_more_meanwhile_shares_no_answer_with_who_asked_before()
    {
        var pair = await hosts.LinkAsync();
        await pair.ShareAsync();
        Hold();
        var before = new[] { RefreshAsync(pair), RefreshAsync(pair) };
        await _arrived.Task.WaitAsync(HangGuard, Cancel);
        await pair.ShareAsync();

        var after = RefreshAsync(pair);
        _open.SetResult();

        Assert.Equal(2, (await after).Sources.Count);
        await Task.WhenAll(before);
    }

    private void Hold() => hosts.Front.At(Front.QueryPath, async context =>
    {
        Interlocked.Increment(ref _queries);
        _arrived.TrySetResult();
        await _open.Task.WaitAsync(context.RequestAborted);
        await hosts.Front.PassAsync(context);
    });

    private async Task<MergeUpdate.Answered> RefreshAsync(LinkedPair pair)
    {
        var answered = await pair.View.RefreshAsync(pair.Reader, LinkedPair.November, Domain.Parse(hosts.Acme.Domain), Cancel).WaitAsync(HangGuard, Cancel);
        return Assert.IsType<MergeUpdate.Answered>(answered);
    }
}
