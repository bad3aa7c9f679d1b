using System.Text;
using Microsoft.AspNetCore.Http;
using NodaTime;
using PeerWeb.Core.Calendars;
using PeerWeb.Core.Federation.Merge;
using PeerWeb.Core.Federation.Signing;
using PeerWeb.Core.Primitives;
using PeerWeb.Core.Sharing;
using PeerWeb.Tests.Federation.Hosts;
using PeerWeb.Tests.PeerApi.Links;
using Xunit;

namespace PeerWeb.Tests.Federation.BadDays;

/// <summary>What a month at Globex shows while Acme is down, dying, silent or somebody else's web page.</summary>
public sealed class DeadPeerTests(FrontedHosts hosts) : IClassFixture<FrontedHosts>
{
    private static readonly TimeSpan HangGuard = TimeSpan.FromSeconds(60);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private Instant Now => Instant.FromDateTimeOffset(hosts.GlobexClock.GetUtcNow());

    [Fact]
    public async Task A_peer_that_is_down_when_the_page_opens_is_offline_and_the_local_calendar_is_complete_and_first()
    {
        var pair = await hosts.LinkAsync(new Uri($"http://acme.localhost:{InstallationHost.FreePort()}"));
        await pair.AddLocalAsync();
        await pair.ShareAsync();

        var merge = await pair.AskAsync();

        Assert.Equal([SourceState.Loading], merge.Asked.Installations.Where(one => !one.IsOwn).Select(one => one.Status?.State));
        var acme = merge.Peer(hosts.Acme.Domain);
        Assert.Equal(new SourceStatus(SourceState.Offline, Now, "The peer cannot be reached."), acme.Installation.Status);
        Assert.Empty(acme.Entries);
    }

    [Fact]
    public async Task A_peer_that_dies_while_it_answers_is_stale_with_its_last_good_answer()
    {
        var pair = await ReadOnceAsync();
        var good = Now;
        hosts.Advance(TimeSpan.FromMinutes(1));
        hosts.Front.Instead = async context =>
        {
            context.Response.ContentLength = 1000;
            await context.Response.Body.WriteAsync(Encoding.ASCII.GetBytes("{\"collections\":[{\"id\":\""), Cancel);
            await context.Response.Body.FlushAsync(Cancel);
            context.Abort();
        };

        AssertStale(await pair.AskAsync(), good, "The peer cannot be reached.");

        hosts.Front.Instead = null;
        hosts.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(SourceState.Live, (await pair.AskAsync()).Peer(hosts.Acme.Domain).Installation.Status?.State);
    }

    [Fact]
    public async Task A_web_page_with_status_200_is_no_answer()
    {
        var pair = await ReadOnceAsync();
        var good = Now;
        hosts.Front.Instead = context =>
        {
            context.Response.ContentType = "text/html; charset=utf-8";
            return context.Response.WriteAsync("<!doctype html><title>Welcome</title>", Cancel);
        };

        AssertStale(await pair.AskAsync(), good, "web page");
    }

    [Theory]
    [InlineData(StatusCodes.Status404NotFound)]
    [InlineData(StatusCodes.Status410Gone)]
    [InlineData(StatusCodes.Status403Forbidden)]
    [InlineData(StatusCodes.Status500InternalServerError)]
    public async Task An_unsigned_refusal_means_unavailable_and_never_gone(int status)
    {
        var pair = await ReadOnceAsync();
        var good = Now;
        hosts.Front.Instead = context =>
        {
            context.Response.StatusCode = status;
            return Task.CompletedTask;
        };

        var merge = await pair.AskAsync();

        AssertStale(merge, good, "unsigned");
        var entry = merge.Peer(hosts.Acme.Domain).Entries[0];
        Assert.IsType<EntryAnswer.Unavailable>(await pair.Entries.ReadAsync(pair.Reader, entry.Source, entry.Summary.Uid, Cancel));
    }

    [Fact]
    public async Task A_peer_that_fails_says_so_and_what_it_gave_before_stays()
    {
        var pair = await ReadOnceAsync();
        var good = Now;
        hosts.Front.Instead = context => hosts.Front.SignAsync(
            context, StatusCodes.Status500InternalServerError, """{"type":"urn:peerweb:problem:internal-error","detail":"It failed here."}"""u8.ToArray());

        AssertStale(await pair.AskAsync(), good, "It failed here.");
    }

