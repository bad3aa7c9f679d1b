using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using PeerWeb.Core.Calendars;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Federation.Merge;
using PeerWeb.Core.Primitives;
using PeerWeb.Core.Storage;
using PeerWeb.Tests.Conformance;
using PeerWeb.Tests.Federation.Hosts;
using PeerWeb.Tests.PeerApi.Links;
using Xunit;

namespace PeerWeb.Tests.Federation.BadDays;

/// <summary>What a user of Globex is told of a write, whether it went to Acme, stayed at home or went nowhere.</summary>
public sealed class MergedWriteTests(FrontedHosts hosts) : IClassFixture<FrontedHosts>
{
    private static readonly Uid One = Uid.Parse("one");

    private static readonly string Text = Ics.Event("one", "Mine", ":20261110T090000Z", ":20261110T100000Z");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Two_people_edit_the_same_event_one_wins_and_the_other_is_shown_what_won()
    {
        var pair = await hosts.LinkAsync();
        var source = await ShareAsync(pair);
        var read = Assert.IsType<EntryAnswer.Found>(await pair.Entries.ReadAsync(pair.Reader, source, One, Cancel)).Entry;
        var theirs = await pair.Acme.PutAsync(source.Collection, "one", Ics.Event("one", "Theirs", ":20261110T090000Z", ":20261110T100000Z"), read.ETag);

        var stale = Assert.IsType<SaveOutcome.Stale>(await DecidedAsync(pair, source, read.ETag));
        Assert.Equal(theirs, stale.Current?.ETag);
        Assert.Contains("SUMMARY:Theirs", stale.Current?.Text, StringComparison.Ordinal);
        Assert.IsType<SaveOutcome.Saved>(await DecidedAsync(pair, source, theirs));
    }

    [Fact]
    public async Task A_write_that_a_peer_has_made_is_told_to_this_viewers_open_views_and_a_refused_one_is_not()
    {
        var pair = await hosts.LinkAsync();
        var source = await ShareAsync(pair);
        var etag = Assert.IsType<EntryAnswer.Found>(await pair.Entries.ReadAsync(pair.Reader, source, One, Cancel)).Entry.ETag;
        var told = new List<SourceChange>();
        var changes = hosts.Globex.Services.GetRequiredService<SourceChanges>();
        changes.Changed += told.Add;
        try
        {
            var saved = Assert.IsType<SaveOutcome.Saved>(await DecidedAsync(pair, source, etag));
            Assert.IsType<SaveOutcome.Stale>(await DecidedAsync(pair, source, etag));
            Assert.IsType<WriteAnswer.Decided>(await pair.Entries.DeleteAsync(pair.Reader, source, One, saved.ETag, NewKey(), Cancel));
        }
        finally
        {
            changes.Changed -= told.Add;
        }

        var change = new SourceChange(source.Owner.Domain, source.Collection, pair.Reader);
        Assert.Equal([change, change], told);
    }

    [Fact]
    public async Task A_write_at_home_goes_to_the_own_store_and_once()
    {
        var pair = await hosts.LinkAsync();
        var services = hosts.Globex.Services;
        var home = await services.GetRequiredService<SqlCollections>().CreateAsync(pair.Reader, CalendarApp.AppId, "Home", null, Cancel);
        var source = new SourceId(new Address(pair.Reader, Domain.Parse(hosts.Globex.Domain)), CalendarApp.AppId, home);
        var key = NewKey();

        Task<WriteAnswer> SaveAsync() => pair.Entries.SaveAsync(pair.Reader, source, One, Text, new Precondition.Absent(), key, Cancel);
        var saved = Assert.IsType<WriteAnswer.Decided>(await SaveAsync());
        Assert.IsType<SaveOutcome.Saved>(saved.Outcome);
        Assert.Equal(saved, await SaveAsync());
    }

    [Fact]
    public async Task A_write_that_was_never_sent_surely_did_not_happen()
    {
        var pair = await hosts.LinkAsync(new Uri($"http://acme.localhost:{InstallationHost.FreePort()}"));
        var source = await ShareAsync(pair);
        var unlinked = source with { Owner = new Address(pair.Acme.OwnerName, Domain.Parse("elsewhere.example")) };

        Assert.Equal(
            new WriteAnswer.Unavailable("There is no active link with elsewhere.example.", MayHaveHappened: false), await SaveAsync(pair, source, unlinked));
        // Nobody listens there; after five attempts nobody is asked any more.
        Assert.Equal(new WriteAnswer.Unavailable("The peer cannot be reached.", MayHaveHappened: false), await SaveAsync(pair, source));
        Assert.False(Assert.IsType<WriteAnswer.Unavailable>(await SaveAsync(pair, source)).MayHaveHappened);
        var open = Assert.IsType<WriteAnswer.Unavailable>(await SaveAsync(pair, source));
        Assert.Contains("several times in a row", open.Reason, StringComparison.Ordinal);
        Assert.False(open.MayHaveHappened);
    }

