using System.Text;
using Microsoft.Extensions.DependencyInjection;
using PeerWeb.Core.Calendars;
using PeerWeb.Core.Federation.Merge;
using PeerWeb.Core.Peers;
using PeerWeb.Core.Primitives;
using PeerWeb.Core.Sharing;
using PeerWeb.Core.Storage;
using PeerWeb.Core.Sync;
using PeerWeb.Tests.Conformance;
using PeerWeb.Tests.Federation.Hosts;
using Xunit;

namespace PeerWeb.Tests.Federation.Sharing;

/// <summary>From the owner's tick to the reader's month, between two whole installations and by their own messages.</summary>
public sealed class OfferStoryTests(FrontedHosts hosts) : IClassFixture<FrontedHosts>
{
    private static readonly TimeSpan HangGuard = TimeSpan.FromSeconds(60);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private SqlGrants Grants => hosts.Acme.Services.GetRequiredService<SqlGrants>();

    private IOfferBook Book => hosts.Globex.Services.GetRequiredService<IOfferBook>();

    [Fact]
    public async Task A_source_shows_from_acceptance_to_the_end_of_the_grant_and_a_new_grant_is_a_new_offer()
    {
        var (pair, calendar) = await PairAsync();
        await SaveAsync(pair, calendar, Rights.Read, Rights.None, 0);
        var offer = await UntilAsync(pair, offer => offer.Ended is null);
        Assert.Equal((OfferAnswer.Open, 1, Rights.Read), (offer.Answer, offer.Notice.Version, offer.Notice.Rights));
        Assert.Equal(["Work"], offer.Notice.Covered.Select(named => named.Name));
        Assert.Empty((await pair.AskAsync()).Answers.Skip(1));

        Assert.True(await Book.AnswerAsync(pair.Reader, offer.Peer, offer.Notice.Grant, OfferAnswer.Accepted, Cancel));
        Assert.Equal(LinkedPair.Shared, MergedMonth.Titles(await AcmeAsync(pair)));

        await SaveAsync(pair, calendar, Rights.Edit, Rights.None, 1);
        Assert.Equal(Rights.Read | Rights.Edit, (await UntilAsync(pair, known => known.Notice.Version == 2)).Notice.Rights);
        Assert.True(Assert.Single((await AcmeAsync(pair)).Sources).MyRights.HasFlag(Rights.Edit));

        await SaveAsync(pair, calendar, Rights.None, Rights.All, 2);
        await UntilAsync(pair, known => known.Ended is not null);
        AssertRefused(await AcmeAsync(pair), "Work");

        await SaveAsync(pair, calendar, Rights.Read, Rights.None, 0);
        var again = await UntilAsync(pair, known => known.Ended is null);
        Assert.NotEqual(offer.Notice.Grant, again.Notice.Grant);
        Assert.Equal(OfferAnswer.Open, again.Answer);
        AssertRefused(await AcmeAsync(pair), "Work");
        await Book.AnswerAsync(pair.Reader, again.Peer, again.Notice.Grant, OfferAnswer.Accepted, Cancel);
        var acme = await AcmeAsync(pair);
        Assert.Equal(SourceState.Live, Assert.Single(acme.Sources).Status.State);
        Assert.Equal(LinkedPair.Shared, MergedMonth.Titles(acme));
    }

    [Fact]
    public async Task Nobody_asks_a_peer_of_which_nothing_was_accepted_and_what_was_left_does_not_show()
    {
        var (pair, calendar) = await PairAsync();
        var grant = await pair.Acme.GrantAsync(calendar, Rights.Read);
        Assert.Equal(LinkedPair.Shared, MergedMonth.Titles(await AcmeAsync(pair)));
        var asked = 0;
        hosts.Front.Instead = context =>
        {
            asked++;
            return hosts.Front.PassAsync(context);
        };

        foreach (var answer in (OfferAnswer[])[OfferAnswer.Open, OfferAnswer.Declined])
        {
            Assert.True(await Book.AnswerAsync(pair.Reader, pair.AcmeAtGlobex, grant, answer, Cancel));
            var merge = await pair.AskAsync();
            Assert.All(merge.Asked.Installations, one => Assert.True(one.IsOwn));
            Assert.True(Assert.Single(merge.Answers).Installation.IsOwn);
        }

        Assert.Equal(0, asked);
    }

