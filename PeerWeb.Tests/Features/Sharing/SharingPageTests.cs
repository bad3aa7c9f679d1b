using Bunit;
using Microsoft.Extensions.DependencyInjection;
using PeerWeb.Core.Calendars;
using PeerWeb.Core.Primitives;
using PeerWeb.Core.Sharing;
using PeerWeb.Features.Sharing;
using PeerWeb.Features.Sharing.State;
using Xunit;
using TestContext = Xunit.TestContext;

namespace PeerWeb.Tests.Features.Sharing;

public sealed class SharingPageTests : BunitContext
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public SharingPageTests() => AddAuthorization().SetAuthorized("ada");

    [Fact]
    public async Task Who_has_no_calendar_reads_where_to_begin()
    {
        await using var desk = await SharingDesk.OpenAsync(Token);

        Assert.Contains("nothing to share", (await PageAsync(desk)).Find("[data-testid=sharing-empty]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Opening_the_page_changes_nothing()
    {
        await using var desk = await SharingDesk.OpenAsync(Token);
        var work = await desk.AddCalendarAsync("Work", Token);
        await desk.Database.GiveAsync(
            SharingDesk.Ada, work.Id, new Principal.LocalUser(UserName.Parse("bob")), Rights.Read | Rights.Edit | Rights.Delete, Token);
        var before = await desk.Database.Grants.ListAsync(SharingDesk.Ada, CalendarApp.AppId, Token);

        var page = await PageAsync(desk);

        Assert.Contains("also edit, delete", page.Find("[data-testid=acl-row]").TextContent, StringComparison.Ordinal);
        Assert.Equal(before, await desk.Database.Grants.ListAsync(SharingDesk.Ada, CalendarApp.AppId, Token));
    }

    [Fact]
    public async Task A_pasted_address_gives_read_and_shows_as_a_cell_of_the_grid()
    {
        await using var desk = await SharingDesk.OpenAsync(Token);
        desk.LinkActive("globex.example");
        var work = await desk.AddCalendarAsync("Work", Token);
        var page = await PageAsync(desk);
        Assert.Contains("Only you can see this calendar.", page.Find("[data-testid=acl-nobody]").TextContent, StringComparison.Ordinal);

        page.Find("[data-testid=acl-add-principal]").Input("sam@globex.example");
        page.Find("form").Submit();

        var cell = page.WaitForElement("[data-testid=acl-grid] [data-testid=acl-cell]");
        Assert.Equal(
            ("sam@globex.example", work.Id.ToString(), "read"),
            (cell.GetAttribute("data-principal"), cell.GetAttribute("data-collection"), cell.GetAttribute("data-right")));
        Assert.True(cell.QuerySelector("input[type=checkbox]")?.HasAttribute("checked"));
        page.WaitForAssertion(() => Assert.Equal("sam@globex.example can read “Work” now.", page.Find("[data-testid=acl-notice]").TextContent));
        Assert.Equal(string.Empty, page.Find("[data-testid=acl-add-principal]").GetAttribute("value"));
    }

    [Fact]
    public async Task A_refusal_says_why_and_leaves_what_was_typed()
    {
        await using var desk = await SharingDesk.OpenAsync(Token);
        await desk.AddCalendarAsync("Work", Token);
        var page = await PageAsync(desk);

        page.Find("[data-testid=acl-add-principal]").Input("sam@unlinked.example");
        page.Find("form").Submit();

        Assert.Equal("alert", page.WaitForElement("[data-testid=acl-notice]").GetAttribute("role"));
        Assert.Equal("sam@unlinked.example", page.Find("[data-testid=acl-add-principal]").GetAttribute("value"));
    }

    [Fact]
    public async Task Access_goes_only_after_it_was_confirmed()
    {
        await using var desk = await SharingDesk.OpenAsync(Token);
        var work = await desk.AddCalendarAsync("Work", Token);
        await desk.Queries.GiveReadAsync(work, "bob@acme.example", Token);
        var page = await PageAsync(desk);

        page.Find("[data-testid=acl-cell] input").Change(false);
        page.Find("[data-testid=acl-remove-keep]").Click();
        Assert.True(page.Find("[data-testid=acl-cell] input").HasAttribute("checked"));
        Assert.Single(await desk.Database.Grants.ListAsync(SharingDesk.Ada, CalendarApp.AppId, Token));

        page.Find("[data-testid=acl-remove]").Click();
        page.Find("[data-testid=acl-remove-confirm]").Click();

        page.WaitForElement("[data-testid=acl-nobody]");
        Assert.Empty(await desk.Database.Grants.ListAsync(SharingDesk.Ada, CalendarApp.AppId, Token));
    }

    private async Task<IRenderedComponent<SharingPage>> PageAsync(SharingDesk desk)
    {
        Services.AddFluxor(flux => flux.ScanTypes(typeof(SharingState), typeof(SharingReducers), typeof(SharingEffects)));
        Services.AddSingleton(desk.Queries);
        var page = Render<SharingPage>();
        await page.WaitForElementAsync(".lead");
        return page;
    }
}
