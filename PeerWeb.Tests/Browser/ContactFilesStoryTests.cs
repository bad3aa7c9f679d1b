using System.Text;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace PeerWeb.Tests.Browser;

/// <summary>Contacts by the thousand, a table with columns to name, notes: in by the page, out again as they came.</summary>
[Collection(BrowserTests.Name)]
public sealed class ContactFilesStoryTests(Chrome chrome)
{
    private const int Cards = 1_000;

    /// <summary>Takes seconds to send and to read, so that there is time to think better of it.</summary>
    private const int Many = 12_000;

    [Fact]
    public async Task Contacts_and_notes_come_in_by_the_page_and_leave_as_they_came()
    {
        await using var carol = await chrome.VisitAsync((await chrome.DemoAsync()).Acme.Endpoint, "carol");
        var cards = Enumerable.Range(1, Cards).Select(CardOf).ToList();
        await carol.GoAsync("/addressbook/import");

        await ChooseAsync(carol, "many.vcf", string.Concat(Enumerable.Range(1, Many).Select(i => CardOf(i + Cards) + new string(' ', 500) + "\r\n")));
        await carol.By("import-cancel").ClickAsync();
        await Expect(carol.By("import-end")).ToHaveTextAsync("Cancelled. Nothing was written.");

        await ChooseAsync(carol, "Fair.vcf", string.Concat(cards) + "BEGIN:VCARD\r\nVERSION:4.0\r\nno property at all\r\nEND:VCARD\r\n");
        await ExpectPreviewAsync(carol, added: Cards, unchanged: 0, failed: 1);
        await carol.By("import-addressbook").SelectOptionAsync("new");
        await Expect(carol.By("import-name")).ToHaveValueAsync("many");
        await carol.By("import-name").FillAsync("Fair");
        await ExpectPreviewAsync(carol, added: Cards, unchanged: 0, failed: 1);
        await carol.TabToAsync(carol.By("import-start"));
        await carol.Page.Keyboard.PressAsync("Enter");
        await Expect(carol.By("import-end")).ToContainTextAsync("The file is imported, except for the contacts");
        var report = await SavedAsync(carol, () => carol.By("import-download-csv").ClickAsync());
        Assert.StartsWith("number,contact,result,reason,line\r\n1,\"Contact 0001\",added,\"\",", report, StringComparison.Ordinal);
        Assert.Contains($"\r\n{Cards + 1},", report, StringComparison.Ordinal);

        var book = await carol.By("import-addressbook").InputValueAsync();
        var exported = await ExportAsync(carol, "addressbook", book);
        Assert.Equal(cards.Order(StringComparer.Ordinal), CardsOf(exported).Order(StringComparer.Ordinal));
        Assert.Contains("VERSION:3.0", await ExportAsync(carol, "addressbook", book, "&form=vcf3"), StringComparison.Ordinal);
        await ChooseAsync(carol, "again.vcf", exported);
        await Expect(carol.By("import-end")).ToHaveTextAsync("Everything in this file is there already.");

        await MapAsync(carol);
        carol.AssertNoComplaints();
    }

    [Fact]
    public async Task Notes_are_imported_from_their_page_and_exported_from_it()
    {
        const string file = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Example//Tests//EN\r\nBEGIN:VJOURNAL\r\nUID:files-note\r\nDTSTAMP:20260101T000000Z\r\nSUMMARY:Glazes\r\nDESCRIPTION:Ash and bone\r\nX-KEPT:as it is\r\nEND:VJOURNAL\r\nEND:VCALENDAR\r\n";
        await using var carol = await chrome.VisitAsync((await chrome.DemoAsync()).Acme.Endpoint, "carol");
        await carol.GoAsync("/notes");
        await carol.By("list-import").ClickAsync();
        await Expect(carol.By("import")).ToBeVisibleAsync();
        await ChooseAsync(carol, "Studio.ics", file);
        await carol.By("import-notes").SelectOptionAsync("new");
        await carol.By("import-name").FillAsync("Studio notes");
        await ExpectPreviewAsync(carol, added: 1, unchanged: 0, failed: 0);
        await carol.By("import-start").ClickAsync();
        await Expect(carol.By("import-end")).ToContainTextAsync("The file is imported.");
        await carol.By("import-end").GetByRole(AriaRole.Link).ClickAsync();

        var source = carol.By("source").Filter(new() { HasText = "Studio notes" });
        await source.GetByTestId("source-export").ClickAsync();
        await Expect(carol.By("export-download")).ToBeVisibleAsync();
        var exported = await SavedAsync(carol, () => carol.By("export-download").ClickAsync());
        Assert.Contains("X-KEPT:as it is", exported, StringComparison.Ordinal);
        carol.AssertNoComplaints();
    }

