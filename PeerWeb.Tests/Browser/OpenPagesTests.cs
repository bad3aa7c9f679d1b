using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using PeerWeb.Core.Calendars;
using PeerWeb.Core.Primitives;
using PeerWeb.Core.Storage;
using PeerWeb.Shell.Circuits;
using PeerWeb.Tests.Shell;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace PeerWeb.Tests.Browser;

/// <summary>What one person's open pages may take, and that each of them goes on when another is refused or broken.</summary>
[Collection(BrowserTests.Name)]
public sealed class OpenPagesTests(Chrome chrome)
{
    /// <summary>The cheapest page that there is.</summary>
    private const string Page = "/no-such-page";

    [Fact]
    public async Task The_eleventh_page_says_so_opens_when_another_closes_and_the_others_live_on()
    {
        await using var acme = await StartAsync();
        await using var ada = await SignedInAsync(acme);
        var context = ada.Page.Context;
        var pages = new List<IPage> { ada.Page };
        while (pages.Count < CircuitSeats.PerUser)
            pages.Add(await context.NewPageAsync());
        await Task.WhenAll(pages.Select(page => page.GotoAsync(Page)));
        foreach (var page in pages)
            await Expect(page.GetByTestId("user-menu")).ToBeVisibleAsync();

        var eleventh = await context.NewPageAsync();
        await eleventh.GotoAsync(Page);
        await Expect(eleventh.GetByTestId("too-many-pages")).ToContainTextAsync("You have 10 pages open");
        await Expect(eleventh.GetByTestId("user-menu")).ToHaveCountAsync(0);
        await ToggleNavigationAsync(pages[1]);

        await pages[2].CloseAsync();
        await Expect(eleventh.GetByTestId("user-menu")).ToBeVisibleAsync();
        await Expect(eleventh.GetByTestId("too-many-pages")).ToHaveCountAsync(0);
        await ToggleNavigationAsync(pages[1]);
    }

    [Fact]
    public async Task A_message_that_is_too_large_costs_its_own_page_the_connection_and_no_other()
    {
        await using var acme = await StartAsync();
        await using var ada = await SignedInAsync(acme);
        var other = await ada.Page.Context.NewPageAsync();
        await other.GotoAsync(Page);
        await Expect(other.GetByTestId("user-menu")).ToBeVisibleAsync();
        await OpenSharingAsync(ada);

        await LoseConnectionAsync(ada);

        await Expect(ada.Page.Locator("html")).ToHaveAttributeAsync("data-reconnect", "hide");
        await ToggleNavigationAsync(other);
        await ToggleNavigationAsync(ada.Page);
    }

    [Fact]
    public async Task A_page_that_comes_back_after_somebody_else_signed_in_shows_theirs()
    {
        await using var acme = await StartAsync();
        await acme.AddUserAsync("bob");
        await using var ada = await SignedInAsync(acme);
        await OpenSharingAsync(ada);
        await ada.Page.Context.ClearCookiesAsync();
        var login = await ada.Page.Context.NewPageAsync();
        await login.GotoAsync("/account/login");
        await login.GetByTestId("login-user").FillAsync("bob");
        await login.GetByTestId("login-password").FillAsync(TestInstallation.Password);
        await login.GetByTestId("login-submit").ClickAsync();
        await Expect(login.GetByTestId("user-menu")).ToContainTextAsync("bob");
        await Expect(ada.By("user-menu")).ToContainTextAsync("ada");

        await LoseConnectionAsync(ada);

        await Expect(ada.By("user-menu")).ToContainTextAsync("bob");
        Assert.Null(await ada.Page.Locator("html").GetAttributeAsync("data-reconnect"));
    }

    private static async Task OpenSharingAsync(Visit visit)
    {
        await visit.GoAsync("/sharing");
        await Expect(visit.By("acl-add-principal")).ToBeVisibleAsync();
    }

    /// <summary>Says more than a message may hold; the page remembers what its connection did then.</summary>
    private static async Task LoseConnectionAsync(Visit visit)
    {
        await visit.Page.EvaluateAsync(
            """
            length => {
              document.getElementById('components-reconnect-modal').addEventListener(
                'components-reconnect-state-changed', event => { document.documentElement.dataset.reconnect = event.detail.state; });
              const input = document.querySelector('[data-testid=acl-add-principal]');
              input.removeAttribute('maxlength');
              input.value = 'x'.repeat(length);
              for (const name of ['input', 'change']) input.dispatchEvent(new Event(name, { bubbles: true }));
            }
            """,
            2 * CircuitsSetup.HubMessageBytes);
    }

    private static async Task<TestInstallation> StartAsync()
    {
        var acme = await TestInstallation.StartAsync();
        await acme.AddUserAsync("ada");
        await acme.Services.GetRequiredService<SqlCollections>().CreateAsync(UserName.Parse("ada"), CalendarApp.AppId, "Work", color: null, TestContext.Current.CancellationToken);
        return acme;
    }

    private async Task<Visit> SignedInAsync(TestInstallation acme)
    {
        var ada = await chrome.VisitAsync(acme.Endpoint);
        await ada.SignInAsync("ada", TestInstallation.Password);
        return ada;
    }

    /// <summary>Goes to the server and back.</summary>
    private static async Task ToggleNavigationAsync(IPage page)
    {
        var toggle = page.Locator("[aria-controls=navigation]");
        var was = await toggle.GetAttributeAsync("aria-expanded");
        await toggle.ClickAsync();
        await Expect(toggle).Not.ToHaveAttributeAsync("aria-expanded", was ?? string.Empty);
    }
}
