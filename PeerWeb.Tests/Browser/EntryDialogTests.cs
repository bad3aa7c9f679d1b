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
    public async Task A_weekly_series_is_split_moved_cut_off_and_brought_back_by_keyboard_alone()
    {
        await using var carol = await VisitCarolAsync("2027-05-17");
        var keyboard = carol.Page.Keyboard;
        await carol.TabToAsync(carol.By("new-entry"));
        await keyboard.PressAsync("Enter");
        await Expect(carol.By("entry-summary")).ToBeFocusedAsync();
        await keyboard.TypeAsync("Rowing");
        await carol.By("entry-start").FillAsync("2027-05-10T18:00");
        await carol.TabToAsync(carol.By("entry-repeats"));
        await keyboard.TypeAsync("Every w");
        await Expect(carol.By("rule-words")).ToHaveTextAsync("every week on Monday");
        await keyboard.PressAsync("Control+Enter");
        await ExpectDaysAsync(carol, "Rowing", "05-10", "05-17", "05-24", "05-31");

        await OpenAsync(carol, "Rowing", "05-17");
        await carol.TabToAsync(carol.By("entry-summary"));
        await keyboard.PressAsync("End");
        await keyboard.TypeAsync(" again");
        await carol.TabToAsync(carol.By("entry-scope-this"));
        await keyboard.PressAsync("ArrowDown");
        await Expect(carol.By("entry-impact")).ToHaveTextAsync("All from 17 May 2027 on change (no end).");
        await keyboard.PressAsync("Control+Enter");
        await ExpectDaysAsync(carol, "Rowing again", "05-17", "05-24", "05-31");
        await ExpectDaysAsync(carol, "Rowing", "05-10");

        await carol.TabToAsync(On(carol, "Rowing again", "05-17"));
        await keyboard.DownAsync("Alt");
        await keyboard.PressAsync("ArrowRight");
        await keyboard.UpAsync("Alt");
        await Expect(carol.By("scope-ok")).ToBeFocusedAsync();
        await Expect(carol.By("entry-impact")).ToContainTextAsync("1 event changes");
        await keyboard.PressAsync("Enter");
        await Expect(On(carol, "Rowing again", "05-18")).ToBeFocusedAsync();
        await keyboard.PressAsync("Control+z");
        await ExpectDaysAsync(carol, "Rowing again", "05-17", "05-24", "05-31");

        await OpenAsync(carol, "Rowing again", "05-17");
        await carol.TabToAsync(carol.By("entry-scope-this"));
        await keyboard.PressAsync("ArrowDown");
        await carol.TabToAsync(carol.By("entry-delete"));
        await keyboard.PressAsync("Enter");
        await ExpectDaysAsync(carol, "Rowing again");
        await ExpectDaysAsync(carol, "Rowing", "05-10");
        await keyboard.PressAsync("Control+z");
        await ExpectDaysAsync(carol, "Rowing again", "05-17", "05-24", "05-31");
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

    private static ILocator On(Visit visit, string summary, string day) => visit.By("event", $"[data-summary='{summary}'][data-start^='2027-{day}']");

    /// <summary>The month shows that event on these days and no other.</summary>
    private static async Task ExpectDaysAsync(Visit visit, string summary, params string[] days)
    {
        await Expect(Shown(visit, summary)).ToHaveCountAsync(days.Length);
        foreach (var day in days)
            await Expect(On(visit, summary, day)).ToHaveCountAsync(1);
    }

    private static Task OpenAsync(Visit visit, string summary) => OpenAsync(visit, Shown(visit, summary));

    private static Task OpenAsync(Visit visit, string summary, string day) => OpenAsync(visit, On(visit, summary, day));

    /// <summary>Opens an event by keyboard and waits until it has been read.</summary>
    private static async Task OpenAsync(Visit visit, ILocator shown)
    {
        await Expect(visit.By("entry-dialog")).ToHaveCountAsync(0);
        await visit.TabToAsync(shown);
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
