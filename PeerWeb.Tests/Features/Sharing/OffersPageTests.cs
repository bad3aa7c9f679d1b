using Bunit;
using PeerWeb.Core.Primitives;
using PeerWeb.Core.Sharing;
using PeerWeb.Features.Sharing;
using PeerWeb.Features.Sharing.Components;
using Xunit;
using TestContext = Xunit.TestContext;

namespace PeerWeb.Tests.Features.Sharing;

public sealed class OffersPageTests : BunitContext
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public OffersPageTests()
    {
        AddAuthorization().SetAuthorized("ada");
        JSInterop.Mode = JSRuntimeMode.Loose;
    }

    [Fact]
    public async Task Without_offers_the_page_says_how_one_comes_to_some()
    {
        await using var desk = await SharingDesk.OpenAsync(Token);
        desk.Serve(Services);

        Assert.Contains("Nobody offers you anything yet", Render<OffersPage>().WaitForElement("[data-testid=offers-empty]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_offer_says_who_what_and_which_rights_and_is_accepted_left_and_accepted_again()
    {
        await using var desk = await SharingDesk.OpenAsync(Token);
        var peer = desk.LinkActive("globex.example");
        await desk.TellAsync(peer, GrantId.New(), 1, Rights.Read | Rights.Add | Rights.Edit, Token, "Work", "Home");
        desk.Serve(Services);
        var (page, badge) = (Render<OffersPage>(), Render<OffersBadge>());

        var offer = page.WaitForElement("[data-testid=offer][data-state=open]");
        Assert.Equal("sam@globex.example/calendar/all", offer.GetAttribute("data-source"));
        Assert.Contains("“Work” and “Home”", offer.TextContent, StringComparison.Ordinal);
        Assert.Contains("Globex", offer.TextContent, StringComparison.Ordinal);
        Assert.Contains("You can read, add and edit.", offer.TextContent, StringComparison.Ordinal);
        Assert.Equal("1", badge.Find("[data-testid=offers-badge] [aria-hidden]").TextContent);

        page.Find("[data-testid=offer-accept]").Click();
        page.WaitForElement("[data-testid=offer][data-state=accepted]");
        Assert.Equal("/calendar", page.WaitForElement("[data-testid=offer-open]").GetAttribute("href"));
        badge.WaitForAssertion(() => Assert.Empty(badge.FindAll("[data-testid=offers-badge]")));

        page.Find("[data-testid=offer-leave]").Click();
        page.WaitForElement("[data-testid=offer][data-state=left]");
        page.Find("[data-testid=offer-accept]").Click();
        page.WaitForElement("[data-testid=offer][data-state=accepted]");
    }

    [Fact]
    public async Task An_offer_to_everyone_says_so_and_stands_beside_ones_own()
    {
        await using var desk = await SharingDesk.OpenAsync(Token);
        var peer = desk.LinkActive("globex.example");
        await desk.TellAsync(peer, GrantId.New(), 1, Rights.Read, recipient: null, ["Work"], Token);
        await desk.TellAsync(peer, GrantId.New(), 1, Rights.Read, Token, "Work");
        desk.Serve(Services);
        var page = Render<OffersPage>();

        page.WaitForElements("[data-testid=offer]", 2);
        Assert.Single(page.FindAll("[data-testid=offer]"), offer => offer.TextContent.Contains("Globex, to everyone here", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_declined_offer_can_be_accepted_later()
    {
        await using var desk = await SharingDesk.OpenAsync(Token);
        await desk.TellAsync(desk.LinkActive("globex.example"), GrantId.New(), 1, Rights.Read, Token, "Work");
        desk.Serve(Services);
        var page = Render<OffersPage>();

        page.WaitForElement("[data-testid=offer-decline]").Click();
        page.WaitForElement("[data-testid=offer][data-state=declined]");
        page.Find("[data-testid=offer-accept]").Click();

        page.WaitForElement("[data-testid=offer][data-state=accepted]");
    }

    [Fact]
    public async Task Offers_come_change_and_end_on_the_open_page_and_an_ended_one_is_put_away()
    {
        await using var desk = await SharingDesk.OpenAsync(Token);
        var (peer, grant) = (desk.LinkActive("globex.example"), GrantId.New());
        desk.Serve(Services);
        var page = Render<OffersPage>();
        page.WaitForElement("[data-testid=offers-empty]");

        await desk.TellAsync(peer, grant, 1, Rights.Read, Token, "Work");
        page.WaitForElement("[data-testid=offer-accept]").Click();
        page.WaitForElement("[data-testid=offer][data-state=accepted]");
        await desk.TellAsync(peer, grant, 2, Rights.Read | Rights.Delete, Token, "Work");
        page.WaitForAssertion(() => Assert.Contains("You can read and delete.", page.Find("[data-testid=offer]").TextContent, StringComparison.Ordinal));
        await desk.TellAsync(peer, grant, 3, Rights.None, Token, "Work");
        Assert.Contains("sam ended this on", page.WaitForElement("[data-testid=offer][data-state=ended]").TextContent, StringComparison.Ordinal);

        page.Find("[data-testid=offer-dismiss]").Click();
        page.WaitForElement("[data-testid=offers-empty]");
    }
}
