using Bunit;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor.Services;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Primitives;
using PeerWeb.Features.Calendars;
using PeerWeb.Features.Calendars.Import;
using Xunit;

namespace PeerWeb.Tests.Features.Calendars;

public sealed class CalendarImportPageTests : BunitContext
{
    private readonly Asking _asking = new();

    public CalendarImportPageTests()
    {
        Services.AddMudServices();
        Services.AddSingleton(TimeProvider.System);
        Services.AddSingleton(_asking.Queries);
        AddAuthorization().SetAuthorized("ada");
        JSInterop.Mode = JSRuntimeMode.Loose;
    }

    [Fact]
    public void Results_show_failures_first_with_reason_and_line_and_the_counts_of_all()
    {
        _asking.Calendars = [new OwnCalendar(new CollectionId(new Guid(1, 0, 0, new byte[8])), "Work", null)];
        _asking.Imported =
        [
            new ImportedEntry(1, "One", ImportOutcome.Added, null, null),
            new ImportedEntry(2, "Two", ImportOutcome.Unchanged, null, null),
            new ImportedEntry(3, "Three", ImportOutcome.Failed, "DTSTART is not a date.", 12),
        ];
        var page = Choose("file.ics", "BEGIN:VCALENDAR");

        page.Find("form").Submit();

        page.WaitForElement("[data-testid=import-end]");
        var first = page.Find("[data-testid=import-result]");
        Assert.Equal("failed", first.GetAttribute("data-outcome"));
        Assert.Contains("DTSTART is not a date. (line 12)", first.TextContent, StringComparison.Ordinal);
        Assert.Equal(["1", "0", "1", "1"], page.FindAll("[data-testid=import-counts] dd").Select(count => count.TextContent));
    }

    [Fact]
    public void Without_a_calendar_a_new_one_is_made_and_named_after_the_file()
    {
        _asking.Imported = [new ImportedEntry(1, "One", ImportOutcome.Added, null, null)];
        var page = Choose("Holidays 2027.ics", "BEGIN:VCALENDAR");
        Assert.Equal("Holidays 2027", page.Find("[data-testid=import-name]").GetAttribute("value"));

        page.Find("form").Submit();

        page.WaitForElement("[data-testid=import-end]");
        Assert.Equal(["Holidays 2027"], _asking.Made);
    }

    [Fact]
    public void A_new_calendar_needs_a_name()
    {
        var page = Choose("x.ics", "BEGIN:VCALENDAR");

        page.Find("[data-testid=import-name]").Input("  ");
        page.Find("form").Submit();

        Assert.Contains("Give the new calendar a name.", page.Find("[data-testid=import-failure]").TextContent, StringComparison.Ordinal);
        Assert.Empty(_asking.Made);
    }

    [Fact]
    public void A_file_above_the_limit_is_refused_before_anything_is_sent()
    {
        var page = Render<CalendarImportPage>();

        page.FindComponent<InputFile>().UploadFiles(InputFileContent.CreateFromBinary(new byte[CalendarImportPage.LargestFile + 1], "big.ics"));

        Assert.Contains("at most 10 MiB", page.WaitForElement("[data-testid=import-failure]").TextContent, StringComparison.Ordinal);
        Assert.True(page.Find("[data-testid=import-start]").HasAttribute("disabled"));
    }

    [Fact]
    public void A_report_of_thousands_keeps_every_failure_in_sight_and_all_counts()
    {
        var report = new ImportReport();
        foreach (var number in Enumerable.Range(1, 3000))
            report.Add(new ImportedEntry(number, "x", number > 2990 ? ImportOutcome.Failed : ImportOutcome.Added, null, null));

        Assert.Equal((3000, 2990, 10), (report.Count, report.Of(ImportOutcome.Added), report.Failed));
        Assert.All(report.Shown.Take(10), result => Assert.Equal(ImportOutcome.Failed, result.Outcome));
        Assert.Equal(ImportReport.MostShown, report.Shown.Count());
        Assert.Equal(3000 - ImportReport.MostShown, report.NotShown);
    }

    private IRenderedComponent<CalendarImportPage> Choose(string name, string content)
    {
        var page = Render<CalendarImportPage>();
        page.FindComponent<InputFile>().UploadFiles(InputFileContent.CreateFromText(content, name));
        page.WaitForAssertion(() => Assert.False(page.Find("[data-testid=import-start]").HasAttribute("disabled")));
        return page;
    }
}
