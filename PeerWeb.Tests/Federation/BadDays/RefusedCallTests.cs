using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using PeerWeb.Core.Calendars;
using PeerWeb.Core.Federation.Client;
using PeerWeb.Core.Federation.Merge;
using PeerWeb.Core.Federation.Signing;
using PeerWeb.Core.Federation.Wire;
using PeerWeb.Core.Peers;
using PeerWeb.Core.Primitives;
using PeerWeb.Core.Sharing;
using PeerWeb.Core.Storage;
using PeerWeb.Core.Storage.Peers;
using PeerWeb.Tests.Federation.Hosts;
using Xunit;

namespace PeerWeb.Tests.Federation.BadDays;

/// <summary>Calls that Acme refuses over its whole pipeline, and what Globex' month says of it.</summary>
public sealed class RefusedCallTests(FrontedHosts hosts) : IClassFixture<FrontedHosts>
{
    private static readonly TimeSpan TenMinutes = TimeSpan.FromMinutes(10);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_replayed_request_is_refused_and_the_source_says_so()
    {
        var pair = await PairAsync();
        hosts.Front.At(Front.QueryPath, async context =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body, Cancel);
            var first = await hosts.Front.FetchAsync(context, body.ToArray());
            Assert.Equal(StatusCodes.Status200OK, first.Status);
            await (await hosts.Front.FetchAsync(context, body.ToArray())).WriteAsync(context.Response);
        });

        var acme = (await pair.AskAsync()).Peer(hosts.Acme.Domain);

        Assert.Equal((SourceState.Offline, "This very request has been received before."), (acme.Installation.Status?.State, acme.Installation.Status?.Reason));
        Assert.Empty(acme.Entries);
    }

    [Fact]
    public async Task A_request_for_another_destination_is_refused_and_the_source_says_so()
    {
        var pair = await hosts.LinkAsync(endpoint: null, domain: "elsewhere.example");
        await pair.AddLocalAsync();
        await pair.ShareAsync();

        var acme = (await pair.AskAsync()).Peer("elsewhere.example");

        Assert.Equal((SourceState.Offline, "The request is meant for another installation."), (acme.Installation.Status?.State, acme.Installation.Status?.Reason));
        var refused = await Assert.ThrowsAsync<PeerRefusedException>(() => pair.Acme.Source.ListCollectionsAsync(CalendarApp.AppId, Cancel));
        Assert.Equal(PeerProblems.WrongDestination, refused.Slug);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_clock_that_is_ten_minutes_off_is_named_as_such(bool isAcmesAhead)
    {
        var pair = await PairAsync();
        (isAcmesAhead ? hosts.AcmeClock : hosts.GlobexClock).Advance(TenMinutes);

        var acme = (await pair.AskAsync()).Peer(hosts.Acme.Domain);
        (isAcmesAhead ? hosts.GlobexClock : hosts.AcmeClock).Advance(TenMinutes);
        var after = (await pair.AskAsync()).Peer(hosts.Acme.Domain);

        Assert.Equal(SourceState.Offline, acme.Installation.Status?.State);
        Assert.StartsWith("The two clocks differ too much.", acme.Installation.Status?.Reason, StringComparison.Ordinal);
        Assert.Equal(SourceState.Live, after.Installation.Status?.State);
    }

    [Fact]
    public async Task A_request_that_arrives_when_it_has_expired_is_refused()
    {
        var pair = await PairAsync();
        var call = new SignedRaw(hosts.Acme, LinkedHosts.KeyOf(hosts.Globex), hosts.GlobexClock, "GET", Front.ListPath) { Actor = $"\"{pair.Reader}\"" };
        var sent = call.Sign();
        hosts.Advance(TenMinutes);

        var answer = await SignedRaw.SendAsync(hosts.Acme, sent, Cancel);

        Assert.Equal((StatusCodes.Status401Unauthorized, PeerProblems.ClockSkew), (answer.Status, answer.Slug));
    }

    [Fact]
    public async Task A_grant_revoked_between_two_queries_takes_its_entries_along()
    {
        var pair = await PairAsync(Rights.None);
        var calendar = Assert.Single(await pair.Acme.Owner.ListCollectionsAsync(CalendarApp.AppId, Cancel)).Id;
        var grant = await pair.Acme.GrantAsync(calendar, Rights.Read);
        Assert.Equal(LinkedPair.Shared, MergedMonth.Titles((await pair.AskAsync()).Peer(hosts.Acme.Domain)));
        await pair.Acme.RevokeAsync(grant);

        var acme = (await pair.AskAsync()).Peer(hosts.Acme.Domain);

        Assert.Equal(SourceState.Refused, Assert.Single(acme.Sources).Status.State);
        Assert.Empty(acme.Entries);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_link_suspended_or_revoked_between_two_queries_gives_nothing_from_its_commit_on(bool isRevoked)
    {
        var pair = await PairAsync();
        Assert.Equal(LinkedPair.Shared, MergedMonth.Titles((await pair.AskAsync()).Peer(hosts.Acme.Domain)));
        var calendar = Assert.Single(await pair.Acme.Source.ListCollectionsAsync(CalendarApp.AppId, Cancel)).Id;
        await LinkedHosts.ChangeLinkAsync(hosts.Acme, pair.GlobexAtAcme, (facts, now) =>
            isRevoked ? facts with { Revoked = now, RevokedBy = LinkSide.Here } : facts with { SuspendedHere = now });

        var source = pair.Acme.Source;
        Func<Task>[] calls =
        [
            () => source.ListCollectionsAsync(CalendarApp.AppId, Cancel),
            () => source.QueryAsync(LinkedPair.November, Cancel),
            () => source.ReadAsync(calendar, Uid.Parse("one"), Cancel),
            () => source.ChangesAsync(calendar, null, 10, Cancel),
        ];
        foreach (var call in calls)
            Assert.Equal(PeerProblems.LinkNotActive, (await Assert.ThrowsAsync<PeerRefusedException>(call)).Slug);
        var acme = (await pair.AskAsync()).Peer(hosts.Acme.Domain);
        Assert.Equal(SourceState.Refused, acme.Installation.Status?.State);
        Assert.Equal(SourceState.Refused, Assert.Single(acme.Sources).Status.State);
        Assert.Empty(acme.Entries);
    }

    [Fact]
    public async Task A_link_that_is_suspended_here_refuses_its_sources_and_gives_them_back_when_it_is_resumed()
    {
        var pair = await PairAsync();
        var offer = Assert.Single(await hosts.Globex.Services.GetRequiredService<IOfferBook>().ListAsync(pair.Reader, Cancel));
        var named = offer.Notice with { Version = offer.Notice.Version + 1, Covered = [new NamedCollection(offer.Notice.Collection.GetValueOrDefault(), "Work", null)] };
        await hosts.Globex.Services.GetRequiredService<ReceivedOffers>().ReceiveAsync(pair.AcmeAtGlobex, named, new Receipt(Guid.NewGuid().ToString("N"), "00"), Cancel);
        await LinkedHosts.ChangeLinkAsync(hosts.Globex, pair.AcmeAtGlobex, (facts, now) => facts with { SuspendedHere = now });

        var suspended = (await pair.AskAsync()).Peer(hosts.Acme.Domain);
        await LinkedHosts.ChangeLinkAsync(hosts.Globex, pair.AcmeAtGlobex, (facts, _) => facts with { SuspendedHere = null });
        var resumed = (await pair.AskAsync()).Peer(hosts.Acme.Domain);

        var source = Assert.Single(suspended.Sources);
        Assert.Equal((SourceState.Refused, "The link with this installation is not active now."), (source.Status.State, source.Status.Reason));
        Assert.Empty(suspended.Entries);
        Assert.Equal(source.Id, Assert.Single(resumed.Sources).Id);
        Assert.Equal(LinkedPair.Shared, MergedMonth.Titles(resumed));
    }

    [Fact]
    public async Task What_was_accepted_and_the_owner_does_not_list_is_refused_before_any_notice_says_so()
    {
        var pair = await PairAsync();
        var offers = hosts.Globex.Services.GetRequiredService<IOfferBook>();
        var taken = Assert.Single(await offers.ListAsync(pair.Reader, Cancel)).Notice with { Grant = GrantId.New(), Collection = CollectionId.New() };
        taken = taken with { Covered = [new NamedCollection(taken.Collection.GetValueOrDefault(), "Taken back", null)] };
        await hosts.Globex.Services.GetRequiredService<ReceivedOffers>().ReceiveAsync(pair.AcmeAtGlobex, taken, new Receipt(Guid.NewGuid().ToString("N"), "00"), Cancel);
        Assert.True(await offers.AnswerAsync(pair.Reader, pair.AcmeAtGlobex, taken.Grant, OfferAnswer.Accepted, Cancel));

        var acme = (await pair.AskAsync()).Peer(hosts.Acme.Domain);

        Assert.Equal([("Work", SourceState.Live), ("Taken back", SourceState.Refused)], acme.Sources.Select(source => (source.Name, source.Status.State)));
        Assert.Equal(LinkedPair.Shared, MergedMonth.Titles(acme));
    }

    [Fact]
    public async Task Grants_of_a_revoked_link_do_not_come_back_with_a_new_one()
    {
        var first = await PairAsync();
        Assert.Single(await first.Acme.Source.ListCollectionsAsync(CalendarApp.AppId, Cancel));
        Assert.IsType<Transition.Done>(await hosts.Acme.Links.RevokeAsync(first.GlobexAtAcme, Cancel));
        Assert.Empty(await hosts.Acme.Services.GetRequiredService<SqlGrants>().ListAsync(first.Acme.OwnerName, CalendarApp.AppId, Cancel));
        // The message ends the link there too; only then can a new one begin.
        await hosts.Globex.UntilAsync(first.AcmeAtGlobex, LinkState.Revoked.Name(), Cancel);

        var second = await hosts.LinkAsync();

        Assert.NotEqual(first.GlobexAtAcme, second.GlobexAtAcme);
        Assert.Empty(await second.Source.StoreFor(first.Reader).ListCollectionsAsync(CalendarApp.AppId, Cancel));
    }

    [Fact]
    public async Task A_peer_that_acts_for_another_peers_user_gets_that_users_name_and_none_of_their_rights()
    {
        var pair = await PairAsync();
        using var key = SigningKey.Create();
        var initech = LinkedHosts.Stranger(key, "initech.example");
        await LinkedHosts.AddPeerAsync(hosts.Acme, initech, new Uri("http://initech.example"));
        var globex = new SignedRaw(hosts.Acme, LinkedHosts.KeyOf(hosts.Globex), hosts.AcmeClock, "GET", Front.ListPath) { Actor = $"\"{pair.Reader}\"" };

        var theirs = await globex.SendAsync(Cancel);
        var stolen = await (globex with { Key = key }).SendAsync(Cancel);

        Assert.Equal((1, 0), (Count(theirs), Count(stolen)));
    }

    [Theory]
    [InlineData("sam", PeerProblems.MalformedField)]
    [InlineData("\"Sam\"", PeerProblems.MalformedField)]
    [InlineData("\"sam@globex.example\"", PeerProblems.MalformedField)]
    [InlineData("\"acct:sam\"", PeerProblems.MalformedField)]
    [InlineData("\"sam.\"; groups=(\"sales\" \"sales\")", PeerProblems.MalformedField)]
    [InlineData("\"sam\", \"ada\"", PeerProblems.MalformedField)]
    [InlineData("\"\"", PeerProblems.MalformedField)]
    [InlineData(null, PeerProblems.ActorMissing)]
    public async Task An_actor_in_any_other_spelling_is_nobody(string? actor, string slug)
    {
        await PairAsync();
        var call = new SignedRaw(hosts.Acme, LinkedHosts.KeyOf(hosts.Globex), hosts.AcmeClock, "GET", Front.ListPath) { Actor = actor };

        var answer = await call.SendAsync(Cancel);

        Assert.Equal(slug, answer.Slug);
        Assert.NotNull(answer.Problem?.RequestId);
    }

    private async Task<LinkedPair> PairAsync(Rights rights = Rights.Read)
    {
        var pair = await hosts.LinkAsync();
        await pair.AddLocalAsync();
        await pair.ShareAsync(rights);
        return pair;
    }

    private static int Count(RawAnswer answer)
    {
        Assert.Equal(StatusCodes.Status200OK, answer.Status);
        using var json = System.Text.Json.JsonDocument.Parse(answer.Message.Body);
        return json.RootElement.GetProperty("collections").GetArrayLength();
    }
}
