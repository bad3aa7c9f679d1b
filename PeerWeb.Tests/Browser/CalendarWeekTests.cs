using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace PeerWeb.Tests.Browser;

[Collection(BrowserTests.Name)]
public sealed class CalendarWeekTests(Chrome chrome)
{
    /// <summary>A week of the demo's year in which nobody else writes.</summary>
    private const string Week = "/calendar/week/2027-02-10";

    [Fact]
    public async Task The_week_is_reached_by_keyboard_and_walked_by_half_hour_day_and_week()
    {
        await using var grace = await VisitGraceAsync();
        await grace.GoAsync("/calendar/month/2027-02-10");
        await grace.By("view-week").FocusAsync();
        await grace.Page.Keyboard.PressAsync("Enter");
        await Expect(grace.Page.Locator("h1")).ToHaveTextAsync("8 – 14 February 2027");
        await Expect(grace.By("view-week")).ToHaveAttributeAsync("aria-pressed", "true");

        await Slot(grace, "2027-02-10", 18).FocusAsync();
        await PressAsync("ArrowDown", "2027-02-10", 19);
        await PressAsync("ArrowRight", "2027-02-11", 19);
        await PressAsync("Home", "2027-02-08", 19);
        await PressAsync("ArrowLeft", "2027-02-07", 19);
        await Expect(grace.Page.Locator("h1")).ToHaveTextAsync("1 – 7 February 2027");
        await PressAsync("PageDown", "2027-02-14", 19);
        await Expect(grace.Page.Locator("h1")).ToHaveTextAsync("8 – 14 February 2027");
        grace.AssertNoComplaints();

        async Task PressAsync(string key, string day, int slot)
        {
            await grace.Page.Keyboard.PressAsync(key);
            await Expect(Slot(grace, day, slot)).ToBeFocusedAsync();
        }
    }

    [Fact]
    public async Task A_phone_shows_three_days_at_a_time_and_begins_with_the_one_in_the_address()
    {
        await using var grace = await chrome.VisitAsync((await chrome.DemoAsync()).Globex.Endpoint, "grace", width: 360, height: 740);
        await grace.GoAsync(Week);
        await Expect(grace.Page.Locator("[data-head='2027-02-10']")).ToBeInViewportAsync();
        await Expect(grace.Page.Locator("[data-head='2027-02-12']")).ToBeInViewportAsync(new() { Ratio = 0.9f });
        await Expect(grace.Page.Locator("[data-head='2027-02-08']")).Not.ToBeInViewportAsync();
        grace.AssertNoComplaints();
    }

    [Fact]
    public async Task An_event_is_dragged_to_another_day_and_time_and_keeps_the_focus()
    {
        await using var grace = await VisitGraceAsync();
        var moved = await FirstOfAsync(grace);
        var (uid, begin, end) = await TimesAsync(moved);
        var hour = await HourAsync(grace);
        var width = (await Slot(grace, "2027-02-10", 18).BoundingBoxAsync())?.Width ?? 0;

        await DragAsync(grace, moved, 0, hour);
        await MoveOnlyThisAsync(grace);

        var later = grace.Page.Locator($"[data-uid='{uid}'][data-begin='{begin.AddHours(1):s}'][data-end='{end.AddHours(1):s}']");
        await Expect(later).ToBeFocusedAsync();
        await DragAsync(grace, later, begin.DayOfWeek == DayOfWeek.Friday ? -width : width, 0);
        await MoveOnlyThisAsync(grace);
        var day = begin.AddHours(1).AddDays(begin.DayOfWeek == DayOfWeek.Friday ? -1 : 1);
        await Expect(grace.Page.Locator($"[data-uid='{uid}'][data-begin='{day:s}']")).ToBeVisibleAsync();
        grace.AssertNoComplaints();
    }

