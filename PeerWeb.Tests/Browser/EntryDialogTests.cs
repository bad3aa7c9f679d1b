using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace PeerWeb.Tests.Browser;

/// <summary>Writing in one's own calendar, with days of their own that no other test looks at.</summary>
[Collection(BrowserTests.Name)]
public sealed class EntryDialogTests(Chrome chrome)
{
    [Fact]
    public async Task An_event_is_made_edited_moved_deleted_and_brought_back_by_keyboard_alone()
    {
        await using var carol = await VisitCarolAsync("2027-03-10");
        var keyboard = carol.Page.Keyboard;
        await carol.TabToAsync(carol.By("new-entry"));
        await keyboard.PressAsync("Enter");
        await Expect(carol.By("entry-summary")).ToBeFocusedAsync();
        await keyboard.TypeAsync("Tea");
        await keyboard.PressAsync("Control+Enter");
        await Expect(Shown(carol, "Tea")).ToHaveAttributeAsync("data-start", "2027-03-10T09:00:00+01:00");

        await OpenAsync(carol, "Tea");
        await carol.TabToAsync(carol.By("entry-summary"));
        await keyboard.PressAsync("End");
        await keyboard.TypeAsync(" and cake");
        await keyboard.PressAsync("Control+Enter");
        await Expect(Shown(carol, "Tea and cake")).ToBeVisibleAsync();

        await OpenAsync(carol, "Tea and cake");
        await carol.TabToAsync(carol.By("entry-start"));
        await keyboard.PressAsync("ArrowUp");
        await Expect(carol.By("entry-end")).Not.ToHaveValueAsync("2027-03-10T10:00");
        await keyboard.PressAsync("Control+Enter");
        await Expect(carol.By("desk-notice")).ToContainTextAsync("Moved to ");
        await Expect(carol.By("event", "[data-summary='Tea and cake'][data-start='2027-03-10T09:00:00+01:00']")).ToHaveCountAsync(0);
        await carol.TabToAsync(carol.By("undo"));
        await keyboard.PressAsync("Enter");
        await Expect(Shown(carol, "Tea and cake")).ToHaveAttributeAsync("data-start", "2027-03-10T09:00:00+01:00");

        await OpenAsync(carol, "Tea and cake");
        await carol.TabToAsync(carol.By("entry-delete"));
        await keyboard.PressAsync("Enter");
        await Expect(Shown(carol, "Tea and cake")).ToHaveCountAsync(0);
        await keyboard.PressAsync("Control+z");
        await Expect(Shown(carol, "Tea and cake")).ToBeVisibleAsync();
        carol.AssertNoComplaints();
    }

    [Fact]
    public async Task A_reload_while_typing_loses_nothing_and_escape_asks_first()
    {
        await using var carol = await VisitCarolAsync("2027-04-14");
        await carol.By("new-entry").ClickAsync();
        await Expect(carol.By("entry-summary")).ToBeFocusedAsync();
        await carol.Page.Keyboard.TypeAsync("Half a thought");
        await carol.By("entry-notes").ClickAsync();
        await carol.Page.Keyboard.TypeAsync("and its reason");

        await carol.Page.ReloadAsync();
        await carol.UntilInteractiveAsync();
        await Expect(carol.By("writing-banner")).ToContainTextAsync("You were writing “Half a thought” at ");
        await carol.By("writing-continue").ClickAsync();
        await Expect(carol.By("entry-summary")).ToHaveValueAsync("Half a thought");
        await Expect(carol.By("entry-notes")).ToHaveValueAsync("and its reason");
        await Expect(carol.By("entry-start")).ToHaveValueAsync("2027-04-14T09:00");

        await Expect(carol.By("entry-summary")).ToBeFocusedAsync();
        await carol.Page.Keyboard.PressAsync("Escape");
        await Expect(carol.By("entry-leaving")).ToBeVisibleAsync();
        await carol.By("entry-discard").ClickAsync();
        await Expect(carol.By("entry-dialog")).ToHaveCountAsync(0);
        await carol.Page.ReloadAsync();
        await carol.UntilInteractiveAsync();
        await Expect(carol.By("new-entry")).ToBeVisibleAsync();
        await Expect(carol.By("writing-banner")).ToHaveCountAsync(0);
        Assert.Empty(await carol.Page.EvaluateAsync<string[]>("Object.keys(localStorage).filter(key => key.startsWith('peerweb.writing.'))"));
        carol.AssertNoComplaints();
    }

    private static ILocator Shown(Visit visit, string summary) => visit.By("event", $"[data-summary='{summary}']");

    /// <summary>Opens an event by keyboard and waits until it has been read.</summary>
    private static async Task OpenAsync(Visit visit, string summary)
    {
        await Expect(visit.By("entry-dialog")).ToHaveCountAsync(0);
        await visit.TabToAsync(Shown(visit, summary));
        await visit.Page.Keyboard.PressAsync("Enter");
        await Expect(visit.By("entry-save")).ToBeEnabledAsync();
    }

    private async Task<Visit> VisitCarolAsync(string day)
    {
        var carol = await chrome.VisitAsync((await chrome.DemoAsync()).Acme.Endpoint, "carol");
        await carol.GoAsync($"/calendar/month/{day}");
        return carol;
    }
}
