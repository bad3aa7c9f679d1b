using System.Text.RegularExpressions;
using Microsoft.Playwright;
using PeerWeb.Tests.Shell;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace PeerWeb.Tests.Browser;

[Collection(BrowserTests.Name)]
public sealed partial class SignInTests(Chrome chrome)
{
    [Fact]
    public async Task Who_is_not_signed_in_is_sent_to_the_sign_in_and_then_to_what_was_wanted()
    {
        await using var visit = await chrome.VisitAsync((await chrome.DemoAsync()).Acme.Endpoint);

        await visit.Page.GotoAsync("/sharing");
        await Expect(visit.Page).ToHaveURLAsync(LoginWithReturn);
        await visit.SubmitSignInAsync("bob", "not the password");
        await Expect(visit.Page.GetByRole(AriaRole.Alert)).ToHaveTextAsync("The user name or password is not right.");
        await visit.SubmitSignInAsync("bob");

        await Expect(visit.By("sharing")).ToBeVisibleAsync();
        visit.AssertNoComplaints();
    }

    [Fact]
    public async Task After_signing_out_nothing_opens_any_more()
    {
        await using var visit = await chrome.VisitAsync((await chrome.DemoAsync()).Acme.Endpoint);
        await visit.SignInAsync("bob");

        await visit.By("user-menu").ClickAsync();
        await visit.By("sign-out").ClickAsync();
        await Expect(visit.By("login-user")).ToBeVisibleAsync();
        await visit.Page.GotoAsync("/calendar");

        await Expect(visit.By("login-user")).ToBeVisibleAsync();
        visit.AssertNoComplaints();
    }

    [Fact]
    public async Task To_a_plain_user_the_admins_page_is_not_there()
    {
        await using var bob = await chrome.VisitAsync((await chrome.DemoAsync()).Acme.Endpoint, "bob");

        var (missing, missingText) = await OpenAsync("/no-such-page");
        var (admins, adminsText) = await OpenAsync("/admin/peers");

        Assert.Equal(404, missing);
        Assert.Equal((missing, missingText), (admins, adminsText));
        await Expect(bob.Page.GetByRole(AriaRole.Link, new() { Name = "Sharing" })).ToBeVisibleAsync();
        await Expect(bob.Page.GetByRole(AriaRole.Link, new() { Name = "Peers" })).ToHaveCountAsync(0);

        async Task<(int? Status, string Text)> OpenAsync(string path)
        {
            var answer = await bob.Page.GotoAsync(path);
            await bob.UntilInteractiveAsync();
            return (answer?.Status, await bob.Page.Locator("body").InnerTextAsync());
        }
    }

    [Fact]
    public async Task An_installation_without_users_says_how_to_make_the_first_one()
    {
        await using var installation = await TestInstallation.StartAsync();
        await using var visit = await chrome.VisitAsync(installation.Endpoint);

        await visit.Page.GotoAsync("/");
        await Expect(visit.By("first-run")).ToContainTextAsync("user add NAME --admin");
        await Expect(visit.By("login-submit")).ToHaveCountAsync(0);

        await installation.AddUserAsync("ada", isAdmin: true);
        await visit.Page.ReloadAsync();
        await visit.SubmitSignInAsync("ada", TestInstallation.Password);
        await visit.UntilInteractiveAsync();
        await Expect(visit.By("calendar-empty")).ToContainTextAsync("There is no calendar yet");
        visit.AssertNoComplaints();
    }

    [GeneratedRegex("/account/login\\?returnUrl=%2Fsharing$")]
    private static partial Regex LoginWithReturn { get; }
}
