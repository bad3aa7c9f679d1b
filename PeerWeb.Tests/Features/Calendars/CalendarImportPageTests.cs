using System.Text;
using AngleSharp.Dom;
using Bunit;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor.Services;
using NodaTime;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Federation.Merge;
using PeerWeb.Features.Calendars;
using PeerWeb.Features.Calendars.Edit;
using PeerWeb.Shared;
using PeerWeb.Shared.Import;
using PeerWeb.Tests.Formats.ICalendar;
using Xunit;

namespace PeerWeb.Tests.Features.Calendars;

public sealed class CalendarImportPageTests : BunitContext
{
    private readonly Asking _asking = new() { Targets = [Merged.Mine] };

    public CalendarImportPageTests()
    {
        Services.AddMudServices();
        Services.AddSingleton(TimeProvider.System);
        Services.AddSingleton(CalendarFiles.Instance);
        Services.AddSingleton<ImportCallsOf>(_ => _asking.Import);
        Services.AddScoped<BrowserDownload>();
        AddAuthorization().SetAuthorized("ada");
        JSInterop.Mode = JSRuntimeMode.Loose;
    }

    [Fact]
    public void A_preview_says_what_would_change_and_nothing_is_written_before_it_is_confirmed()
    {
        var weekly = Ics.Event("DTSTART;TZID=Europe/Zurich:20270104T090000", "DTEND;TZID=Europe/Zurich:20270104T100000", "RRULE:FREQ=WEEKLY;BYDAY=MO", "SUMMARY:Standup");
        var moved = weekly.Replace("T090000", "T080000", StringComparison.Ordinal).Replace("Standup", "Daily", StringComparison.Ordinal);
        _asking.Previewed =
        [
            Previewed(1, ImportOutcome.Added, weekly),
            new PreviewedEntry(new ImportedEntry(2, "Standup", ImportOutcome.Updated, null, null), weekly, moved),
            new PreviewedEntry(new ImportedEntry(3, "Broken", ImportOutcome.Failed, "DTSTART is not a date.", 12), null, null),
        ];
        _asking.Imported = [new ImportedEntry(1, "Standup", ImportOutcome.Added, null, null)];
        var page = Choose("file.ics");

        Assert.Equal(["1 new", "1 changed", "0 unchanged", "1 problem"], page.FindAll("[data-testid=import-counts] button").Select(Words));
        var rows = page.FindAll("[data-testid=import-preview-row]").Select(Words).ToList();
        Assert.Contains("Monday, 4 January 2027, 09:00 to 10:00 (Europe/Zurich)", rows[0], StringComparison.Ordinal);
        Assert.Contains("every week on Monday", rows[0], StringComparison.Ordinal);
        Assert.Contains("title: Daily → Standup", rows[1], StringComparison.Ordinal);
        Assert.Contains("time: Monday, 4 January 2027, 08:00", rows[1], StringComparison.Ordinal);
        Assert.Contains("DTSTART is not a date. (line 12)", rows[2], StringComparison.Ordinal);
        Assert.Contains("without end", page.Find("[data-testid=import-range]").TextContent, StringComparison.Ordinal);
        Assert.Equal([Merged.Mine.Id], _asking.Aimed);

        page.Find("[data-testid=import-counts] [data-outcome=failed]").Click();
        page.WaitForAssertion(() => Assert.Equal("failed", Assert.Single(page.FindAll("[data-testid=import-preview-row]")).GetAttribute("data-outcome")));
        page.Find("form").Submit();
        page.WaitForElement("[data-testid=import-report]");
        Assert.Equal([Merged.Mine.Id, Merged.Mine.Id], _asking.Aimed);
    }

    [Fact]
    public void Another_calendar_is_another_preview()
    {
        _asking.Previewed = [Previewed(1, ImportOutcome.Added)];
        var page = Choose("Holidays 2027.ics");

        page.Find("[data-testid=import-calendar]").Change("new");

        page.WaitForAssertion(() => Assert.Equal([Merged.Mine.Id, null], _asking.Aimed));
        Assert.Equal("Holidays 2027", page.Find("[data-testid=import-name]").GetAttribute("value"));
        page.WaitForAssertion(() => Assert.False(page.Find("[data-testid=import-start]").HasAttribute("disabled")));
        page.Find("[data-testid=import-name]").Input("  ");
        page.Find("form").Submit();
        Assert.Contains("Give the new calendar a name.", page.WaitForElement("[data-testid=import-failure]").TextContent, StringComparison.Ordinal);
        Assert.Empty(_asking.Made);

        page.Find("[data-testid=import-name]").Input("Trips");
        page.Find("form").Submit();
        page.WaitForAssertion(() => Assert.Equal(["Trips"], _asking.Made));
    }

