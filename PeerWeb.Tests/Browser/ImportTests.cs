using System.Text;
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
    public async Task A_file_is_added_then_unchanged_and_its_broken_event_is_named_with_its_line()
    {
        await using var carol = await chrome.VisitAsync((await chrome.DemoAsync()).Acme.Endpoint, "carol");
        await carol.GoAsync("/calendar/import");

        await ImportAsync(carol);
        await ExpectCountsAsync(carol, added: 2, unchanged: 0, failed: 1);
        var broken = carol.By("import-result", "[data-outcome=failed]");
        await Expect(broken).ToContainTextAsync("Broken");
        await Expect(broken).ToContainTextAsync($"(line {LineOfTheBroken})");

        await carol.GoAsync("/calendar/import");
        await ImportAsync(carol);
        await ExpectCountsAsync(carol, added: 0, unchanged: 2, failed: 1);

        await carol.GoAsync("/calendar/month/2026-05-12");
        await Expect(carol.By("event", "[data-uid='import-1@tests.example'][data-summary='Glaze samples']")).ToBeVisibleAsync();
        await Expect(carol.By("event", "[data-uid='import-3@tests.example']")).ToBeVisibleAsync();
        carol.AssertNoComplaints();
    }

    private static async Task ImportAsync(Visit visit)
    {
        await Expect(visit.By("import-calendar")).Not.ToHaveValueAsync("new");
        await visit.By("import-file").SetInputFilesAsync(
            new Microsoft.Playwright.FilePayload { Name = "studio.ics", MimeType = "text/calendar", Buffer = Encoding.UTF8.GetBytes(File.ReplaceLineEndings("\r\n")) });
        await visit.By("import-start").ClickAsync();
        await Expect(visit.By("import-end")).ToBeVisibleAsync();
    }

    private static async Task ExpectCountsAsync(Visit visit, int added, int unchanged, int failed)
    {
        foreach (var (outcome, count) in ((string, int)[])[("added", added), ("updated", 0), ("unchanged", unchanged), ("failed", failed)])
            await Expect(visit.By("import-counts").Locator($"[data-outcome={outcome}] dd")).ToHaveTextAsync($"{count}");
    }
}
