using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using NodaTime;
using PeerWeb.Core.Calendars;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Federation.Client;
using PeerWeb.Core.Federation.Merge;
using PeerWeb.Core.Peers;
using PeerWeb.Core.Primitives;
using PeerWeb.Core.Sharing;
using PeerWeb.Core.Storage;
using PeerWeb.Core.Storage.Peers;
using PeerWeb.Core.Sync;
using PeerWeb.Tests.Conformance;
using PeerWeb.Tests.Federation.Hosts;
using PeerWeb.Tests.PeerApi.Links;
using Xunit;

namespace PeerWeb.Tests.Federation.BadDays;

/// <summary>The wire between Globex and Acme is slow, uneven, cut or reset at some byte, and healed: under a month, a save, an offer and a message of the link.</summary>
public sealed class BadLineTests(CabledHosts hosts) : IClassFixture<CabledHosts>
{
    private const int Seed = 20261123;

    /// <summary>More than there are attempts, of which the sockets make some of their own accord.</summary>
    private const int EveryAttempt = 1000;

    private static readonly TimeSpan HangGuard = TimeSpan.FromSeconds(60);
    private static readonly Uid Event = Uid.Parse("event");
    private static readonly string Text = Ics.Event("event", "Mine", ":20261110T090000Z", ":20261110T100000Z");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private Instant Now => Instant.FromDateTimeOffset(hosts.GlobexClock.GetUtcNow());