    [Fact]
    public async Task Escape_gives_a_drag_up_and_nothing_opens()
    {
        await using var grace = await VisitGraceAsync();
        var event1 = await FirstOfAsync(grace);
        var (uid, begin, _) = await TimesAsync(event1);
        var box = await event1.BoundingBoxAsync() ?? throw new InvalidOperationException("The event does not show.");

        await grace.Page.Mouse.MoveAsync(box.X + 20, box.Y + 10);
        await grace.Page.Mouse.DownAsync();
        await grace.Page.Mouse.MoveAsync(box.X + 20, box.Y + 110, new() { Steps = 4 });
        await Expect(grace.Page.Locator(".drag-ghost").First).ToBeVisibleAsync();
        await grace.Page.Keyboard.PressAsync("Escape");
        await grace.Page.Mouse.UpAsync();

        await Expect(grace.Page.Locator(".drag-ghost")).ToHaveCountAsync(0);
        await Expect(grace.Page.Locator($"[data-uid='{uid}'][data-begin='{begin:s}']").First).ToBeVisibleAsync();
        await Expect(grace.Page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
        grace.AssertNoComplaints();
    }

    [Fact]
    public async Task An_event_is_moved_by_keys_alone_said_aloud_and_saved_once()
    {
        await using var grace = await VisitGraceAsync();
        var moved = await FirstOfAsync(grace);
        var (uid, begin, end) = await TimesAsync(moved);
        var keyboard = grace.Page.Keyboard;

        await moved.FocusAsync();
        await keyboard.DownAsync("Alt");
        await keyboard.PressAsync("ArrowDown");
        await keyboard.PressAsync("ArrowDown");
        await keyboard.PressAsync("Shift+ArrowDown");
        await Expect(grace.Page.Locator("[data-say]")).ToContainTextAsync($"{begin.AddMinutes(30):HH:mm} – {end.AddMinutes(45):HH:mm}");
        await keyboard.UpAsync("Alt");
        await MoveOnlyThisAsync(grace);

        await Expect(grace.Page.Locator($"[data-uid='{uid}'][data-begin='{begin.AddMinutes(30):s}'][data-end='{end.AddMinutes(45):s}']")).ToBeFocusedAsync();
        grace.AssertNoComplaints();
    }

    [Fact]
    public async Task The_menu_of_an_event_moves_it_without_dragging()
    {
        await using var grace = await VisitGraceAsync();
        var moved = await FirstOfAsync(grace);
        var (uid, begin, _) = await TimesAsync(moved);

        await moved.FocusAsync();
        await grace.Page.Keyboard.PressAsync("Shift+F10");
        await Expect(grace.Page.GetByRole(AriaRole.Menuitem, new() { Name = "15 minutes later" })).ToBeFocusedAsync();
        await grace.Page.GetByRole(AriaRole.Menuitem, new() { Name = "15 minutes earlier" }).ClickAsync();
        await MoveOnlyThisAsync(grace);

        await Expect(grace.Page.Locator($"[data-uid='{uid}'][data-begin='{begin.AddMinutes(-15):s}']")).ToBeFocusedAsync();
        grace.AssertNoComplaints();
    }

    /// <summary>Every event of that week is one of a series, which asks what is to move with it.</summary>
    private static async Task MoveOnlyThisAsync(Visit visit)
    {
        await Expect(visit.By("scope-ok")).ToBeFocusedAsync();
        await Expect(visit.By("entry-scope-this")).ToBeCheckedAsync();
        await visit.Page.Keyboard.PressAsync("Enter");
    }

    private static ILocator Slot(Visit visit, string day, int slot) => visit.Page.Locator($"[data-slot='{slot}'] > [data-day='{day}']");

    /// <summary>The first timed event of that week, as one instance: others of its series look alike.</summary>
    private static async Task<ILocator> FirstOfAsync(Visit visit)
    {
        await visit.GoAsync(Week);
        await Expect(visit.Page.Locator("[data-grid=week][data-watched=true]")).ToBeVisibleAsync();
        var first = visit.By("event", ".block[data-begin]").First;
        await Expect(first).ToBeVisibleAsync();
        var (uid, recurrenceId) = (await first.GetAttributeAsync("data-uid"), await first.GetAttributeAsync("data-recurrence-id"));
        return visit.By("event", $"[data-uid='{uid}'][data-recurrence-id='{recurrenceId}']");
    }

    private static async Task<(string Uid, DateTime Begin, DateTime End)> TimesAsync(ILocator moved) => (
        await moved.GetAttributeAsync("data-uid") ?? string.Empty, await TimeAsync(moved, "data-begin"), await TimeAsync(moved, "data-end"));

    private static async Task<DateTime> TimeAsync(ILocator moved, string attribute) =>
        DateTime.ParseExact(await moved.GetAttributeAsync(attribute) ?? string.Empty, "s", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>A week scrolls to its hours when it arrives, and what is grasped meanwhile is something else.</summary>
    private const string Rests = """
        element => new Promise(done => {
          const look = (before, frames) => {
            const { x, y } = element.getBoundingClientRect();
            const now = `${x} ${y}`;
            frames > 9 ? done() : requestAnimationFrame(() => look(now, now === before ? frames + 1 : 0));
          };
          look('', 0);
        })
        """;

    private static async Task<float> HourAsync(Visit visit) => 2 * ((await Slot(visit, "2027-02-10", 18).BoundingBoxAsync())?.Height ?? 0);

    private static async Task DragAsync(Visit visit, ILocator moved, float byX, float byY)
    {
        await moved.ScrollIntoViewIfNeededAsync();
        await moved.EvaluateAsync(Rests);
        var box = await moved.BoundingBoxAsync() ?? throw new InvalidOperationException("The event does not show.");
        var (x, y) = (box.X + (box.Width / 2), box.Y + (box.Height / 2));
        await visit.Page.Mouse.MoveAsync(x, y);
        await visit.Page.Mouse.DownAsync();
        await visit.Page.Mouse.MoveAsync(x + (byX / 2), y + (byY / 2));
        await Expect(visit.Page.Locator(".drag-ghost").First).ToBeVisibleAsync();
        await visit.Page.Mouse.MoveAsync(x + byX, y + byY);
        await visit.Page.Mouse.UpAsync();
    }

    private async Task<Visit> VisitGraceAsync() => await chrome.VisitAsync((await chrome.DemoAsync()).Globex.Endpoint, "grace");
}
