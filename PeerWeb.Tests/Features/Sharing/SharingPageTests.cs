using AngleSharp.Dom;
using Bunit;
using Microsoft.EntityFrameworkCore;
using PeerWeb.Core.Calendars;
using PeerWeb.Core.Primitives;
using PeerWeb.Core.Sharing;
using PeerWeb.Core.Storage.Peers;
using PeerWeb.Features.Sharing;
using Xunit;
using TestContext = Xunit.TestContext;

namespace PeerWeb.Tests.Features.Sharing;

public sealed class SharingPageTests
{
    private static readonly Principal Bob = new Principal.LocalUser(UserName.Parse("bob"));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_has_no_calendar_reads_where_to_begin()
    {
        await using var desk = await SharingDesk.OpenAsync(Token);
        await using var tab = new Tab(desk);

        Assert.Contains("nothing to share", (await tab.OpenAsync()).Find("[data-testid=sharing-empty]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Opening_the_page_changes_nothing()
    {
        await using var desk = await SharingDesk.OpenAsync(Token);
        var work = await desk.AddCalendarAsync("Work", Token);
        await desk.Database.GiveAsync(SharingDesk.Ada, work, Bob, Rights.Edit | Rights.Delete, Token);
        var before = await desk.Database.Grants.ListAsync(SharingDesk.Ada, CalendarApp.AppId, Token);
        await using var tab = new Tab(desk);

        var page = await tab.OpenAsync();

        Assert.Equal(["edit", "delete"], Ticked(page));
        Assert.Empty(page.FindAll("[data-testid=acl-save]"));
        Assert.Equal(before, await desk.Database.Grants.ListAsync(SharingDesk.Ada, CalendarApp.AppId, Token));
    }

    [Fact]
    public async Task A_pasted_address_gets_rows_and_nothing_before_the_save()
    {
        await using var desk = await SharingDesk.OpenAsync(Token);
        var peer = desk.LinkActive("globex.example");
        var work = await desk.AddCalendarAsync("Work", Token);
        await using var tab = new Tab(desk);
        var page = await tab.OpenAsync();

        Add(page, "Sam <sam@globex.example>");
        page.WaitForElement("[data-testid=acl-cell][data-principal='sam@globex.example']");
        Assert.Empty(Ticked(page));
        Assert.Empty(await desk.StoredAsync(Token));

        Box(page, work, "read").Change(true);
        page.WaitForAssertion(() => Assert.Equal(["read"], Ticked(page)));
        Box(page, work, "edit").Change(true);
        page.WaitForAssertion(() => Assert.Equal(["read", "edit"], Ticked(page)));
        Assert.Empty(await desk.StoredAsync(Token));
        page.WaitForElement("[data-testid=acl-save]").Click();

        page.WaitForAssertion(() => Assert.Equal("Saved.", page.Find("[data-testid=acl-notice]").TextContent));
        Assert.Equal([(new Principal.RemoteUser(peer, UserName.Parse("sam")), work, Rights.Read | Rights.Edit)], await desk.StoredAsync(Token));
        Assert.Empty(page.FindAll("[data-testid=acl-save]"));
        Assert.Equal("Telling Globex…", page.Find("[data-testid=acl-delivery]").TextContent.Trim());
    }

    [Fact]
    public async Task A_refusal_says_why_and_leaves_what_was_typed()
    {
        await using var desk = await SharingDesk.OpenAsync(Token);
        await desk.AddCalendarAsync("Work", Token);
        await using var tab = new Tab(desk);
        var page = await tab.OpenAsync();

        Add(page, "sam@unlinked.example");

        Assert.Equal("alert", page.WaitForElement("[data-testid=acl-add-notice]").GetAttribute("role"));
        Assert.Equal("sam@unlinked.example", page.Find("[data-testid=acl-add-principal]").GetAttribute("value"));
    }

    [Fact]
    public async Task Who_has_access_already_is_said_so_and_gets_no_second_row()
    {
        await using var desk = await SharingDesk.OpenAsync(Token);
        var work = await desk.AddCalendarAsync("Work", Token);
        await desk.Database.GiveAsync(SharingDesk.Ada, work, Bob, Rights.Read, Token);
        await using var tab = new Tab(desk);
        var page = await tab.OpenAsync();

        Add(page, "bob@acme.example");

        Assert.Contains("already", page.WaitForElement("[data-testid=acl-add-notice]").TextContent, StringComparison.Ordinal);
        Assert.Single(page.FindAll("[data-testid=acl-principal]"));
    }

    [Fact]
    public async Task Removing_somebody_takes_everything_after_the_save()
    {
        await using var desk = await SharingDesk.OpenAsync(Token);
        var peer = desk.LinkActive("globex.example");
        var sam = new Principal.RemoteUser(peer, UserName.Parse("sam"));
        var work = await desk.AddCalendarAsync("Work", Token);
        await desk.Database.GiveAsync(SharingDesk.Ada, work, sam, Rights.Read | Rights.Add, Token);
        await desk.Database.GiveAsync(SharingDesk.Ada, null, sam, Rights.Read, Token);
        await using var tab = new Tab(desk);
        var page = await tab.OpenAsync();

        page.Find("[data-testid=acl-remove]").Click();
        var save = page.WaitForElement("[data-testid=acl-save]");
        Assert.Equal(2, (await desk.StoredAsync(Token)).Count);
        save.Click();

        page.WaitForElement("[data-testid=acl-nobody]");
        Assert.Empty(await desk.StoredAsync(Token));
        Assert.Contains("sam@globex.example", page.WaitForElement("[data-testid=acl-ended]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_tabs_cannot_undo_each_other()
    {
        await using var desk = await SharingDesk.OpenAsync(Token);
        var work = await desk.AddCalendarAsync("Work", Token);
        await desk.Database.GiveAsync(SharingDesk.Ada, work, Bob, Rights.Read | Rights.Add, Token);
        await using var first = new Tab(desk);
        await using var second = new Tab(desk);
        var (one, two) = (await first.OpenAsync(), await second.OpenAsync());

        Box(one, work, "add").Change(false);
        one.WaitForElement("[data-testid=acl-save]").Click();
        one.WaitForAssertion(() => Assert.Equal("Saved.", one.Find("[data-testid=acl-notice]").TextContent));
        Box(two, work, "edit").Change(true);
        two.WaitForElement("[data-testid=acl-save]").Click();

        two.WaitForElement("[data-testid=acl-stale]");
        Assert.Contains("another tab", two.Find("[data-testid=acl-notice]").TextContent, StringComparison.Ordinal);
        Assert.Equal([(Bob, work, Rights.Read)], await desk.StoredAsync(Token));
        Assert.Equal(["read", "edit"], Ticked(two));

        two.WaitForElement("[data-testid=acl-save]").Click();
        two.WaitForAssertion(() => Assert.Equal("Saved.", two.Find("[data-testid=acl-notice]").TextContent));
        Assert.Equal([(Bob, work, Rights.Read | Rights.Edit)], await desk.StoredAsync(Token));
    }

    [Fact]
    public async Task A_refused_save_says_why_and_keeps_the_ticks()
    {
        await using var desk = await SharingDesk.OpenAsync(Token);
        var work = await desk.AddCalendarAsync("Work", Token);
        var peer = desk.LinkActive("globex.example");
        await desk.Database.GiveAsync(SharingDesk.Ada, work, new Principal.RemoteUser(peer, UserName.Parse("sam")), Rights.Read, Token);
        await using var tab = new Tab(desk);
        var page = await tab.OpenAsync();
        await using (var db = desk.Database.NewContext())
        {
            // The link is suspended while the page is open.
            await db.Set<PeerRow>().ExecuteUpdateAsync(row => row.SetProperty(link => link.State, "suspended"), Token);
        }

        Box(page, work, "add").Change(true);
        page.WaitForElement("[data-testid=acl-save]").Click();

        page.WaitForAssertion(() => Assert.Equal("alert", page.Find("[data-testid=acl-notice]").GetAttribute("role")));
        Assert.Contains("not active", page.Find("[data-testid=acl-row].changed").TextContent, StringComparison.Ordinal);
        Assert.Equal(["read", "add"], Ticked(page));
    }

    private static void Add(IRenderedComponent<SharingPage> page, string typed)
    {
        page.Find("[data-testid=acl-add-principal]").Input(typed);
        page.Find("form").Submit();
    }

    private static IElement Box(IRenderedComponent<SharingPage> page, CollectionId collection, string right) =>
        page.Find($"[data-testid=acl-cell][data-collection='{collection}'][data-right={right}] input");

    private static IEnumerable<string?> Ticked(IRenderedComponent<SharingPage> page) =>
        page.FindAll("[data-testid=acl-cell]").Where(cell => cell.QuerySelector("input")?.HasAttribute("checked") is true).Select(cell => cell.GetAttribute("data-right"));

    /// <summary>One browser tab: a circuit with a store of its own over the same database.</summary>
    private sealed class Tab : IAsyncDisposable
    {
        private readonly BunitContext _context = new();

        public Tab(SharingDesk desk)
        {
            _context.AddAuthorization().SetAuthorized("ada");
            _context.JSInterop.Mode = JSRuntimeMode.Loose;
            desk.Serve(_context.Services);
        }

        public async Task<IRenderedComponent<SharingPage>> OpenAsync()
        {
            var page = _context.Render<SharingPage>();
            await page.WaitForElementAsync(".lead");
            return page;
        }

        public ValueTask DisposeAsync() => _context.DisposeAsync();
    }
}
