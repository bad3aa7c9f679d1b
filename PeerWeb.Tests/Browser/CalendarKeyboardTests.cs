using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace PeerWeb.Tests.Browser;

[Collection(BrowserTests.Name)]
public sealed class CalendarKeyboardTests(Chrome chrome)
{
    [Fact]
    public async Task The_month_is_walked_day_by_day_week_by_week_and_month_by_month()
    {
        await using var grace = await VisitGraceAsync();
        await grace.GoAsync("/calendar/month/2026-03-10");
        var keyboard = grace.Page.Keyboard;
        await grace.TabToAsync(Day(grace, "2026-03-10"));

        await PressAsync("ArrowRight", "2026-03-11");
        await PressAsync("ArrowDown", "2026-03-18");
        await PressAsync("Home", "2026-03-16");
        await PressAsync("End", "2026-03-22");
        await PressAsync("ArrowUp", "2026-03-15");
        await PressAsync("ArrowLeft", "2026-03-14");
        await PressAsync("PageDown", "2026-04-14");
        await Expect(grace.Page.Locator("h1")).ToHaveTextAsync("April 2026");
        await PressAsync("PageUp", "2026-03-14");
        await Expect(grace.Page.Locator("h1")).ToHaveTextAsync("March 2026");
        await keyboard.PressAsync("t");
        await Expect(grace.Page.Locator("[role=gridcell][aria-current=date]")).ToBeFocusedAsync();
        grace.AssertNoComplaints();

        async Task PressAsync(string key, string day)
        {
            await keyboard.PressAsync(key);
            await Expect(Day(grace, day)).ToBeFocusedAsync();
        }
    }

    [Fact]
    public async Task A_day_opens_its_list_and_escape_gives_the_focus_back()
    {
        await using var grace = await VisitGraceAsync();
        var (day, _) = await OpenOnABusyDayAsync(grace);

        await grace.Page.Keyboard.PressAsync("Enter");
        await Expect(day.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
        await Expect(day.GetByRole(AriaRole.Heading)).ToBeFocusedAsync();
        await grace.Page.Keyboard.PressAsync("Escape");
        await Expect(day.GetByRole(AriaRole.Dialog)).ToBeHiddenAsync();
        await Expect(day).ToBeFocusedAsync();
        grace.AssertNoComplaints();
    }

    [Fact]
    public async Task An_event_opens_with_enter_and_escape_gives_the_focus_back()
    {
        await using var grace = await VisitGraceAsync();
        var (_, first) = await OpenOnABusyDayAsync(grace);
        var summary = await first.GetAttributeAsync("data-summary") ?? string.Empty;

        await grace.Page.Keyboard.PressAsync("Tab");
        await Expect(first).ToBeFocusedAsync();
        await grace.Page.Keyboard.PressAsync("Enter");
        await Expect(grace.Page.Locator("[role=dialog]:focus-within")).ToContainTextAsync(summary);
        await grace.Page.Keyboard.PressAsync("Escape");
        await Expect(grace.Page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
        await Expect(first).ToBeFocusedAsync();
        grace.AssertNoComplaints();
    }

    private static ILocator Day(Visit visit, string day) => visit.Page.Locator($"[role=gridcell][data-day='{day}']");

    /// <summary>The focus is on a day that has events, reached with the tab key alone.</summary>
    private static async Task<(ILocator Day, ILocator First)> OpenOnABusyDayAsync(Visit visit)
    {
        await visit.GoAsync("/calendar/month");
        await Expect(visit.By("event").First).ToBeVisibleAsync();
        var busy = await visit.By("event").First.EvaluateAsync<string>("event => event.closest('[data-day]').dataset.day");
        await visit.GoAsync($"/calendar/month/{busy}");
        var day = Day(visit, busy);
        var first = day.Locator("button").First;
        await Expect(first).ToBeVisibleAsync();
        await visit.TabToAsync(day);
        return (day, first);
    }

    private async Task<Visit> VisitGraceAsync() => await chrome.VisitAsync((await chrome.DemoAsync()).Globex.Endpoint, "grace");
}
