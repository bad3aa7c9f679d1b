using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace PeerWeb.Tests.Browser;

[Collection(BrowserTests.Name)]
public sealed class TodoTests(Chrome chrome)
{
    [Fact]
    public async Task Todos_are_added_nested_completed_undone_edited_and_found_by_keyboard_alone_and_stand_on_the_board()
    {
        await using var carol = await chrome.VisitAsync((await chrome.DemoAsync()).Acme.Endpoint, "carol");
        await carol.GoAsync("/todo");
        await Expect(carol.By("todos", "[data-ready=true]")).ToBeVisibleAsync();
        await carol.By("collection-new").ClickAsync();
        await carol.By("collection-name").FillAsync("Errands");
        await carol.By("collection-create").ClickAsync();
        var (line, keyboard) = (carol.By("quick-add-line", ":not(:disabled)"), carol.Page.Keyboard);
        await Expect(line).ToBeVisibleAsync();

        await carol.Page.Locator("h1").FocusAsync();
        await keyboard.PressAsync("/");
        await Expect(carol.By("list-search")).ToBeFocusedAsync();

        await line.FocusAsync();
        await keyboard.TypeAsync("Paint the door 2020-01-01 #home");
        await Expect(carol.By("quick-add-said")).ToHaveTextAsync("“Paint the door”, due 1 Jan 2020, tag home.");
        await keyboard.PressAsync("Enter");
        await Expect(Row("Paint the door")).ToContainTextAsync("Overdue: 1 Jan 2020");
        await Expect(line).ToHaveValueAsync(string.Empty);
        await keyboard.TypeAsync("Buy paint");
        await keyboard.PressAsync("Enter");
        await Expect(Row("Buy paint")).ToBeVisibleAsync();

        await carol.TabToAsync(Row("Buy paint").GetByTestId("todo-open"));
        await keyboard.PressAsync("Control+]");
        await Expect(Row("Buy paint", "[data-level='1']")).ToBeVisibleAsync();
        await keyboard.PressAsync("Control+]");
        await Expect(carol.By("desk-notice")).ToContainTextAsync("no todo of the same list above");
        await keyboard.PressAsync("Shift+Tab");
        await keyboard.PressAsync("Space");
        await Expect(Row("Buy paint")).ToHaveCountAsync(0);
        await Expect(Row("Paint the door").GetByRole(AriaRole.Checkbox)).ToBeFocusedAsync();
        await keyboard.PressAsync("Control+z");
        await Expect(Row("Buy paint", "[data-level='1']")).ToBeVisibleAsync();

        await carol.TabToAsync(Row("Paint the door").GetByTestId("todo-open"));
        await keyboard.PressAsync("Enter");
        await Expect(carol.By("entry-save")).ToBeEnabledAsync();
        await EveryPageTests.AssertAccessibleAsync(carol);
        await carol.TabToAsync(carol.By("entry-tags"));
        await keyboard.TypeAsync("home, red");
        await keyboard.PressAsync("Control+Enter");
        await Expect(carol.By("entry-dialog")).ToBeHiddenAsync();
        await Expect(Row("Paint the door")).ToContainTextAsync("red");
        await carol.Page.Locator("h1").FocusAsync();
        await keyboard.PressAsync("/");
        await keyboard.TypeAsync("BUY");
        await Expect(Row("Paint the door")).ToHaveCountAsync(0);
        await Expect(Row("Buy paint", "[data-level='0']")).ToBeVisibleAsync();
        await carol.By("list-search").FillAsync(string.Empty);
        await Expect(Row("Paint the door")).ToBeVisibleAsync();
        await EveryPageTests.AssertAccessibleAsync(carol);

        await carol.By("view-board").ClickAsync();
        await carol.By("todo-board").Locator("[data-testid=todo][data-summary='Buy paint']").DragToAsync(carol.By("board-column", "[data-drop=InProcess]"));
        await Expect(carol.By("board-column", "[data-drop=InProcess]").Locator("[data-summary='Buy paint']")).ToBeVisibleAsync();
        await EveryPageTests.AssertAccessibleAsync(carol);
        carol.AssertNoComplaints();

        ILocator Row(string summary, string state = "") => carol.By("todo", $"[data-summary='{summary}']{state}");
    }
}
