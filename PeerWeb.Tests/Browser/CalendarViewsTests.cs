using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace PeerWeb.Tests.Browser;

/// <summary>Settings are henry's, because nobody else's test looks at his calendar.</summary>
[Collection(BrowserTests.Name)]
public sealed class CalendarViewsTests(Chrome chrome)
{
    [Fact]
    public async Task Views_are_changed_by_single_keys_the_focus_stays_in_the_grid_and_the_way_back_leads_through_them()
    {
        await using var bob = await chrome.VisitAsync((await chrome.DemoAsync()).Acme.Endpoint, "bob");
        await bob.GoAsync("/calendar/month/2027-02-10");
        await bob.Page.Locator("[role=gridcell][data-day='2027-02-10']").FocusAsync();

        await PressAsync("w", "8 – 14 February 2027");
        await Expect(bob.Page.Locator("[role=gridcell][data-day='2027-02-10']:focus")).ToBeVisibleAsync();
        await PressAsync("j", "15 – 21 February 2027");
        await PressAsync("d", "Monday, 15 February 2027");
        await Expect(bob.Page.Locator("[role=gridcell][data-day='2027-02-15']:focus")).ToBeVisibleAsync();
        await PressAsync("x", "15 – 19 February 2027");
        await PressAsync("a", "15 Feb – 16 Mar 2027");
        await Expect(bob.Page.Locator("[data-cell]")).ToBeFocusedAsync();

        await bob.Page.GoBackAsync();
        await Expect(Title(bob)).ToHaveTextAsync("15 – 19 February 2027");
        await bob.Page.GoBackAsync();
        await bob.Page.GoBackAsync();
        await Expect(Title(bob)).ToHaveTextAsync("15 – 21 February 2027");
        await bob.Page.GoForwardAsync();
        await Expect(Title(bob)).ToHaveTextAsync("Monday, 15 February 2027");

        // Whoever comes back finds view and day; what is typed is text.
        await bob.Page.GetByRole(AriaRole.Link, new() { Name = "Import" }).ClickAsync();
        await bob.Page.GetByRole(AriaRole.Link, new() { Name = "Calendar", Exact = true }).ClickAsync();
        await Expect(Title(bob)).ToHaveTextAsync("Monday, 15 February 2027");
        await Expect(bob.Page).ToHaveURLAsync(new Regex("/calendar/day/2027-02-15$"));
        await bob.Page.Keyboard.PressAsync("n");
        await Expect(bob.By("entry-summary")).ToBeFocusedAsync();
        await bob.Page.Keyboard.TypeAsync("mad");
        await Expect(bob.By("entry-summary")).ToHaveValueAsync("mad");
        bob.AssertNoComplaints();

        async Task PressAsync(string key, string title)
        {
            await bob.Page.Keyboard.PressAsync(key);
            await Expect(Title(bob)).ToHaveTextAsync(title);
        }
    }

    [Fact]
    public async Task On_a_phone_who_taps_an_event_of_the_month_opens_it_and_not_its_menu()
    {
        await using var bob = await chrome.VisitAsync((await chrome.DemoAsync()).Acme.Endpoint, "bob", width: 360, height: 740);
        await bob.GoAsync("/calendar/month/2027-02-10");

        await bob.By("event").First.ClickAsync();

        await Expect(bob.By("entry-dialog")).ToBeVisibleAsync();
        bob.AssertNoComplaints();
    }

    [Fact]
    public async Task Week_start_and_zone_are_chosen_with_native_controls_survive_a_reload_and_go_onto_paper()
    {
        await using var henry = await VisitHenryAsync();
        await henry.GoAsync("/calendar/month/2027-02-10");
        await Expect(henry.By("event").First).ToBeVisibleAsync();
        var before = await TimesAsync(henry);

        await henry.By("calendar-settings").ClickAsync();
        await henry.By("settings-week-start").SelectOptionAsync("Sunday");
        await henry.By("settings-zone").SelectOptionAsync("America/New_York");
        await henry.By("settings-second-zone").SelectOptionAsync("Asia/Kolkata");
        await henry.By("settings-week-numbers").CheckAsync();
        await Expect(henry.By("settings-progress", "[data-state=saved]")).ToBeVisibleAsync();
        await henry.GoAsync("/calendar/month/2027-02-10");

        await Expect(henry.Page.GetByRole(AriaRole.Columnheader).Nth(1)).ToHaveTextAsync("Sun");
        await Expect(henry.By("week-number").First).ToHaveTextAsync("5");
        await Expect(henry.By("event", "[data-start$='-05:00']").First).ToBeVisibleAsync();
        // The same moments and days in other words.
        var after = await TimesAsync(henry);
        Assert.NotEmpty(before.Keys.Intersect(after.Keys));
        Assert.All(before.Keys.Intersect(after.Keys), key => Assert.Equal(before[key], after[key]));

        await henry.GoAsync("/calendar/week/2027-02-10");
        await Expect(henry.By("second-time").Nth(9)).ToHaveTextAsync("19:30");
        await henry.Page.EmulateMediaAsync(new() { Media = Media.Print });
        await Expect(henry.By("printed-sources")).ToContainTextAsync("Times in America/New York");
        await Expect(henry.By("new-entry")).ToBeHiddenAsync();
        await Expect(henry.By("user-menu")).ToBeHiddenAsync();
        henry.AssertNoComplaints();
    }

    private static ILocator Title(Visit visit) => visit.Page.Locator("h1");

    /// <summary>When each event begins: an instant where it has one.</summary>
    private static async Task<Dictionary<string, string>> TimesAsync(Visit visit)
    {
        var starts = await visit.By("event").EvaluateAllAsync<string[][]>("events => events.map(e => [e.dataset.source + e.dataset.uid + e.dataset.recurrenceId, e.dataset.start])");
        return starts.ToDictionary(
            start => start[0],
            start => start[1].Length > 19 ? DateTimeOffset.Parse(start[1], System.Globalization.CultureInfo.InvariantCulture).UtcDateTime.ToString("s", System.Globalization.CultureInfo.InvariantCulture) : start[1]);
    }

    private async Task<Visit> VisitHenryAsync() => await chrome.VisitAsync((await chrome.DemoAsync()).Globex.Endpoint, "henry");
}
