using NodaTime;
using PeerWeb.Core.Calendars;
using PeerWeb.Core.Peers;
using PeerWeb.Core.Primitives;
using PeerWeb.Core.Sharing;
using PeerWeb.Features.Sharing;
using Xunit;

namespace PeerWeb.Tests.Features.Sharing;

public sealed class SharingQueriesTests
{
    private static readonly Instant Once = Instant.FromUtc(2026, 1, 1, 0, 0);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_remote_user_gets_read_as_peer_and_name_and_shows_with_the_address()
    {
        await using var desk = await SharingDesk.OpenAsync(Token);
        var peer = desk.LinkActive("globex.example");
        var work = await desk.AddCalendarAsync("Work", Token);

        var outcome = await desk.Queries.GiveReadAsync(work, "  Sam <SAM@Globex.example> ", Token);

        Assert.Equal(new GiveOutcome.Given(Address.Parse("sam@globex.example")), outcome);
        var stored = Assert.Single(await desk.Database.Grants.ListAsync(SharingDesk.Ada, CalendarApp.AppId, Token));
        Assert.Equal(new Principal.RemoteUser(peer, UserName.Parse("sam")), stored.Grant.Principal);
        Assert.Equal(Rights.Read, stored.Grant.Rights);
        var access = Assert.Single((await desk.Queries.ListAsync(Token)).Collections.Single().Access);
        Assert.Equal(("sam@globex.example", "Globex", true, false), (access.Principal, access.Home, access.IsLinked, access.IsOfAll));
    }

    [Fact]
    public async Task A_local_user_who_is_there_gets_read_and_one_who_is_not_is_refused()
    {
        await using var desk = await SharingDesk.OpenAsync(Token);
        var work = await desk.AddCalendarAsync("Work", Token);

        Assert.IsType<GiveOutcome.Given>(await desk.Queries.GiveReadAsync(work, "bob@acme.example", Token));
        await RefusedAsync(desk, work, "nobody@acme.example", "no user “nobody”");
    }

    [Theory]
    [InlineData("", "Type the address")]
    [InlineData("sam", "has no domain")]
    [InlineData("sam@", "is not an address")]
    [InlineData("<script>@x", "is not an address")]
    [InlineData("ada@acme.example", "your own address")]
    [InlineData("sam@unlinked.example", "is not linked with unlinked.example")]
    public async Task What_cannot_be_given_is_refused_with_what_to_do_and_nothing_changes(string typed, string reason)
    {
        await using var desk = await SharingDesk.OpenAsync(Token);
        var work = await desk.AddCalendarAsync("Work", Token);

        await RefusedAsync(desk, work, typed, reason);

        Assert.Empty(await desk.Database.Grants.ListAsync(SharingDesk.Ada, CalendarApp.AppId, Token));
    }

    [Fact]
    public async Task A_link_that_is_not_active_says_how_it_stands()
    {
        await using var desk = await SharingDesk.OpenAsync(Token);
        var work = await desk.AddCalendarAsync("Work", Token);
        desk.Link("asked.example", facts => facts with { AskedHere = Once });
        desk.Link("paused.example", facts => facts with { AskedHere = Once, ApprovedHere = Once, ApprovedThere = Once, SuspendedThere = Once });
        desk.Link("gone.example", facts => facts with { AskedHere = Once, Revoked = Once, RevokedBy = LinkSide.There });

        await RefusedAsync(desk, work, "sam@asked.example", "is not finished");
        await RefusedAsync(desk, work, "sam@paused.example", "is suspended");
        await RefusedAsync(desk, work, "sam@gone.example", "is not linked");
    }

    [Fact]
    public async Task Who_has_access_already_is_said_so_and_keeps_what_they_have()
    {
        await using var desk = await SharingDesk.OpenAsync(Token);
        var peer = desk.LinkActive("globex.example");
        var work = await desk.AddCalendarAsync("Work", Token);
        await desk.Database.GiveAsync(
            SharingDesk.Ada, work.Id, new Principal.RemoteUser(peer, UserName.Parse("sam")), Rights.Read | Rights.Edit, Token);

        await RefusedAsync(desk, work, "sam@globex.example", "already has access to “Work”");

        Assert.Equal(Rights.Read | Rights.Edit, (await desk.Queries.ListAsync(Token)).Collections.Single().Access.Single().Rights);
    }

    [Fact]
    public async Task Removing_one_access_leaves_the_others()
    {
        await using var desk = await SharingDesk.OpenAsync(Token);
        desk.LinkActive("globex.example");
        var work = await desk.AddCalendarAsync("Work", Token);
        await desk.Queries.GiveReadAsync(work, "sam@globex.example", Token);
        await desk.Queries.GiveReadAsync(work, "bob@acme.example", Token);
        var sam = (await desk.Queries.ListAsync(Token)).Collections.Single().Access.Single(access => access.Principal == "sam@globex.example");

        Assert.True(await desk.Queries.RemoveAsync(sam.Grant, Token));
        Assert.False(await desk.Queries.RemoveAsync(sam.Grant, Token));

        Assert.Equal("bob@acme.example", Assert.Single((await desk.Queries.ListAsync(Token)).Collections.Single().Access).Principal);
    }

    [Fact]
    public async Task Calendars_of_others_are_not_mine_to_share()
    {
        await using var desk = await SharingDesk.OpenAsync(Token);
        var bob = UserName.Parse("bob");
        var bobs = await desk.Database.Collections.CreateAsync(bob, CalendarApp.AppId, "Bob's", null, Token);
        await desk.Database.GiveAsync(bob, bobs, new Principal.LocalUser(SharingDesk.Ada), Rights.All, Token);

        Assert.Empty((await desk.Queries.ListAsync(Token)).Collections);
        var stolen = new SharedCollection(bobs, CalendarApp.AppId, "calendar", "Bob's", null, []);
        desk.LinkActive("globex.example");
        await RefusedAsync(desk, stolen, "sam@globex.example", "not there any more");
    }

    private static async Task RefusedAsync(SharingDesk desk, SharedCollection collection, string typed, string reason)
    {
        var refused = Assert.IsType<GiveOutcome.Refused>(await desk.Queries.GiveReadAsync(collection, typed, Token));
        Assert.Contains(reason, refused.Reason, StringComparison.Ordinal);
    }
}
