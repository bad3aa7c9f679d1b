using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using PeerWeb.Identity.Setup;
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
    public async Task Whoever_has_the_setup_code_makes_the_first_administrator_with_the_keyboard_alone()
    {
        await using var installation = await TestInstallation.StartAsync();
        await using var visit = await chrome.VisitAsync(installation.Endpoint, width: 360, height: 740);
        var keys = visit.Page.Keyboard;

        await visit.Page.GotoAsync("/");
        await Expect(visit.By("setup-code")).ToBeFocusedAsync();
        await EveryPageTests.AssertAccessibleAsync(visit);
        await keys.TypeAsync("not the code");
        await keys.PressAsync("Enter");
        await Expect(visit.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("This is not the code.");
        await visit.By("setup-code").FillAsync(installation.Services.GetRequiredService<SetupCode>().Value ?? "");
        await keys.PressAsync("Enter");

        await Expect(visit.By("setup-user")).ToBeFocusedAsync();
        await TypeAllAsync("ada", "Ada", TestInstallation.Password, "another password");
        await Expect(visit.By("setup-password-again-fault")).ToHaveTextAsync("The two passwords differ.");
        await Expect(visit.By("setup-password-again")).ToBeFocusedAsync();
        await EveryPageTests.AssertAccessibleAsync(visit);
        Assert.Equal(360, await visit.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        await visit.By("setup-user").FocusAsync();
        await TypeAllAsync("ada", "Ada", TestInstallation.Password, TestInstallation.Password);

        await visit.UntilInteractiveAsync();
        await Expect(visit.By("calendar-empty")).ToContainTextAsync("There is no calendar yet");
        Assert.Equal(404, (await visit.Page.GotoAsync("/setup"))?.Status);

        async Task TypeAllAsync(params string[] values)
        {
            foreach (var (index, value) in values.Index())
            {
                if (index > 0)
                    await keys.PressAsync("Tab");
                await keys.PressAsync("Control+A");
                await keys.TypeAsync(value);
            }
            await keys.PressAsync("Enter");
        }
    }

    [GeneratedRegex("/account/login\\?returnUrl=%2Fsharing$")]
    private static partial Regex LoginWithReturn { get; }
}