    [Fact]
    public async Task Of_two_shared_calendars_only_the_accepted_one_is_asked_for_and_shows()
    {
        var (pair, calendar) = await PairAsync();
        await pair.Acme.GrantAsync(calendar, Rights.Read);
        var other = await pair.Acme.CalendarAsync("Other", Rights.None);
        await pair.Acme.PutAsync(other, "secret", Ics.Event("secret", "Not accepted", ":20261110T090000Z", ":20261110T100000Z"));
        await SaveAsync(pair, other, Rights.Read, Rights.None, 0);
        var bodies = new List<string>();
        hosts.Front.At(Front.QueryPath, async context =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body, Cancel);
            bodies.Add(Encoding.UTF8.GetString(body.ToArray()));
            await (await hosts.Front.FetchAsync(context, body.ToArray())).WriteAsync(context.Response);
        });

        await AcmeAsync(pair);
        var acme = await AcmeAsync(pair);

        Assert.Equal(["Work"], acme.Sources.Select(source => source.Name));
        Assert.Equal(LinkedPair.Shared, MergedMonth.Titles(acme));
        Assert.Contains(calendar.ToString(), bodies[^1], StringComparison.Ordinal);
        Assert.DoesNotContain(other.ToString(), bodies[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_calendar_made_after_everything_was_accepted_shows_by_itself()
    {
        var (pair, _) = await PairAsync();
        await pair.Acme.GrantAsync(collection: null, Rights.Read);
        Assert.Equal(["Work"], (await AcmeAsync(pair)).Sources.Select(source => source.Name));

        var later = await pair.Acme.CalendarAsync("Later", Rights.None);
        await pair.Acme.PutAsync(later, "new", Ics.Event("new", "New", ":20261112T090000Z", ":20261112T100000Z"));
        var acme = await AcmeAsync(pair);

        Assert.Equal(["Later", "Work"], acme.Sources.Select(source => source.Name).Order());
        Assert.All(acme.Sources, source => Assert.Equal(SourceState.Live, source.Status.State));
        Assert.Contains("New", MergedMonth.Titles(acme));
    }

    [Fact]
    public async Task What_was_taken_back_while_the_peer_cannot_be_asked_is_gone_at_once_and_listed_for_a_week_or_until_put_away()
    {
        var (pair, calendar) = await PairAsync();
        var grant = await pair.Acme.GrantAsync(calendar, Rights.Read);
        Assert.Equal(LinkedPair.Shared, MergedMonth.Titles(await AcmeAsync(pair)));
        var sources = new List<SourceChange>();
        hosts.Globex.Services.GetRequiredService<SourceChanges>().Changed += sources.Add;
        hosts.Front.Instead = context =>
        {
            context.Abort();
            return Task.CompletedTask;
        };

        await pair.Acme.RevokeAsync(grant);
        await UntilAsync(pair, offer => offer.Ended is not null);

        Assert.Contains(new SourceChange(Domain.Parse(hosts.Acme.Domain), calendar, pair.Reader), sources);
        AssertRefused(await AcmeAsync(pair), calendar.ToString());
        hosts.Advance(TimeSpan.FromDays(6));
        AssertRefused(await AcmeAsync(pair), calendar.ToString());
        Assert.True(await Book.DismissAsync(pair.Reader, pair.AcmeAtGlobex, grant, Cancel));
        Assert.Single((await pair.AskAsync()).Answers);
    }

    [Fact]
    public async Task After_a_week_what_was_taken_back_is_no_longer_listed()
    {
        var (pair, calendar) = await PairAsync();
        var grant = await pair.Acme.GrantAsync(calendar, Rights.Read);
        await pair.Acme.RevokeAsync(grant);
        await UntilAsync(pair, offer => offer.Ended is not null);
        Assert.Equal(2, (await pair.AskAsync()).Answers.Count);

        hosts.Advance(TimeSpan.FromDays(7));

        Assert.Single((await pair.AskAsync()).Answers);
    }

    [Fact]
    public async Task The_owners_refusal_does_not_wait_for_the_other_side_to_hear_of_it()
    {
        var (pair, calendar) = await PairAsync();
        var grant = await pair.Acme.GrantAsync(calendar, Rights.Read);
        Assert.NotNull(await pair.Acme.Source.ReadAsync(calendar, Uid.Parse("one"), Cancel));
        Assert.Equal(LinkedPair.Shared, MergedMonth.Titles(await AcmeAsync(pair)));
        // Acme finds nobody where it believes Globex to be.
        await LinkedHosts.ChangePeerAsync(hosts.Acme, pair.GlobexAtAcme, peer => peer with { Endpoint = new Uri("http://globex.localhost:9") });

        await pair.Acme.RevokeAsync(grant);

        Assert.Null(await pair.Acme.Source.ReadAsync(calendar, Uid.Parse("one"), Cancel));
        Assert.Empty(await pair.Acme.Source.ListCollectionsAsync(CalendarApp.AppId, Cancel));
        Assert.Null(Assert.Single(await Book.ListAsync(pair.Reader, Cancel)).Ended);
        AssertRefused(await AcmeAsync(pair), "Work", calendar.ToString());
    }

    [Fact]
    public async Task A_notice_that_a_resting_link_turned_down_is_not_lost()
    {
        var (pair, calendar) = await PairAsync();
        await LinkedHosts.ChangeLinkAsync(hosts.Globex, pair.AcmeAtGlobex, (facts, now) => facts with { SuspendedHere = now });
        await SaveAsync(pair, calendar, Rights.Read, Rights.None, 0);
        var changes = hosts.Acme.Services.GetRequiredService<PeerChanges>();
        var deliveries = hosts.Acme.Services.GetRequiredService<GrantDeliveries>();
        var turnedDown = await UntilAsync(
            note => changes.Changed += note, note => changes.Changed -= note,
            async () => (await deliveries.ListAsync(pair.Acme.OwnerName, Cancel)).SingleOrDefault(one => one.Attempts > 0));
        Assert.Equal((MessageState.Waiting, null), (turnedDown.State, turnedDown.Settled));

        await LinkedHosts.ChangeLinkAsync(hosts.Globex, pair.AcmeAtGlobex, (facts, _) => facts with { SuspendedHere = null });
        await hosts.Acme.Outbox.TryNowAsync(pair.GlobexAtAcme, Cancel);

        Assert.Equal(1, (await UntilAsync(pair, _ => true)).Notice.Version);
    }

    private async Task<(LinkedPair Pair, CollectionId Calendar)> PairAsync()
    {
        var pair = await hosts.LinkAsync();
        await pair.AddLocalAsync();
        return (pair, await pair.ShareAsync(Rights.None));
    }

    private async Task<MergeUpdate.Answered> AcmeAsync(LinkedPair pair) => (await pair.AskAsync()).Peer(hosts.Acme.Domain);

    private async Task SaveAsync(LinkedPair pair, CollectionId calendar, Rights add, Rights remove, int version) =>
        Assert.IsType<GrantOutcome.Saved>(Assert.Single(await Grants.SaveAsync(
            pair.Acme.OwnerName, [new GrantChange(CalendarApp.AppId, calendar, new Principal.RemoteUser(pair.GlobexAtAcme, pair.Reader), add, remove, version)], Cancel)));

    /// <summary>The reader's newest offer that is as wanted, once Acme's message is there.</summary>
    private async Task<Offer> UntilAsync(LinkedPair pair, Func<Offer, bool> isWanted)
    {
        var changes = hosts.Globex.Services.GetRequiredService<OfferChanges>();
        Action? told = null;
        void Note(OfferChange change) => told?.Invoke();
        changes.Changed += Note;
        var offer = await UntilAsync(
            note => told += note, note => told -= note, async () => (await Book.ListAsync(pair.Reader, Cancel)).FirstOrDefault(isWanted));
        changes.Changed -= Note;
        return offer;
    }

    /// <summary>Looks again after each announcement, not after a time.</summary>
    private static async Task<T> UntilAsync<T>(Action<Action> listen, Action<Action> leave, Func<Task<T?>> look)
        where T : class
    {
        using var changed = new SemaphoreSlim(0);
        void Note() => changed.Release();
        listen(Note);
        try
        {
            while (true)
            {
                if (await look() is { } found)
                    return found;
                Assert.True(await changed.WaitAsync(HangGuard, Cancel));
            }
        }
        finally
        {
            leave(Note);
        }
    }

    private static void AssertRefused(MergeUpdate.Answered acme, params string[] nameOrId)
    {
        var source = Assert.Single(acme.Sources);
        Assert.True(nameOrId.Contains(source.Name) || nameOrId.Contains(source.Id.Collection.ToString()), source.ToString());
        Assert.Equal((SourceState.Refused, "It is no longer shared with you."), (source.Status.State, source.Status.Reason));
        Assert.NotNull(source.Status.Since);
        Assert.Empty(acme.Entries);
    }
}