    [Fact]
    public async Task A_write_that_the_owner_refused_to_look_at_surely_did_not_happen()
    {
        var pair = await hosts.LinkAsync();
        var source = await ShareAsync(pair);
        hosts.GlobexClock.Advance(TimeSpan.FromMinutes(10));
        var skewed = Assert.IsType<WriteAnswer.Unavailable>(await SaveAsync(pair, source));
        hosts.AcmeClock.Advance(TimeSpan.FromMinutes(10));
        await LinkedHosts.ChangeLinkAsync(hosts.Acme, pair.GlobexAtAcme, (facts, now) => facts with { SuspendedHere = now });
        var suspended = Assert.IsType<WriteAnswer.Unavailable>(await SaveAsync(pair, source));

        Assert.False(skewed.MayHaveHappened);
        Assert.StartsWith("The two clocks differ too much.", skewed.Reason, StringComparison.Ordinal);
        Assert.False(suspended.MayHaveHappened);
        Assert.NotEqual("Mine", await TitleAsync(pair, source));
    }

    [Fact]
    public async Task A_refusal_after_an_attempt_that_may_have_arrived_leaves_open_whether_it_happened()
    {
        var pair = await hosts.LinkAsync();
        var source = await ShareAsync(pair);
        var attempts = 0;
        hosts.Front.Instead = async context =>
        {
            var answer = await hosts.Front.FetchAsync(context);
            if (++attempts > 1)
            {
                await answer.WriteAsync(context.Response);
                return;
            }
            await LinkedHosts.ChangeLinkAsync(hosts.Acme, pair.GlobexAtAcme, (facts, now) => facts with { SuspendedHere = now });
            context.Abort();
        };

        var answered = Assert.IsType<WriteAnswer.Unavailable>(await SaveAsync(pair, source));

        Assert.Equal(2, attempts);
        Assert.True(answered.MayHaveHappened);
        Assert.Equal("Mine", await TitleAsync(pair, source));
    }

    [Fact]
    public async Task Silence_ends_after_ten_seconds_and_leaves_open_whether_it_happened()
    {
        var pair = await hosts.LinkAsync();
        var source = await ShareAsync(pair);
        using var arrived = new SemaphoreSlim(0);
        hosts.Front.Instead = async context =>
        {
            await hosts.Front.FetchAsync(context);
            arrived.Release();
            await Task.Delay(Timeout.InfiniteTimeSpan, context.RequestAborted);
        };

        var saving = SaveAsync(pair, source);
        Assert.True(await arrived.WaitAsync(TimeSpan.FromSeconds(60), Cancel));
        hosts.Advance(TimeSpan.FromSeconds(9.9));
        Assert.False(saving.IsCompleted);
        hosts.Advance(TimeSpan.FromSeconds(0.1));

        Assert.Equal(new WriteAnswer.Unavailable("The peer did not answer within 10 seconds.", MayHaveHappened: true), await saving);
        Assert.Equal("Mine", await TitleAsync(pair, source));
    }

    [Fact]
    public async Task A_failure_of_the_owner_leaves_open_whether_it_happened()
    {
        var pair = await hosts.LinkAsync();
        var source = await ShareAsync(pair);
        hosts.Front.Instead = context => hosts.Front.SignAsync(
            context, StatusCodes.Status500InternalServerError, """{"type":"urn:peerweb:problem:internal-error","detail":"It failed here."}"""u8.ToArray());

        Assert.Equal(new WriteAnswer.Unavailable("It failed here.", MayHaveHappened: true), await SaveAsync(pair, source));
    }

    private static async Task<SourceId> ShareAsync(LinkedPair pair) => new(
        new Address(pair.Acme.OwnerName, pair.Source.Domain), CalendarApp.AppId, await pair.ShareAsync(Rights.Read | Rights.Add | Rights.Edit | Rights.Delete));

    /// <summary>Sam changes what Ada put there first.</summary>
    /// <param name="target">Where it is sent to, where that is not the source.</param>
    private static async Task<WriteAnswer> SaveAsync(LinkedPair pair, SourceId source, SourceId? target = null)
    {
        var there = await pair.Acme.Owner.ReadAsync(source.Collection, One, Cancel);
        Assert.NotNull(there);
        return await pair.Entries.SaveAsync(pair.Reader, target ?? source, One, Text, new Precondition.Match(there.ETag), NewKey(), Cancel);
    }

    private static async Task<SaveOutcome> DecidedAsync(LinkedPair pair, SourceId source, ETag etag) => Assert.IsType<WriteAnswer.Decided>(
        await pair.Entries.SaveAsync(pair.Reader, source, One, Text, new Precondition.Match(etag), NewKey(), Cancel)).Outcome;

    private static async Task<string?> TitleAsync(LinkedPair pair, SourceId source) =>
        (await pair.Acme.Owner.QueryAsync(LinkedPair.November with { Collections = [source.Collection] }, Cancel)).Entries.First(entry => entry.Uid == One).Title;

    private static string NewKey() => Guid.NewGuid().ToString("N");
}
