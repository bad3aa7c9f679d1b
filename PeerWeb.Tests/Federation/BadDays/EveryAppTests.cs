using System.Text;
using System.Text.Json.Nodes;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Federation.Merge;
using PeerWeb.Core.Primitives;
using PeerWeb.Tests.Conformance;
using PeerWeb.Tests.Federation.Hosts;
using PeerWeb.Tests.PeerApi.Links;
using Xunit;

namespace PeerWeb.Tests.Federation.BadDays;

/// <summary>A peer that is gone, silent or answers garbage is that to every app: what the others gave stays, and no write is taken for made or unmade.</summary>
public sealed class EveryAppTests(FrontedHosts hosts) : IClassFixture<FrontedHosts>
{
    private static readonly TimeSpan HangGuard = TimeSpan.FromSeconds(60);

    public static TheoryData<string> Apps => AppSamples.Names;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Apps))]
    public async Task A_peer_that_is_gone_is_offline_and_what_is_at_home_is_complete(string app)
    {
        var pair = await hosts.LinkAsync(new Uri($"http://acme.localhost:{InstallationHost.FreePort()}")) with { Samples = AppSamples.Named(app) };
        await pair.AddLocalAsync();
        var source = pair.SourceOf(await pair.ShareAsync(Rights.Read | Rights.Add));

        var acme = (await pair.AskAsync()).Peer(hosts.Acme.Domain);

        Assert.Equal((SourceState.Offline, 0), (acme.Installation.Status?.State, acme.Entries.Count));
        Assert.False(Assert.IsType<WriteAnswer.Unavailable>(await SaveAsync(pair, source, NewKey())).MayHaveHappened);
    }

    [Theory]
    [MemberData(nameof(Apps))]
    public async Task A_peer_that_answers_garbage_is_stale_with_its_last_good_answer(string app)
    {
        var pair = await ReadOnceAsync(app);
        hosts.Front.Instead = context => hosts.Front.SignAsync(context, 200, Encoding.UTF8.GetBytes("""{"collections":7,"slices":{},"entries":"none"}"""));

        var acme = (await pair.AskAsync()).Peer(hosts.Acme.Domain);

        Assert.Equal(SourceState.Stale, acme.Installation.Status?.State);
        Assert.Equal(LinkedPair.Shared, MergedMonth.Titles(acme));
    }

    [Theory]
    [MemberData(nameof(Apps))]
    public async Task One_entry_that_does_not_parse_is_one_entry_missing(string app)
    {
        var pair = await BeginAsync(app);
        hosts.Front.Tamper(Front.QueryPath, page => page["entries"]!.AsArray()[0] = JsonNode.Parse("""{"slice":0,"uid":"","eTag":"1"}"""));

        var acme = (await pair.AskAsync()).Peer(hosts.Acme.Domain);

        Assert.Equal((SourceState.Live, "1 entry could not be read and is missing."), (acme.Installation.Status?.State, acme.Installation.Status?.Reason));
        Assert.Equal(["Review"], MergedMonth.Titles(acme));
    }

    [Theory]
    [MemberData(nameof(Apps))]
    public async Task A_peer_that_never_answers_is_given_up_at_its_deadline(string app)
    {
        var pair = await ReadOnceAsync(app);
        using var arrived = new SemaphoreSlim(0);
        hosts.Front.Instead = context =>
        {
            arrived.Release();
            return Task.Delay(Timeout.InfiniteTimeSpan, context.RequestAborted);
        };

        var asking = pair.AskAsync();
        Assert.True(await arrived.WaitAsync(HangGuard, Cancel) && await arrived.WaitAsync(HangGuard, Cancel));
        Assert.False(asking.IsCompleted);
        hosts.GlobexClock.Advance(MergedView.PeerDeadline);
        var acme = (await asking.WaitAsync(HangGuard, Cancel)).Peer(hosts.Acme.Domain);
        hosts.AcmeClock.Advance(MergedView.PeerDeadline);

        Assert.Equal(SourceState.Stale, acme.Installation.Status?.State);
        Assert.Equal(LinkedPair.Shared, MergedMonth.Titles(acme));
    }

    [Theory]
    [MemberData(nameof(Apps))]
    public async Task A_save_whose_answer_is_lost_may_have_happened_and_comes_again_with_one_effect(string app)
    {
        var pair = await hosts.LinkAsync() with { Samples = AppSamples.Named(app) };
        var source = pair.SourceOf(await pair.ShareAsync(Rights.Read | Rights.Add));
        var key = NewKey();
        hosts.Front.Instead = async context =>
        {
            await hosts.Front.FetchAsync(context);
            context.Abort();
        };

        Assert.True(Assert.IsType<WriteAnswer.Unavailable>(await SaveAsync(pair, source, key)).MayHaveHappened);
        hosts.Front.Instead = null;
        var saved = Assert.IsType<SaveOutcome.Saved>(Assert.IsType<WriteAnswer.Decided>(await SaveAsync(pair, source, key)).Outcome);

        Assert.Equal(saved.ETag, (await pair.Acme.Owner.ReadAsync(source.Collection, Uid.Parse("mine"), Cancel))?.ETag);
    }

    private async Task<LinkedPair> BeginAsync(string app)
    {
        var pair = await hosts.LinkAsync() with { Samples = AppSamples.Named(app) };
        await pair.AddLocalAsync();
        await pair.ShareAsync();
        return pair;
    }

    private async Task<LinkedPair> ReadOnceAsync(string app)
    {
        var pair = await BeginAsync(app);
        Assert.Equal(LinkedPair.Shared, MergedMonth.Titles((await pair.AskAsync()).Peer(hosts.Acme.Domain)));
        return pair;
    }

    private static Task<WriteAnswer> SaveAsync(LinkedPair pair, SourceId source, string key) =>
        pair.Entries.SaveAsync(pair.Reader, source, Uid.Parse("mine"), pair.Samples.Of("mine", "Mine"), new Precondition.Absent(), key, Cancel);

    private static string NewKey() => Guid.NewGuid().ToString("N");
}
