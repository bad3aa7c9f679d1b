using Microsoft.Playwright;
using PeerWeb.Tests.Demo;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace PeerWeb.Tests.Browser;

/// <summary>Todos between two processes: Carol at Acme shares a list with Henry at Globex, and both work in it with their pages open.</summary>
[Collection(BrowserTests.Name)]
public sealed class TodosStoryTests(Chrome chrome)
{
    [Fact]
    public async Task A_shared_list_is_completed_nested_moved_and_edited_from_both_sides_while_it_is_open()
    {
        await using var demo = await RunningDemo.StartAsync();
        await using var carol = await chrome.VisitAsync(demo.Acme.Endpoint, "carol");
        await using var matrix = await chrome.VisitAsync(demo.Acme.Endpoint, "carol", height: 2400);
        await using var henry = await chrome.VisitAsync(demo.Globex.Endpoint, "henry");

        await carol.GoAsync("/todo");
        await carol.NewCollectionAsync("House");
        await carol.By("quick-add-line", ":not(:disabled)").FocusAsync();
        await carol.Page.Keyboard.TypeAsync("Paint the door 2030-01-02 #home\nBuy paint 2030-01-03\nSweep");
        await Expect(Todo(carol, "Paint the door")).ToContainTextAsync("Due 2 Jan 2030");
        await Expect(Todo(carol, "Buy paint")).ToBeVisibleAsync();
        await Expect(carol.By("quick-add-line")).ToHaveValueAsync("Sweep");
        await carol.Page.Keyboard.PressAsync("Enter");
        var source = await Todo(carol, "Sweep").GetAttributeAsync("data-source") ?? string.Empty;
        await WriteWeeklyAsync(carol, "Water the plants", "2030-01-04");

        await matrix.ShareAsync(source, $"henry@{demo.Globex.Domain}", "read", "edit");
        await henry.AcceptAsync(source, "/todo");

        await Expect(Todo(henry, "Water the plants")).ToContainTextAsync("Due 4 Jan 2030");
        await Todo(henry, "Water the plants").GetByTestId("todo-done").ClickAsync();
        await Expect(Todo(carol, "Water the plants")).ToContainTextAsync("Due 11 Jan 2030");

        await henry.GoAsync("/calendar/agenda/2030-01-11");
        var box = henry.By("agenda-day", "[data-day='2030-01-11']").GetByRole(AriaRole.Checkbox, new() { Name = "Done: Water the plants" });
        await box.FocusAsync();
        await henry.Page.Keyboard.PressAsync("Space");
        await Expect(Todo(carol, "Water the plants")).ToContainTextAsync("Due 18 Jan 2030");
        await Expect(box).ToBeCheckedAsync();
        await Expect(box).ToBeFocusedAsync();
        await henry.GoAsync("/todo");

        await carol.TabToAsync(Todo(carol, "Buy paint").GetByTestId("todo-open"));
        await carol.Page.Keyboard.PressAsync("Control+]");
        await Expect(Todo(henry, "Buy paint", "[data-level='1']")).ToBeVisibleAsync();

        await henry.By("view-board").ClickAsync();
        await henry.By("todo-board").Locator("[data-testid=todo][data-summary=Sweep]").DragToAsync(henry.By("board-column", "[data-drop=InProcess]"));
        await Expect(Todo(carol, "Sweep", "[data-status=InProcess]")).ToBeVisibleAsync();

        await OpenAsync(henry, "Paint the door");
        await OpenAsync(carol, "Paint the door");
        await RenameAsync(carol, "Paint both doors");
        await Expect(carol.By("entry-dialog")).ToBeHiddenAsync();
        await RenameAsync(henry, "Paint the door red");
        await henry.By("conflict-dialog").GetByTestId("conflict-mine").ClickAsync();
        await Expect(henry.By("entry-dialog")).ToBeHiddenAsync();
        await Expect(Todo(carol, "Paint the door red", "[data-level='0']")).ToBeVisibleAsync();
        await Expect(Todo(carol, "Paint both doors")).ToHaveCountAsync(0);

        await Todo(carol, "Paint the door red").GetByTestId("todo-more").ClickAsync();
        await carol.By("todo-delete").ClickAsync();
        await Expect(Todo(henry, "Paint the door red")).ToHaveCountAsync(0);
        await carol.By("undo").ClickAsync();
        await Expect(Todo(henry, "Paint the door red")).ToBeVisibleAsync();
        await Todo(henry, "Paint the door red").GetByTestId("todo-more").ClickAsync();
        await Expect(henry.By("todo-delete")).ToBeDisabledAsync();

        foreach (var visit in (Visit[])[henry, carol, matrix])
            visit.AssertNoComplaints();
        Assert.Empty(demo.Errors);
    }

    private static ILocator Todo(Visit visit, string title, string state = "") => visit.By("todo", $"[data-summary='{title}']{state}");

    private static async Task OpenAsync(Visit visit, string title)
    {
        await Todo(visit, title).GetByTestId("todo-open").ClickAsync();
        await Expect(visit.By("entry-save")).ToBeEnabledAsync();
    }

    private static async Task RenameAsync(Visit visit, string title)
    {
        await visit.By("entry-summary").FillAsync(title);
        await visit.By("entry-save").ClickAsync();
    }

    private static async Task WriteWeeklyAsync(Visit visit, string title, string due)
    {
        await visit.TabToAsync(visit.By("new-entry"));
        await visit.Page.Keyboard.PressAsync("Enter");
        await Expect(visit.By("entry-summary")).ToBeFocusedAsync();
        await visit.Page.Keyboard.TypeAsync(title);
        await visit.By("entry-due").FillAsync(due);
        await visit.By("entry-rule").SelectOptionAsync("FREQ=WEEKLY");
        await visit.Page.Keyboard.PressAsync("Control+Enter");
        await Expect(visit.By("entry-dialog")).ToBeHiddenAsync();
        await Expect(Todo(visit, title)).ToContainTextAsync("Repeats");
    }
}