    /// <summary>A table with a column whose name says nothing, and a row that is too long.</summary>
    private static async Task MapAsync(Visit carol)
    {
        await ChooseAsync(carol, "table.csv", "Wer;E-mail Address\r\nJörg Keller;joerg@acme.example\r\ntoo;many;values\r\nZoë Berg;zoe@acme.example\r\n");
        var row = carol.By("import-column", "[data-column=Wer]");
        await Expect(row).ToHaveAttributeAsync("data-field", "none");
        await Expect(carol.By("import-column", "[data-column='E-mail Address']")).ToHaveAttributeAsync("data-field", "mail");
        await row.GetByTestId("import-field").SelectOptionAsync("name");
        await ExpectPreviewAsync(carol, added: 2, unchanged: 0, failed: 1);
        await Expect(carol.By("import-preview-row").First).ToContainTextAsync("Jörg Keller");
        await carol.By("import-start").ClickAsync();
        await Expect(carol.By("import-end")).ToContainTextAsync("The file is imported, except for the contacts");
        await Expect(carol.By("import-result", "[data-outcome=failed]")).ToContainTextAsync("The row has 3 values, and the file 2 columns. (line 3)");

        await carol.GoAsync("/todo/import");
        await Expect(carol.Page.Locator("h1")).ToHaveTextAsync("Import todos");
    }

    private static string CardOf(int number) =>
        $"BEGIN:VCARD\r\nVERSION:4.0\r\nUID:files-{number}\r\nFN:Contact {number:0000}\r\nEMAIL;TYPE=work:contact{number}@acme.example\r\nTEL;TYPE=cell:+41 79 {number}\r\nX-KEPT:as it is\r\nEND:VCARD\r\n";

    private static IEnumerable<string> CardsOf(string file) => file.Split("BEGIN:VCARD", StringSplitOptions.RemoveEmptyEntries).Select(card => $"BEGIN:VCARD{card}");

    /// <remarks>A page that was come to by a link shows its input a moment before anybody listens to it.</remarks>
    private static async Task ChooseAsync(Visit visit, string name, string file)
    {
        await visit.Page.WaitForFunctionAsync("() => document.getElementById('import-file')?._blazorInputFileNextFileId !== undefined");
        await visit.By("import-file").SetInputFilesAsync(new FilePayload { Name = name, MimeType = "application/octet-stream", Buffer = Encoding.UTF8.GetBytes(file) });
    }

    /// <remarks>Within the page: outside of a browser nobody knows these hosts.</remarks>
    private static Task<string> ExportAsync(Visit visit, string app, string source, string form = "") =>
        visit.Page.EvaluateAsync<string>("url => fetch(url).then(answer => answer.text())", $"/{app}/export?source={Uri.EscapeDataString(source)}{form}");

    private static async Task ExpectPreviewAsync(Visit visit, int added, int unchanged, int failed)
    {
        foreach (var (outcome, count) in ((string, int)[])[("added", added), ("updated", 0), ("unchanged", unchanged), ("failed", failed)])
            await Expect(visit.By("import-counts").Locator($"[data-outcome={outcome}] strong")).ToHaveTextAsync($"{count.ToString("#,0", System.Globalization.CultureInfo.InvariantCulture)}");
        await Expect(visit.By("import-preview", "[data-complete=true]")).ToBeVisibleAsync();
        await Expect(visit.By("import-start")).ToBeEnabledAsync();
    }

    private static async Task<string> SavedAsync(Visit visit, Func<Task> click)
    {
        var download = await visit.Page.RunAndWaitForDownloadAsync(click);
        return await File.ReadAllTextAsync(await download.PathAsync(), TestContext.Current.CancellationToken);
    }
}
