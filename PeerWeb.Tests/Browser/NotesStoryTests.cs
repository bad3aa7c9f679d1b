using Microsoft.Playwright;
using PeerWeb.Tests.Demo;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace PeerWeb.Tests.Browser;

/// <summary>Notes between two processes: Carol at Acme writes, Henry at Globex reads and edits what she shares with him.</summary>
[Collection(BrowserTests.Name)]
public sealed class NotesStoryTests(Chrome chrome)
{
    [Fact]
    public async Task A_note_is_written_by_keyboard_found_shared_and_edited_by_the_other_side_while_it_is_open()
    {
        await using var demo = await RunningDemo.StartAsync();
        await using var carol = await chrome.VisitAsync(demo.Acme.Endpoint, "carol");
        await using var matrix = await chrome.VisitAsync(demo.Acme.Endpoint, "carol", height: 2400);
        await using var henry = await chrome.VisitAsync(demo.Globex.Endpoint, "henry");

        await carol.GoAsync("/notes");
        await Expect(carol.By("list-empty")).ToContainTextAsync("no note");
        await carol.NewCollectionAsync("Logbook");
        await Expect(carol.By("source", "[data-state=live]")).ToHaveCountAsync(1);
        await AddAsync(carol, "Apples");
        await carol.TabToAsync(carol.By("new-entry"));
        await carol.Page.Keyboard.PressAsync("Enter");
        await Expect(carol.By("entry-summary")).ToBeFocusedAsync();
        await carol.Page.Keyboard.TypeAsync("Harbour plans");
        await carol.Page.Keyboard.PressAsync("Tab");
        await carol.Page.Keyboard.TypeAsync("See **the map** <script>document.title='run'</script> [here](javascript:alert(1))");
        await carol.Page.Keyboard.PressAsync("Control+Enter");
        await Expect(carol.By("entry-dialog")).ToBeHiddenAsync();
        var harbour = carol.By("note", "[data-summary='Harbour plans']");
        var source = await harbour.GetAttributeAsync("data-source") ?? string.Empty;
        await harbour.ClickAsync();
        await Expect(carol.By("note-text").Locator("strong")).ToHaveTextAsync("the map");
        await Expect(carol.By("note-text")).ToContainTextAsync("<script>");
        await Expect(carol.By("note-text").Locator("a[href^='javascript']")).ToHaveCountAsync(0);

        await carol.By("list-search").FillAsync("HARBOUR map");
        await Expect(carol.By("note")).ToHaveCountAsync(1);
        await carol.By("list-search").FillAsync(string.Empty);
        await Expect(carol.By("note")).ToHaveCountAsync(2);

        // What is hidden stays so, until it is wanted again.
        await carol.By("source").GetByRole(AriaRole.Checkbox).ClickAsync();
        await Expect(carol.By("note")).ToHaveCountAsync(0);
        await carol.GoAsync("/notes");
        await Expect(carol.By("source").GetByRole(AriaRole.Checkbox)).Not.ToBeCheckedAsync();
        await Expect(carol.By("note")).ToHaveCountAsync(0);
        await carol.By("source").GetByRole(AriaRole.Checkbox).ClickAsync();
        await Expect(carol.By("note")).ToHaveCountAsync(2);
        await harbour.ClickAsync();

        await matrix.ShareAsync(source, $"henry@{demo.Globex.Domain}", "read", "edit");
        await henry.AcceptAsync(source, "/notes");
        await henry.By("note", $"[data-source='{source}'][data-summary='Harbour plans']").ClickAsync();
        await henry.By("note-edit").ClickAsync();
        await Expect(henry.By("entry-save")).ToBeEnabledAsync();
        await henry.By("entry-summary").FillAsync("Harbour plans, seen by Henry");
        await henry.By("entry-save").ClickAsync();
        await Expect(henry.By("entry-dialog")).ToBeHiddenAsync();

        await Expect(carol.By("note-title")).ToHaveTextAsync("Harbour plans, seen by Henry");
        await Expect(carol.By("note", "[data-summary='Harbour plans, seen by Henry']")).ToBeVisibleAsync();
        await Expect(henry.By("note-title")).ToHaveTextAsync("Harbour plans, seen by Henry");

        foreach (var visit in (Visit[])[henry, carol, matrix])
            visit.AssertNoComplaints();
        Assert.Empty(demo.Errors);
    }

    private static async Task AddAsync(Visit visit, string title)
    {
        await visit.By("new-entry").ClickAsync();
        await visit.By("entry-summary").FillAsync(title);
        await visit.By("entry-save").ClickAsync();
        await Expect(visit.By("note", $"[data-summary='{title}']")).ToBeVisibleAsync();
    }
}
