using NodaTime;
using PeerWeb.Core.Calendars;
using PeerWeb.Core.Federation.Merge;
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

    [Theory]
    [InlineData("sam@globex.example")]
    [InlineData("  Sam <SAM@Globex.example> ")]
    [InlineData("mailto:sam@globex.example")]
    [InlineData("“Sam Miller” <sam@globex.example>,")]
    [InlineData("sam@globex.example.")]
    [InlineData("<sam@globex.example>;")]
    public async Task A_remote_user_is_found_however_the_address_was_pasted(string typed)
    {
        await using var desk = await SharingDesk.OpenAsync(Token);
        var peer = desk.LinkActive("globex.example");

        var found = Assert.IsType<PrincipalAnswer.Found>(await desk.Queries.FindAsync(typed, Token)).Principal;

        Assert.Equal(new Principal.RemoteUser(peer, UserName.Parse("sam")), found.Principal);
        Assert.Equal(("sam@globex.example", "Globex", null), (found.Name, found.Home, found.Problem));
    }

    [Fact]
    public async Task Everyone_at_a_linked_domain_is_a_principal_and_a_local_user_is_one()
    {
        await using var desk = await SharingDesk.OpenAsync(Token);
        var peer = desk.LinkActive("globex.example");

        var everyone = Assert.IsType<PrincipalAnswer.Found>(await desk.Queries.FindAsync("everyone@globex.example", Token)).Principal;
        var bob = Assert.IsType<PrincipalAnswer.Found>(await desk.Queries.FindAsync("bob@acme.example", Token)).Principal;

        Assert.Equal((new Principal.EveryoneAt(peer), "everyone@globex.example"), (everyone.Principal, everyone.Name));
        Assert.Equal((new Principal.LocalUser(UserName.Parse("bob")), "bob@acme.example"), (bob.Principal, bob.Name));
    }

    [Theory]
    [InlineData("", "Type the address")]
    [InlineData("sam", "has no domain")]
    [InlineData("sam@", "is not an address")]
    [InlineData("<script>@x", "is not an address")]
    [InlineData("ada@acme.example", "your own address")]
    [InlineData("nobody@acme.example", "no user “nobody”")]
    [InlineData("everyone@acme.example", "one by one")]
    [InlineData("sam@unlinked.example", "is not linked with unlinked.example")]
    public async Task Who_cannot_be_given_anything_is_explained(string typed, string reason)
    {
        await using var desk = await SharingDesk.OpenAsync(Token);

        await RefusedAsync(desk, typed, reason);
    }

    [Fact]
    public async Task A_link_that_is_not_active_says_how_it_stands()
    {
        await using var desk = await SharingDesk.OpenAsync(Token);
        desk.Link("asked.example", facts => facts with { AskedHere = Once });
        desk.Link("paused.example", facts => facts with { AskedHere = Once, ApprovedHere = Once, ApprovedThere = Once, SuspendedThere = Once });
        desk.Link("gone.example", facts => facts with { AskedHere = Once, Revoked = Once, RevokedBy = LinkSide.There });

        await RefusedAsync(desk, "sam@asked.example", "is not finished");
        await RefusedAsync(desk, "sam@paused.example", "is suspended");
        await RefusedAsync(desk, "sam@gone.example", "is not linked");
    }

    [Fact]
    public async Task The_open_pages_of_a_local_user_hear_of_what_they_may_now_and_of_nothing_that_was_refused()
    {
        await using var desk = await SharingDesk.OpenAsync(Token);
        var calendar = await desk.Database.Collections.CreateAsync(SharingDesk.Ada, CalendarApp.AppId, "Work", null, Token);
        var bob = UserName.Parse("bob");
        var told = new List<SourceChange>();
        desk.Sources.Changed += told.Add;
        var change = new GrantChange(CalendarApp.AppId, calendar, new Principal.LocalUser(bob), Rights.Read, Rights.None, Version: 0);

        await desk.Queries.SaveAsync([change], Token);
        await desk.Queries.SaveAsync([change], Token);

        Assert.Equal(new SourceChange(Domain.Parse("acme.example"), calendar, bob), Assert.Single(told));
    }

    [Fact]
    public async Task The_matrix_has_the_viewers_calendars_and_everybody_with_a_grant()
    {
        await using var desk = await SharingDesk.OpenAsync(Token);
        var peer = desk.LinkActive("globex.example");
        var work = await desk.AddCalendarAsync("Work", Token);
        await desk.Database.Collections.CreateAsync(UserName.Parse("bob"), Core.Calendars.CalendarApp.AppId, "Bob's", null, Token);
        await desk.Database.GiveAsync(SharingDesk.Ada, work, new Principal.RemoteUser(peer, UserName.Parse("sam")), Rights.Read, Token);
        desk.Suspend(peer);

        var facts = await desk.Queries.ListAsync(Token);

        Assert.Equal([work], Assert.Single(facts.Matrix.Apps).Collections.Select(collection => collection.Id));
        var sam = Assert.Single(facts.Matrix.Principals);
        Assert.Contains("suspended", sam.Problem, StringComparison.Ordinal);
        Assert.Equal((Rights.Read, 1), (facts.Matrix.Grants.Single().Value.Rights, facts.Matrix.Grants.Single().Value.Version));
        Assert.Equal("sam@globex.example", Assert.Single(facts.Deliveries).To);
    }

    private static async Task RefusedAsync(SharingDesk desk, string typed, string reason)
    {
        var refused = Assert.IsType<PrincipalAnswer.Refused>(await desk.Queries.FindAsync(typed, Token));
        Assert.Contains(reason, refused.Reason, StringComparison.Ordinal);
    }
}
