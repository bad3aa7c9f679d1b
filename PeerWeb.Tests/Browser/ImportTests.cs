using System.Text;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace PeerWeb.Tests.Browser;

[Collection(BrowserTests.Name)]
public sealed class ImportTests(Chrome chrome)
{
    private const string File = """
        BEGIN:VCALENDAR
        VERSION:2.0
        PRODID:-//Example//Tests//EN
        BEGIN:VEVENT
        UID:import-1@tests.example
        DTSTAMP:20260101T000000Z
        DTSTART:20260512T080000Z
        DTEND:20260512T090000Z
        SUMMARY:Glaze samples
        X-KEPT;X-A="b:c":as it is
        END:VEVENT
        BEGIN:VEVENT
        UID:import-2@tests.example
        DTSTAMP:20260101T000000Z
        DTSTART:the day after tomorrow
        SUMMARY:Broken
        END:VEVENT
        BEGIN:VEVENT
        UID:import-3@tests.example
        DTSTAMP:20260101T000000Z
        DTSTART;VALUE=DATE:20260513
        SUMMARY:Kiln closed
        END:VEVENT
        END:VCALENDAR

        """;

    private static int LineOfTheBroken => 1 + File.AsSpan(0, File.IndexOf("DTSTART:the day", StringComparison.Ordinal)).Count('\n');

    [Fact]
    public async Task A_dropped_file_is_previewed_imported_exported_and_then_unchanged()
    {
        await using var carol = await chrome.VisitAsync((await chrome.DemoAsync()).Acme.Endpoint, "carol");
        await carol.GoAsync("/calendar/import");
        await DropAsync(carol, File);
        await ExpectPreviewAsync(carol, added: 2, unchanged: 0, failed: 1);
        await carol.TabToAsync(carol.By("import-start"));
        await carol.Page.Keyboard.PressAsync("Enter");
        await Expect(carol.By("import-end")).ToContainTextAsync("The file is imported");
        var broken = carol.By("import-result", "[data-outcome=failed]");
        await Expect(broken).ToContainTextAsync("Broken");
        await Expect(broken).ToContainTextAsync($"(line {LineOfTheBroken})");
        var report = await SavedAsync(carol, () => carol.By("import-download-csv").ClickAsync());
        Assert.Contains("1,\"Glaze samples\",added,\"\",", report, StringComparison.Ordinal);

        await carol.GoAsync("/calendar/month/2026-05-12");
        await Expect(carol.By("event", "[data-uid='import-1@tests.example'][data-summary='Glaze samples']")).ToBeVisibleAsync();
        await carol.By("source-export").First.ClickAsync();
        await carol.By("export-from").FillAsync("2026-05-12");
        await carol.By("export-to").FillAsync("2026-05-13");
        await carol.By("export-to").PressAsync("Tab");
        await Expect(carol.By("export-download", "[href*='to=2026-05-13']")).ToBeVisibleAsync();
        var exported = await SavedAsync(carol, () => carol.By("export-download").ClickAsync());
        Assert.Contains("X-KEPT;X-A=\"b:c\":as it is", exported, StringComparison.Ordinal);
        Assert.Contains("Kiln closed", exported, StringComparison.Ordinal);

        await carol.GoAsync("/calendar/import");
        await carol.By("import-file").SetInputFilesAsync(new FilePayload { Name = "again.ics", MimeType = "text/calendar", Buffer = Encoding.UTF8.GetBytes(exported) });
        await Expect(carol.By("import-end")).ToHaveTextAsync("Everything in this file is there already.");
        await Expect(carol.By("import-start")).ToBeDisabledAsync();
        carol.AssertNoComplaints();
    }

    private static async Task DropAsync(Visit visit, string file)
    {
        await Expect(visit.By("import-calendar")).Not.ToHaveValueAsync("new");
        // As the browser does it itself when a file is dropped onto an input.
        await visit.By("import-file").EvaluateAsync(
            """
            (input, text) => {
              const data = new DataTransfer();
              data.items.add(new File([text], 'studio.ics', { type: 'text/calendar' }));
              input.files = data.files;
              input.dispatchEvent(new Event('change', { bubbles: true }));
            }
            """,
            file.ReplaceLineEndings("\r\n"));
    }

    private static async Task ExpectPreviewAsync(Visit visit, int added, int unchanged, int failed)
    {
        await Expect(visit.By("import-preview", "[data-complete=true]")).ToBeVisibleAsync();
        foreach (var (outcome, count) in ((string, int)[])[("added", added), ("updated", 0), ("unchanged", unchanged), ("failed", failed)])
            await Expect(visit.By("import-counts").Locator($"[data-outcome={outcome}] strong")).ToHaveTextAsync($"{count}");
    }

    private static async Task<string> SavedAsync(Visit visit, Func<Task> click)
    {
        var download = await visit.Page.RunAndWaitForDownloadAsync(click);
        return await System.IO.File.ReadAllTextAsync(await download.PathAsync(), TestContext.Current.CancellationToken);
    }
}
