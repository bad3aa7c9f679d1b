using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace PeerWeb.Tests.Browser;

/// <summary>Grace shares with Henry, both of Globex, and nobody touches a mouse.</summary>
[Collection(BrowserTests.Name)]
public sealed class SharingKeyboardTests(Chrome chrome)
{
    /// <summary>More tab stops than the page has.</summary>
    private const int Patience = 60;

    [Fact]
    public async Task Somebody_is_added_given_rights_and_removed_by_keyboard_alone()
    {
        var demo = await chrome.DemoAsync();
        await using var grace = await chrome.VisitAsync(demo.Globex.Endpoint, "grace");
        var henry = $"henry@{demo.Globex.Domain}";
        var keyboard = grace.Page.Keyboard;
        await grace.GoAsync("/sharing");

        await TabToAsync(grace, grace.By("acl-add-principal"));
        await keyboard.TypeAsync($"Henry <{henry}>");
        await keyboard.PressAsync("Enter");
        await Expect(grace.By("acl-principal", $"[data-principal='{henry}']").GetByTestId("acl-who")).ToBeFocusedAsync();

        await Expect(Box("edit")).ToBeDisabledAsync();
        await TabToAsync(grace, Box("read"));
        await keyboard.PressAsync("Space");
        await Expect(Box("edit")).ToBeEnabledAsync();
        await keyboard.PressAsync("Tab");
        await keyboard.PressAsync("Tab");
        await Expect(Box("edit")).ToBeFocusedAsync();
        await keyboard.PressAsync("Space");
        await Expect(grace.By("acl-diff")).ToHaveTextAsync($"{henry}: + read, edit on all calendars");
        await SaveAsync();

        await grace.GoAsync("/sharing");
        await Expect(Box("read")).ToBeCheckedAsync();
        await Expect(Box("edit")).ToBeCheckedAsync();
        await Expect(Box("add")).Not.ToBeCheckedAsync();

        await TabToAsync(grace, grace.By("acl-principal", $"[data-principal='{henry}']").GetByTestId("acl-remove"));
        await keyboard.PressAsync("Enter");
        await Expect(grace.By("acl-diff")).ToHaveTextAsync($"{henry}: − read, edit on all calendars");
        await SaveAsync();
        await Expect(Box("read")).ToHaveCountAsync(0);
        grace.AssertNoComplaints();

        ILocator Box(string right) => grace.By("acl-cell", $"[data-principal='{henry}'][data-app=calendar][data-collection=all][data-right={right}]").GetByRole(AriaRole.Checkbox);

        async Task SaveAsync()
        {
            await TabToAsync(grace, grace.By("acl-save"));
            await keyboard.PressAsync("Enter");
            await Expect(grace.By("acl-notice")).ToHaveTextAsync("Saved.");
            await Expect(grace.By("acl-notice")).ToBeFocusedAsync();
        }
    }

    [Fact]
    public async Task A_calendar_is_shared_from_the_panel_and_escape_gives_the_focus_back()
    {
        var demo = await chrome.DemoAsync();
        await using var grace = await chrome.VisitAsync(demo.Globex.Endpoint, "grace");
        await grace.GoAsync("/calendar/month");

        var share = grace.By("source-share").First;
        await TabToAsync(grace, share);
        await grace.Page.Keyboard.PressAsync("Enter");
        await Expect(grace.By("share-dialog").GetByTestId("acl-grid")).ToBeVisibleAsync();
        await TabToAsync(grace, grace.By("acl-add-principal"));
        await grace.Page.Keyboard.PressAsync("Escape");
        await Expect(grace.By("share-dialog")).ToHaveCountAsync(0);
        await Expect(share).ToBeFocusedAsync();
        grace.AssertNoComplaints();
    }

    private static async Task TabToAsync(Visit visit, ILocator wanted)
    {
        await Expect(wanted).ToBeVisibleAsync();
        for (var presses = 0; presses < Patience && !await wanted.EvaluateAsync<bool>("element => element === document.activeElement"); presses++)
            await visit.Page.Keyboard.PressAsync("Tab");
        await Expect(wanted).ToBeFocusedAsync();
    }
}