    [Fact]
    public async Task Over_a_slow_and_uneven_line_a_month_and_a_save_are_what_they_always_are()
    {
        var (pair, source) = await BeginAsync();
        hosts.Cable.Slow(new Pace(TimeSpan.FromMilliseconds(20), TimeSpan.FromMilliseconds(30), BytesPerSecond: null, TimeProvider.System, Seed));

        AssertLive(await pair.AskAsync());
        var key = NewKey();
        Assert.IsType<SaveOutcome.Saved>(Assert.IsType<WriteAnswer.Decided>(await SaveAsync(pair, source, key)).Outcome);
        Assert.Equal(1, await EffectsAsync(pair, key));
        hosts.Cable.Heal();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_month_whose_line_breaks_once_is_asked_for_again_and_complete(bool isReset)
    {
        var (pair, _) = await BeginAsync();
        foreach (var (what, after) in Moments(8))
        {
            hosts.Cable.Cut(what, after, isReset: isReset);
            AssertLive(await pair.AskAsync());
            Assert.Equal(0, hosts.Cable.Left);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_month_whose_line_stays_broken_is_complete_but_for_the_peer_which_is_stale_until_it_heals(bool isReset)
    {
        var (pair, _) = await BeginAsync();
        foreach (var (what, after) in Moments(6))
        {
            var good = Now;
            hosts.Advance(TimeSpan.FromMinutes(1));
            hosts.Cable.Cut(what, after, times: EveryAttempt, isReset);
            var acme = (await pair.AskAsync()).Peer(hosts.Acme.Domain);
            Assert.Equal(new SourceStatus(SourceState.Stale, good, "The peer cannot be reached."), acme.Installation.Status);
            Assert.Equal(LinkedPair.Shared, MergedMonth.Titles(acme));

            hosts.Cable.Heal();
            hosts.Advance(TimeSpan.FromSeconds(15));
            AssertLive(await pair.AskAsync());
        }
    }

    [Fact]
    public async Task At_one_byte_a_second_a_month_is_over_at_the_deadline_and_what_was_known_stays()
    {
        var (pair, _) = await BeginAsync();
        var good = Now;
        var slow = new FakeTimeProvider();
        hosts.Cable.Slow(new Pace(TimeSpan.Zero, TimeSpan.Zero, BytesPerSecond: 1, slow));

        await using var updates = pair.UpdatesAsync(Cancel).GetAsyncEnumerator(Cancel);
        Assert.True(await updates.MoveNextAsync() && await updates.MoveNextAsync());
        Assert.True(Assert.IsType<MergeUpdate.Answered>(updates.Current).Installation.IsOwn);
        var last = updates.MoveNextAsync().AsTask();
        await hosts.Cable.Held.WaitAsync(HangGuard, Cancel);
        slow.Advance(TimeSpan.FromSeconds(2));
        Assert.False(last.IsCompleted);
        hosts.GlobexClock.Advance(MergedView.PeerDeadline);
        Assert.True(await last.WaitAsync(HangGuard, Cancel));
        var acme = Assert.IsType<MergeUpdate.Answered>(updates.Current);
        Assert.Equal((SourceState.Stale, good), (acme.Installation.Status?.State, acme.Installation.Status?.Since));
        Assert.Contains("not answer", acme.Installation.Status?.Reason, StringComparison.Ordinal);
        Assert.Equal(LinkedPair.Shared, MergedMonth.Titles(acme));
        Assert.False(await updates.MoveNextAsync());

        Heal(slow);
        AssertLive(await pair.AskAsync());
    }

    [Fact]
    public async Task A_save_whose_line_is_reset_at_any_byte_happens_once_and_is_answered_as_then()
    {
        var (pair, source) = await BeginAsync();
        foreach (var (what, after) in Moments(10))
        {
            var key = NewKey();
            hosts.Cable.Cut(what, after, isReset: true);
            var outcome = Assert.IsType<WriteAnswer.Decided>(await SaveAsync(pair, source with { Collection = await pair.Acme.CalendarAsync($"{key}", Given) }, key)).Outcome;
            Assert.IsType<SaveOutcome.Saved>(outcome);
            Assert.Equal((0, 1), (hosts.Cable.Left, await EffectsAsync(pair, key)));
        }
    }

    [Fact]
    public async Task At_one_byte_a_second_a_save_may_have_happened_and_the_same_save_finds_out_later()
    {
        var (pair, source) = await BeginAsync();
        var (slow, key) = (new FakeTimeProvider(), NewKey());
        hosts.Cable.Slow(new Pace(TimeSpan.Zero, TimeSpan.Zero, BytesPerSecond: 1, slow));

        var saving = SaveAsync(pair, source, key);
        await hosts.Cable.Held.WaitAsync(HangGuard, Cancel);
        slow.Advance(TimeSpan.FromSeconds(9));
        Assert.False(saving.IsCompleted);
        hosts.GlobexClock.Advance(PeerEntryStore.WriteDeadline);
        var open = Assert.IsType<WriteAnswer.Unavailable>(await saving.WaitAsync(HangGuard, Cancel));
        Assert.True(open.MayHaveHappened);
        Assert.Contains("not answer", open.Reason, StringComparison.Ordinal);
        Assert.Equal(0, await EffectsAsync(pair, key));

        Heal(slow);
        Assert.IsType<SaveOutcome.Saved>(Assert.IsType<WriteAnswer.Decided>(await SaveAsync(pair, source, key)).Outcome);
        Assert.Equal(1, await EffectsAsync(pair, key));
    }

    [Fact]
    public async Task A_save_that_finds_nobody_is_surely_not_done()
    {
        var pair = await hosts.LinkAsync(new Uri($"http://acme.localhost:{InstallationHost.FreePort()}"));
        var key = NewKey();

        var refused = await SaveAsync(pair, new SourceId(new Address(pair.Acme.OwnerName, pair.Source.Domain), CalendarApp.AppId, await pair.ShareAsync(Given)), key);

        Assert.Equal(new WriteAnswer.Unavailable("The peer cannot be reached.", MayHaveHappened: false), refused);
        Assert.Equal(0, await EffectsAsync(pair, key));
    }

    [Fact]
    public async Task An_offer_over_a_line_that_breaks_at_any_byte_arrives_once_after_it_heals()
    {
        var (pair, _) = await BeginAsync();
        var globex = hosts.Globex.Services;
        foreach (var (what, after) in Moments(6))
        {
            var calendar = await globex.GetRequiredService<SqlCollections>().CreateAsync(pair.Reader, CalendarApp.AppId, $"{Guid.NewGuid()}", null, Cancel);
            hosts.Cable.Cut(what, after, times: EveryAttempt, isReset: after % 2 == 0);
            var grant = new GrantChange(CalendarApp.AppId, calendar, new Principal.RemoteUser(pair.AcmeAtGlobex, pair.Acme.OwnerName), Rights.Read, Rights.None, Version: 0);
            Assert.IsType<GrantOutcome.Saved>(Assert.Single(await globex.GetRequiredService<SqlGrants>().SaveAsync(pair.Reader, [grant], Cancel)));
            await UntilAsync(message => message is { State: MessageState.Waiting, Attempts: 1, Reason: not null });
            Assert.InRange(hosts.Cable.Left, 1, EveryAttempt - 1);

            HealForMessages();
            await UntilAsync(message => message.State == MessageState.Sent);
            var offers = (await hosts.Acme.Services.GetRequiredService<IOfferBook>().ListAsync(pair.Acme.OwnerName, Cancel)).Where(offer => offer.Notice.Collection == calendar);
            Assert.Equal(1, Assert.Single(offers).Notice.Version);
        }
        await using var db = pair.Acme.NewContext();
        Assert.Equal(6, await db.Set<ReceivedMessageRow>().CountAsync(row => row.PeerId == pair.GlobexAtAcme.Value, Cancel));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task A_message_of_the_link_whose_line_breaks_arrives_after_it_heals_and_counts_once(int what)
    {
        var (pair, _) = await BeginAsync();
        hosts.Cable.Cut((Carried)what, after: 300, times: EveryAttempt);
        Assert.IsNotType<Transition.Refused>(await hosts.Globex.Links.SuspendAsync(pair.AcmeAtGlobex, Cancel));
        await UntilAsync(message => message is { State: MessageState.Waiting, Attempts: 1 });

        HealForMessages();
        await hosts.Acme.UntilAsync(pair.GlobexAtAcme, "suspended", Cancel);
        await UntilAsync(message => message.State == MessageState.Sent);
        await using var db = pair.Acme.NewContext();
        Assert.Equal(1, await db.Set<ReceivedMessageRow>().CountAsync(row => row.PeerId == pair.GlobexAtAcme.Value, Cancel));
    }

    private const Rights Given = Rights.Read | Rights.Add | Rights.Edit;

    /// <summary>Which way and at which byte: the first ones, and such as every request and every answer has.</summary>
    private static IEnumerable<(Carried What, int After)> Moments(int count)
    {
        var random = new Random(Seed);
        return Enumerable.Range(0, count).Select(i => ((Carried)(i % 2), i < 2 ? i : random.Next(700)));
    }

    private async Task<(LinkedPair Pair, SourceId Source)> BeginAsync()
    {
        hosts.Cable.Heal();
        var pair = await hosts.LinkAsync();
        await pair.AddLocalAsync();
        var source = new SourceId(new Address(pair.Acme.OwnerName, pair.Source.Domain), CalendarApp.AppId, await pair.ShareAsync(Given));
        AssertLive(await pair.AskAsync());
        return (pair, source);
    }

    private void Heal(FakeTimeProvider slow)
    {
        hosts.Cable.Heal();
        // What is still held back may go; the circuit may have opened.
        slow.Advance(TimeSpan.FromHours(1));
        hosts.Advance(TimeSpan.FromSeconds(15));
    }

    /// <summary>Lets the time of the next attempt come; the sender, which may just have read the clock, looks once more.</summary>
    private void HealForMessages()
    {
        hosts.Cable.Heal();
        hosts.Advance(TimeSpan.FromSeconds(15));
        hosts.Globex.Services.GetRequiredService<OutboxSignal>().Raise();
    }

    private void AssertLive(MergedMonth merge)
    {
        var acme = merge.Peer(hosts.Acme.Domain);
        Assert.Equal((SourceState.Live, null), (acme.Installation.Status?.State, acme.Installation.Status?.Reason));
        Assert.Equal(LinkedPair.Shared, MergedMonth.Titles(acme).Where(title => title != "Mine"));
    }

    private static Task<WriteAnswer> SaveAsync(LinkedPair pair, SourceId source, string key) =>
        pair.Entries.SaveAsync(pair.Reader, source, Event, Text, new Precondition.Absent(), key, Cancel);

    private static string NewKey() => Guid.NewGuid().ToString("N");

    private static async Task<int> EffectsAsync(LinkedPair pair, string key)
    {
        await using var db = pair.Acme.NewContext();
        return await db.Changes.CountAsync(change => change.IdempotencyKey == key, Cancel);
    }

    /// <summary>Globex' newest message once it is so; told by its own announcements, not by waiting.</summary>
    private async Task UntilAsync(Func<OutboxMessage, bool> isSo)
    {
        var changes = hosts.Globex.Services.GetRequiredService<PeerChanges>();
        var store = hosts.Globex.Services.GetRequiredService<IOutboxStore>();
        using var changed = new SemaphoreSlim(0);
        void Note() => changed.Release();
        changes.Changed += Note;
        try
        {
            while (!isSo((await store.RecentAsync(1, Cancel)).MaxBy(message => message.Sequence) ?? throw new InvalidOperationException("There is no message.")))
                Assert.True(await changed.WaitAsync(HangGuard, Cancel));
        }
        finally
        {
            changes.Changed -= Note;
        }
    }
}
