using Microsoft.Playwright;
using PeerWeb.Tests.Demo;
using PeerWeb.Tests.Formats.VCard;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace PeerWeb.Tests.Browser;

/// <summary>Contacts between two processes: Carol at Acme keeps them, Henry at Globex sees what she shares with him and copies one.</summary>
[Collection(BrowserTests.Name)]
public sealed class AddressBookStoryTests(Chrome chrome)
{
    /// <summary>One red pixel.</summary>
    private const string Gif = "R0lGODlhAQABAPAAAP8AAAAAACH5BAAAAAAALAAAAAABAAEAAAICRAEAOw==";

    [Fact]
    public async Task A_contact_is_written_by_keyboard_found_by_letter_shared_changed_while_it_is_open_and_copied()
    {
        await using var demo = await RunningDemo.StartAsync();
        await using var carol = await chrome.VisitAsync(demo.Acme.Endpoint, "carol");
        await using var matrix = await chrome.VisitAsync(demo.Acme.Endpoint, "carol", height: 2400);
        await using var henry = await chrome.VisitAsync(demo.Globex.Endpoint, "henry");

        await AddBookAsync(carol, "Harbour");
        await carol.TabToAsync(carol.By("new-entry"));
        await carol.Page.Keyboard.PressAsync("Enter");
        await Expect(carol.By("entry-summary")).ToBeFocusedAsync();
        await carol.Page.Keyboard.TypeAsync("Zoë Quay");
        await carol.TabToAsync(carol.By("add-phones"));
        await carol.Page.Keyboard.PressAsync("Enter");
        await Expect(carol.By("entry-phones").Locator("input[type=tel]")).ToBeFocusedAsync();
        await carol.Page.Keyboard.TypeAsync("+41 44 1");
        // Nothing has told the server of it yet.
        await carol.Page.ReloadAsync();
        await carol.By("writing-continue").ClickAsync();
        await Expect(carol.By("entry-phones").Locator("input[type=tel]")).ToHaveValueAsync("+41 44 1");
        await carol.By("entry-birthday-day").FillAsync("12");
        await carol.By("entry-birthday-month").SelectOptionAsync("4");
        await carol.By("entry-photo").SetInputFilesAsync(new FilePayload { Name = "bomb.png", MimeType = "image/png", Buffer = Vcf.Png(5000, 9) });
        await Expect(carol.By("entry-dialog")).ToContainTextAsync("5000 by 9 pixels");
        await carol.By("entry-photo").SetInputFilesAsync(new FilePayload { Name = "zoe.gif", MimeType = "image/gif", Buffer = Convert.FromBase64String(Gif) });
        await Expect(carol.By("entry-photo-remove")).ToBeVisibleAsync();
        await carol.By("entry-organization").FillAsync("Docks");
        await carol.Page.Keyboard.PressAsync("Control+Enter");
        await Expect(carol.By("entry-dialog")).ToBeHiddenAsync();
        var zoe = carol.By("contact", "[data-summary='Zoë Quay']");
        await Expect(zoe).ToBeVisibleAsync();
        var source = await zoe.GetAttributeAsync("data-source") ?? string.Empty;
        await AddAsync(carol, "Abel Pier");

        await carol.TabToAsync(carol.By("letters").GetByText("All", new() { Exact = true }));
        foreach (var key in (string[])["ArrowDown", "ArrowDown", "Enter"])
            await carol.Page.Keyboard.PressAsync(key);
        await Expect(carol.By("letters").Locator("[data-letter=B]")).ToBeFocusedAsync();
        await Expect(carol.By("contact", "[data-summary='Abel Pier']")).ToHaveCountAsync(0);
        await Expect(zoe).ToBeVisibleAsync();
        await carol.By("letters").GetByText("All", new() { Exact = true }).ClickAsync();
        await Expect(carol.By("contact", "[data-summary='Abel Pier']")).ToBeVisibleAsync();
        await zoe.ClickAsync();
        await Expect(carol.By("contact-date")).ToContainTextAsync("12 April");

        await matrix.ShareAsync(source, $"henry@{demo.Globex.Domain}", "read");
        await henry.AcceptAsync(source, "/addressbook");
        var seen = henry.By("contact", $"[data-source='{source}'][data-summary='Zoë Quay']");
        await Expect(seen.Locator("img")).ToHaveJSPropertyAsync("naturalWidth", 1);
        await seen.ClickAsync();
        await Expect(henry.By("contact-edit")).ToHaveTextAsync("Open");

        await carol.By("contact-edit").ClickAsync();
        await Expect(carol.By("entry-save")).ToBeEnabledAsync();
        await carol.By("entry-job-title").FillAsync("Harbour master");
        await carol.By("entry-save").ClickAsync();
        await Expect(henry.By("contact-view")).ToContainTextAsync("Harbour master, Docks");

        await henry.By("contact-copy").ClickAsync();
        await henry.By("collection-name").FillAsync("Henry's own");
        await henry.By("collection-name").PressAsync("Enter");
        await Expect(henry.By("contact", "[data-summary='Zoë Quay']")).ToHaveCountAsync(2);
        await henry.By("contact", $"[data-summary='Zoë Quay']:not([data-source='{source}'])").ClickAsync();
        await Expect(henry.By("contact-copied-from")).ToContainTextAsync($"carol@{demo.Acme.Domain}");

        foreach (var visit in (Visit[])[henry, carol, matrix])
            visit.AssertNoComplaints();
        Assert.Empty(demo.Errors);
    }

    private static async Task AddBookAsync(Visit visit, string name)
    {
        await visit.GoAsync("/addressbook");
        await Expect(visit.By("addressbook", "[data-ready=true]")).ToBeVisibleAsync();
        await visit.NewCollectionAsync(name);
        await Expect(visit.By("source").Filter(new() { HasText = name })).ToHaveCountAsync(1);
    }

    private static async Task AddAsync(Visit visit, string title)
    {
        await visit.By("new-entry").ClickAsync();
        await visit.By("entry-summary").FillAsync(title);
        await visit.By("entry-save").ClickAsync();
        await Expect(visit.By("contact", $"[data-summary='{title}']")).ToBeVisibleAsync();
    }
}
