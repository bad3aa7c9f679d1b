using PeerWeb.Tests.Demo;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace PeerWeb.Tests.Browser;

/// <summary>One search over all apps of both processes: Ada at Acme looks, and Globex goes away.</summary>
[Collection(BrowserTests.Name)]
public sealed class SearchStoryTests(Chrome chrome)
{
    [Fact]
    public async Task By_keyboard_from_any_page_it_finds_entries_of_both_sides_opens_one_and_says_who_does_not_answer()
    {
        await using var demo = await RunningDemo.StartAsync();
        await using var ada = await chrome.VisitAsync(demo.Acme.Endpoint, "ada");
        string[] sides = [demo.Acme.Domain, demo.Globex.Domain];
        await ada.GoAsync("/notes");

        await ada.TabToAsync(ada.By("search-box"));
        await ada.Page.Keyboard.TypeAsync("draft");
        await ada.Page.Keyboard.PressAsync("Enter");
        await Expect(ada.By("search-input")).ToHaveValueAsync("draft");
        var todos = ada.By("search-group", "[data-app=todo]");
        foreach (var domain in sides)
            await Expect(todos.Locator($"[data-testid=todo][data-source*='@{domain}/']").First).ToBeVisibleAsync();
        await Expect(ada.By("search-state")).ToContainTextAsync(" found.");
        await Expect(ada.By("search-silent")).ToHaveCountAsync(0);

        await ada.TabToAsync(ada.By("search-input"));
        await ada.Page.Keyboard.PressAsync("Control+a");
        await ada.Page.Keyboard.TypeAsync("draft depots");
        await Expect(ada.By("todo")).ToHaveCountAsync(1);
        await ada.TabToAsync(ada.By("todo"));
        await ada.Page.Keyboard.PressAsync("Enter");
        await Expect(ada.By("entry-summary")).ToHaveValueAsync("Send the draft to both depots");

        ada.AssertNoComplaints();
        Assert.Empty(demo.Errors);
        demo.Globex.Kill();
        await ada.GoAsync("/search?q=o");
        await Expect(ada.By("search-silent")).ToContainTextAsync($"{demo.Globex.Domain} did not answer");
        await Expect(ada.By("search").Locator($"[data-source*='@{demo.Acme.Domain}/']").First).ToBeVisibleAsync();
    }
}