    [Fact]
    public void Where_everything_is_there_already_nothing_can_be_imported()
    {
        _asking.Previewed = [Previewed(1, ImportOutcome.Unchanged)];

        var page = Choose("file.ics", isReady: false);

        Assert.Equal("Everything in this file is there already.", page.WaitForElement("[data-testid=import-end]").TextContent.Trim());
        Assert.True(page.Find("[data-testid=import-start]").HasAttribute("disabled"));
    }

    [Fact]
    public void An_owner_that_falls_silent_is_named_and_what_was_done_stays_in_the_report()
    {
        _asking.Previewed = [Previewed(1, ImportOutcome.Added)];
        _asking.Imported = [new ImportedEntry(1, "One", ImportOutcome.Added, null, null)];
        _asking.Failure = new SourceUnavailableException("It did not answer in time.");
        var page = Choose("file.ics");

        page.Find("form").Submit();

        Assert.StartsWith("It did not answer in time. What is listed below is done", page.WaitForElement("[data-testid=import-failure]").TextContent, StringComparison.Ordinal);
        Assert.Single(page.FindAll("[data-testid=import-result]"));
        Assert.False(page.Find("[data-testid=import-start]").HasAttribute("disabled"));
    }

    [Fact]
    public async Task Of_two_files_chosen_quickly_the_second_counts()
    {
        var (going, asked) = (new TaskCompletionSource(), 0);
        _asking.Previewed = [Previewed(1, ImportOutcome.Added)];
        _asking.BeforePreview = token => ++asked == 1 ? going.Task : Task.CompletedTask;
        var page = Render<CalendarImportPage>();
        var input = page.FindComponent<InputFile>();
        Task ChooseAsync(string name, string text) =>
            page.InvokeAsync(() => input.Instance.OnChange.InvokeAsync(new InputFileChangeEventArgs([new ChosenFile(name, Encoding.UTF8.GetBytes(text))])));
        var first = ChooseAsync("first.ics", "BEGIN:VCALENDAR");
        page.WaitForAssertion(() => Assert.Equal(1, asked));

        var (second, third) = (ChooseAsync("second.ics", "BEGIN:VCALENDAR"), ChooseAsync("third.ics", string.Empty));
        going.SetResult();
        await Task.WhenAll(first, second, third);

        page.WaitForAssertion(() => Assert.Equal("“third.ics” is empty.", page.Find("[data-testid=import-failure]").TextContent));
        Assert.Equal("choosing", page.Find("[data-testid=import]").GetAttribute("data-step"));
        Assert.Empty(page.FindAll("[data-testid=import-preview]"));
        Assert.Empty(page.FindAll("[data-testid=import-end]"));
        Assert.Equal(1, asked);
    }

    [Fact]
    public void A_file_above_the_limit_is_refused_before_anything_is_sent_and_the_command_line_is_named()
    {
        var page = Render<CalendarImportPage>();

        page.FindComponent<InputFile>().UploadFiles(InputFileContent.CreateFromBinary(new byte[FileImport.LargestFile + 1], "big.ics"));

        var failure = page.WaitForElement("[data-testid=import-failure]").TextContent;
        Assert.Contains("at most 10 MiB", failure, StringComparison.Ordinal);
        Assert.Contains("PeerWeb import FILE", failure, StringComparison.Ordinal);
        Assert.True(page.Find("[data-testid=import-start]").HasAttribute("disabled"));
    }