    [Fact]
    public async Task Nobody_waits_for_a_peer_that_never_answers_and_its_deadline_ends_it()
    {
        using var key = SigningKey.Create();
        var port = InstallationHost.FreePort();
        await using var initech = await Front.StartAsync(port, target: null, key, hosts.GlobexClock, Cancel);
        initech.Instead = context => initech.SignAsync(
            context, StatusCodes.Status200OK, context.Request.Path == Front.QueryPath ? """{"slices":[],"entries":[]}"""u8.ToArray() : """{"collections":[]}"""u8.ToArray());
        var other = LinkedHosts.Stranger(key, $"initech.localhost:{port}");
        var pair = await ReadOnceAsync();
        var good = Now;
        var initechAtGlobex = await LinkedHosts.AddPeerAsync(hosts.Globex, other, new Uri($"http://{other.Domain}"));
        var everything = new GrantNotice(GrantId.New(), 1, UserName.Parse("peter"), CalendarApp.AppId, null, [], pair.Reader, Rights.Read);
        await LinkedHosts.AcceptAsync(hosts.Globex, initechAtGlobex, everything, pair.Reader);
        using var arrived = new SemaphoreSlim(0);
        hosts.Front.Instead = context =>
        {
            arrived.Release();
            return Task.Delay(Timeout.InfiniteTimeSpan, context.RequestAborted);
        };

        await using var updates = pair.UpdatesAsync(Cancel).GetAsyncEnumerator(Cancel);
        Assert.IsType<MergeUpdate.Asked>(await NextAsync());
        Assert.True(Assert.IsType<MergeUpdate.Answered>(await NextAsync()).Installation.IsOwn);
        var second = Assert.IsType<MergeUpdate.Answered>(await NextAsync());
        Assert.Equal((other.Domain, SourceState.Live), (second.Installation.Domain, second.Installation.Status?.State));

        var last = updates.MoveNextAsync().AsTask();
        Assert.True(await arrived.WaitAsync(HangGuard, Cancel) && await arrived.WaitAsync(HangGuard, Cancel));
        Assert.False(last.IsCompleted);
        hosts.GlobexClock.Advance(MergedView.PeerDeadline);
        Assert.True(await last.WaitAsync(HangGuard, Cancel));
        hosts.AcmeClock.Advance(MergedView.PeerDeadline);

        var acme = Assert.IsType<MergeUpdate.Answered>(updates.Current);
        Assert.Equal((SourceState.Stale, good), (acme.Installation.Status?.State, acme.Installation.Status?.Since));
        Assert.Contains("not answer", acme.Installation.Status?.Reason, StringComparison.Ordinal);
        Assert.False(await updates.MoveNextAsync());
        await LinkedHosts.ChangeLinkAsync(hosts.Globex, initechAtGlobex, (facts, now) => facts with { Revoked = now, RevokedBy = Core.Peers.LinkSide.Here });

        async Task<MergeUpdate> NextAsync()
        {
            Assert.True(await updates.MoveNextAsync().AsTask().WaitAsync(HangGuard, Cancel));
            return updates.Current;
        }
    }

    private async Task<LinkedPair> ReadOnceAsync()
    {
        var pair = await hosts.LinkAsync();
        await pair.AddLocalAsync();
        await pair.ShareAsync();
        var acme = (await pair.AskAsync()).Peer(hosts.Acme.Domain);
        Assert.Equal(SourceState.Live, acme.Installation.Status?.State);
        Assert.Equal(LinkedPair.Shared, MergedMonth.Titles(acme));
        return pair;
    }

    private void AssertStale(MergedMonth merge, Instant since, string reason)
    {
        var acme = merge.Peer(hosts.Acme.Domain);
        Assert.Equal((SourceState.Stale, since), (acme.Installation.Status?.State, acme.Installation.Status?.Since));
        Assert.Contains(reason, acme.Installation.Status?.Reason, StringComparison.Ordinal);
        Assert.Equal(SourceState.Stale, Assert.Single(acme.Sources).Status.State);
        Assert.Equal(LinkedPair.Shared, MergedMonth.Titles(acme));
    }
}
