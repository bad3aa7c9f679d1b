using System.Net;
using System.Text;
using Bunit;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;
using MudBlazor.Services;
using NodaTime;
using PeerWeb.Core.Calendars;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Federation.Merge;
using PeerWeb.Core.Primitives;
using PeerWeb.Core.Sharing;
using PeerWeb.Core.Storage;
using PeerWeb.Features.Calendars;
using PeerWeb.Features.Calendars.Edit;
using PeerWeb.Shared.Export;
using PeerWeb.Tests.Formats.ICalendar;
using PeerWeb.Tests.Shell;
using Xunit;

namespace PeerWeb.Tests.Features.Calendars;

public sealed class CalendarExportTests : BunitContext
{
    private static readonly DateTimeZone Zurich = DateTimeZoneProviders.Tzdb["Europe/Zurich"];

    private static CancellationToken Cancel => Xunit.TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_download_is_one_file_for_who_may_read_and_one_answer_for_everybody_else()
    {
        await using var acme = await TestInstallation.StartAsync();
        await acme.AddUserAsync("ada");
        await acme.AddUserAsync("bob");
        var (work, home) = (await AddAsync(acme, "Work", "Plan"), await AddAsync(acme, "Home", "Dinner"));
        using var ada = acme.Browser();
        using var bob = acme.Browser();
        (await TestInstallation.SignInAsync(ada, "ada")).Dispose();
        (await TestInstallation.SignInAsync(bob, "bob")).Dispose();

        using var answer = await ada.GetAsync(new Uri(new ExportRequest([work, home], null, null, Zurich).Url, UriKind.Relative), Cancel);
        Assert.Equal((HttpStatusCode.OK, "text/calendar; charset=utf-8"), (answer.StatusCode, answer.Content.Headers.ContentType?.ToString()));
        Assert.Matches("^calendar-\\d{4}-\\d\\d-\\d\\d\\.ics$", answer.Content.Headers.ContentDisposition?.FileName?.Trim('"'));
        var file = await answer.Content.ReadAsStringAsync(Cancel);
        Assert.Equal((1, 2), (file.Split("BEGIN:VCALENDAR").Length - 1, file.Split("BEGIN:VEVENT").Length - 1));

        using var otherDay = await ada.GetAsync(new Uri(new ExportRequest([work], new LocalDate(2026, 5, 13), null, Zurich).Url, UriKind.Relative), Cancel);
        Assert.DoesNotContain("VEVENT", await otherDay.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);

        var one = new ExportRequest([work], null, null, Zurich) { Entry = Uid.Parse("event-1@test.example") };
        using var single = await ada.GetAsync(new Uri(one.Url, UriKind.Relative), Cancel);
        Assert.Contains("SUMMARY:Plan", await single.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        using var zone = await ada.GetAsync(new Uri(Url(work) + "&zone=Nowhere%2FTown", UriKind.Relative), Cancel);
        Assert.Equal((HttpStatusCode.BadRequest, "There is no such time zone."), (zone.StatusCode, await zone.Content.ReadAsStringAsync(Cancel)));

        var unlinked = work with { Owner = new Address(work.Owner.User, Domain.Parse("nowhere.example")) };
        using var strange = await ada.GetAsync(new Uri(Url(unlinked), UriKind.Relative), Cancel);
        Assert.Equal((HttpStatusCode.NotFound, "There is no active link with nowhere.example."), (strange.StatusCode, await strange.Content.ReadAsStringAsync(Cancel)));

        var elsewhere = work with { Collection = CollectionId.New() };
        foreach (var (browser, url) in (IEnumerable<(HttpClient, string)>)
            [(bob, Url(work)), (ada, Url(elsewhere)), (ada, Url(work, elsewhere)), (ada, "/calendar/export?source=nothing"), (ada, "/calendar/export"), (ada, Url(work) + "&from=never"),
            (bob, one.Url), (ada, (one with { Entry = Uid.Parse("other") }).Url), (ada, (one with { Sources = [work, home] }).Url)])
        {
            using var refused = await browser.GetAsync(new Uri(url, UriKind.Relative), Cancel);
            Assert.Equal(HttpStatusCode.NotFound, refused.StatusCode);
            Assert.Null(refused.Content.Headers.ContentDisposition);
        }
        using var stranger = acme.Browser();
        using var asked = await stranger.GetAsync(new Uri(Url(work), UriKind.Relative), Cancel);
        Assert.Equal(HttpStatusCode.Redirect, asked.StatusCode);
    }

    [Fact]
    public void An_address_says_what_was_chosen_and_one_that_cannot_be_meant_is_named()
    {
        var request = new ExportRequest([Merged.Mine.Id, Merged.Sams.Id], new LocalDate(2026, 3, 29), new LocalDate(2026, 3, 29), Zurich);

        Assert.StartsWith("/calendar/export?source=ada@acme.example%2Fcalendar%2F", request.Url, StringComparison.Ordinal);
        Assert.EndsWith("&from=2026-03-29&to=2026-03-29&zone=Europe%2FZurich", request.Url, StringComparison.Ordinal);
        Assert.Equal(Duration.FromHours(23), request.Range!.Value.End - request.Range.Value.Start);
        Assert.Null(request.Problem(EventKind.Nouns));
        Assert.Equal("The last day is before the first.", (request with { Last = new LocalDate(2026, 3, 28) }).Problem(EventKind.Nouns));
        Assert.Equal("Choose at least one calendar.", (request with { Sources = [] }).Problem(EventKind.Nouns));
    }

    [Fact]
    public async Task The_dialog_begins_with_one_calendar_and_its_link_is_what_is_ticked()
    {
        Services.AddMudServices();
        JSInterop.Mode = JSRuntimeMode.Loose;
        Render<MudPopoverProvider>();
        var provider = Render<MudDialogProvider>();
        var hidden = Merged.NewSource("eve@acme.example", "Add only", 3) with { MyRights = Rights.Add };

        await provider.InvokeAsync(() => ExportDialog.ShowAsync(
            Services.GetRequiredService<IDialogService>(), CalendarFiles.Instance, [Merged.Sams, Merged.Mine, hidden], Merged.Mine.Id, new Dictionary<SourceId, string>(), Zurich));

        string? Href() => provider.Find("[data-testid=export-download]").GetAttribute("href");
        Assert.Equal(["Work", "Sam"], provider.FindAll("label.collection span[dir]").Select(name => name.TextContent));
        Assert.Equal(Url(Merged.Mine.Id), Href());
        provider.FindAll("[data-testid=export-source]")[1].Change(true);
        provider.Find("[data-testid=export-from]").Change("2026-05-01");
        Assert.Equal(new ExportRequest([Merged.Mine.Id, Merged.Sams.Id], new LocalDate(2026, 5, 1), null, Zurich).Url, Href());
        provider.Find("[data-testid=export-to]").Change("2026-04-01");
        Assert.Equal("The last day is before the first.", provider.Find("[data-testid=export-problem]").TextContent);
        Assert.Empty(provider.FindAll("[data-testid=export-download]"));
    }

    private static string Url(params SourceId[] sources) => new ExportRequest(sources, null, null, Zurich).Url;

    private static async Task<SourceId> AddAsync(TestInstallation acme, string name, string title)
    {
        var ada = UserName.Parse("ada");
        var id = await acme.Services.GetRequiredService<SqlCollections>().CreateAsync(ada, CalendarApp.AppId, name, color: null, Cancel);
        var store = acme.Services.GetRequiredService<GuardedEntryStores>().For(new Actor.Local(ada, Groups: []));
        await using var file = new MemoryStream(Encoding.UTF8.GetBytes(Ics.Event("DTSTART:20260512T080000Z", $"SUMMARY:{title}")));
        var results = await EntryImport.RunAsync(store, Ics.App, id, "ada", file, ImportPace.Database, Cancel).ToListAsync(Cancel);
        Assert.Equal(ImportOutcome.Added, Assert.Single(results).Outcome);
        var own = acme.Services.GetRequiredService<OwnInstallation>();
        return new SourceId(new Address(ada, own.Domain), CalendarApp.AppId, id);
    }
}