    [Fact]
    public void A_report_of_thousands_shows_its_problems_first_and_all_of_it_in_pages()
    {
        var report = new ImportReport();
        foreach (var number in Enumerable.Range(1, 3000))
            report.Add(new ImportedEntry(number, "x", number > 2990 ? ImportOutcome.Failed : ImportOutcome.Added, null, null));
        var view = Render<ImportReportView>(parameters => parameters.Add(one => one.Report, report).Add(one => one.Nouns, EventKind.Nouns));

        Assert.Equal(["2,990", "0", "0", "10"], view.FindAll("dd").Select(count => count.TextContent));
        Assert.Equal(10, view.FindAll("[data-testid=import-result]").Count);

        view.Find("[data-testid=import-only-problems]").Change(false);
        view.Find("[data-testid=import-next]").Click();
        var rows = view.FindAll("[data-testid=import-result]");
        Assert.Equal((ImportReportView.PageSize, "101"), (rows.Count, rows[0].Children[0].TextContent));
    }

    [Fact]
    public void A_kept_report_has_no_cell_that_a_spreadsheet_would_run()
    {
        ImportedEntry[] results =
        [
            new(1, "=HYPERLINK(\"http://evil.example\")", ImportOutcome.Added, null, null),
            new(2, " @SUM(1)", ImportOutcome.Failed, "+1\nmore", 7),
            new(3, "a \"quoted\", name", ImportOutcome.Unchanged, null, null),
            new(4, "a;=1+1", ImportOutcome.Failed, "b\t @c\r\n\"-d; e-f", null),
        ];

        var csv = System.Text.Encoding.UTF8.GetString(ReportFile.Csv("event", results));

        Assert.Equal(
            "\uFEFFnumber,event,result,reason,line\r\n1,\"'=HYPERLINK(\"\"http://evil.example\"\")\",added,\"\",\r\n2,\"' @SUM(1)\",failed,\"'+1\nmore\",7\r\n3,\"a \"\"quoted\"\", name\",unchanged,\"\",\r\n"
            + "4,\"a;'=1+1\",failed,\"b\t' @c\r\n'\"\"-d; e-f\",\r\n",
            csv);
        var counts = new OutcomeCounts();
        counts.Add(ImportOutcome.Failed);
        Assert.Contains("     2  failed      @SUM(1): +1 more (line 7)\r\n", System.Text.Encoding.UTF8.GetString(ReportFile.Text("a.ics", counts, results)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_preview_counts_days_by_their_last_and_knows_a_series_without_end()
    {
        var preview = new ImportPreview(CalendarFiles.Instance.Words);
        preview.Add(Previewed(1, ImportOutcome.Added) with { First = Instant.FromUtc(2027, 1, 4, 0, 0), Last = Instant.FromUtc(2027, 1, 6, 0, 0) });

        Assert.Equal((new LocalDate(2027, 1, 4), new LocalDate(2027, 1, 5), false), (preview.First, preview.Last, preview.IsUnbounded));
        preview.Add(Previewed(2, ImportOutcome.Added) with { First = Instant.FromUtc(2020, 1, 1, 0, 0) });
        Assert.Equal((new LocalDate(2020, 1, 1), true), (preview.First, preview.IsUnbounded));
    }

    private sealed record ChosenFile(string Name, byte[] Content) : IBrowserFile
    {
        public DateTimeOffset LastModified => default;

        public long Size => Content.Length;

        public string ContentType => "text/calendar";

        public Stream OpenReadStream(long maxAllowedSize = 512000, CancellationToken cancellationToken = default) => new MemoryStream(Content);
    }

    private static string Words(IElement element) => string.Join(' ', element.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static PreviewedEntry Previewed(int number, ImportOutcome outcome, string? text = null) =>
        new(new ImportedEntry(number, "One", outcome, null, null), text ?? Ics.Event("DTSTART:20270104T090000Z"), Current: null)
        {
            First = Instant.FromUtc(2027, 1, 4, 9, 0),
        };

    private IRenderedComponent<CalendarImportPage> Choose(string name, bool isReady = true)
    {
        var page = Render<CalendarImportPage>();
        page.FindComponent<InputFile>().UploadFiles(InputFileContent.CreateFromText("BEGIN:VCALENDAR", name));
        page.WaitForElement("[data-testid=import-preview][data-complete=true]");
        if (isReady)
            page.WaitForAssertion(() => Assert.False(page.Find("[data-testid=import-start]").HasAttribute("disabled")));
        return page;
    }
}
