using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using NodaTime;
using NodaTime.Extensions;
using PeerWeb.Cli;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Federation.Merge;
using PeerWeb.Core.Primitives;
using PeerWeb.Demo;
using PeerWeb.Shell;
using PeerWeb.Tests.Conformance;
using PeerWeb.Tests.Demo;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace PeerWeb.Tests.Browser;

/// <summary>The story of sharing between two processes: Carol at Acme, who shares nothing to begin with, and Sam at Globex.</summary>
[Collection(BrowserTests.Name)]
public sealed class SharingStoryTests(Chrome chrome)
{
    private const string Lunch = "Lunch with Globex";

    /// <summary>A day of the month that shows, on which nothing is folded away.</summary>
    private static string Saturday => TimeProvider.System.GetUtcNow().ToInstant().InUtc().Date.With(DateAdjusters.NextOrSame(IsoDayOfWeek.Saturday)).ToString("uuuu-MM-dd", null);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Sam_writes_in_Carols_calendar_exactly_as_far_and_as_long_as_she_lets_him()
    {
        await using var demo = await RunningDemo.StartAsync();
        var address = $"sam@{demo.Globex.Domain}";
        await using var carol = await chrome.VisitAsync(demo.Acme.Endpoint, "carol", height: 1400);
        await using var matrix = await chrome.VisitAsync(demo.Acme.Endpoint, "carol", height: 1400);
        await using var sam = await chrome.VisitAsync(demo.Globex.Endpoint, "sam", height: 1400);
        await carol.GoAsync("/calendar/month");
        var source = await carol.By("source", $"[data-source^='carol@{demo.Acme.Domain}/calendar/']").First.GetAttributeAsync("data-source") ?? string.Empty;
        var collection = source.Split('/')[^1];

        await matrix.GoAsync("/sharing");
        await matrix.By("acl-add-principal").FillAsync(address);
        await matrix.By("acl-add-principal").PressAsync("Enter");
        await TickAsync(matrix, address, collection, "read", "add");

        await sam.GoAsync("/sharing/offers");
        await sam.By("offer", $"[data-source='{source}']").GetByTestId("offer-accept").ClickAsync();
        await Expect(sam.By("offer", $"[data-source='{source}']").GetByTestId("offer-accept")).ToBeHiddenAsync();
        await sam.GoAsync("/calendar/month");
        await Expect(sam.By("source", $"[data-source='{source}'][data-state=live]")).ToBeVisibleAsync();

        await AddAsync(sam, source, Lunch);
        await Expect(Event(sam, source, Lunch)).ToBeVisibleAsync();
        await Expect(Event(carol, source, Lunch)).ToBeVisibleAsync();

        await Event(sam, source, Lunch).ClickAsync();
        await Expect(sam.By("entry-save")).ToBeDisabledAsync();
        await Expect(sam.By("entry-dialog")).ToContainTextAsync("edit");
        await sam.By("event-close").ClickAsync();
        await ForgeAsync(demo, SourceOf(source), Lunch);

        await TickAsync(matrix, address, collection, "edit");
        await RenameAsync(sam, source, Lunch, "Lunch, by Sam");
        await Expect(Event(carol, source, "Lunch, by Sam")).ToBeVisibleAsync();

        await OpenAsync(sam, source, "Lunch, by Sam");
        await sam.By("entry-summary").FillAsync("Lunch, later by Sam");
        await RenameAsync(carol, source, "Lunch, by Sam", "Lunch, by Carol");
        await sam.By("entry-save").ClickAsync();
        await sam.By("conflict-dialog").GetByTestId("conflict-both").ClickAsync();
        foreach (var visit in (Visit[])[sam, carol])
        {
            await Expect(Event(visit, source, "Lunch, by Carol")).ToBeVisibleAsync();
            await Expect(Event(visit, source, "Lunch, later by Sam")).ToBeVisibleAsync();
        }

        await TickAsync(matrix, address, collection, "read", "add", "edit");
        await Expect(sam.By("source", $"[data-source='{source}'][data-state=refused]")).ToBeVisibleAsync();
        await Expect(sam.By("event", $"[data-source='{source}']")).ToHaveCountAsync(0);

        foreach (var visit in (Visit[])[sam, carol, matrix])
            visit.AssertNoComplaints();
        Assert.Empty(demo.Errors);
    }

    private static ILocator Event(Visit visit, string source, string summary) =>
        visit.By("event", $"[data-source='{source}'][data-summary='{summary}']").First;

    /// <summary>Turns each of the rights over, then saves.</summary>
    private static async Task TickAsync(Visit matrix, string address, string collection, params string[] rights)
    {
        foreach (var right in rights.Reverse())
            await Cell(right).ClickAsync();
        await matrix.By("acl-save").ClickAsync();
        await Expect(matrix.By("acl-save")).ToBeHiddenAsync();

        ILocator Cell(string right) => matrix.By("acl-cell", $"[data-principal='{address}'][data-collection='{collection}'][data-right={right}]").GetByRole(AriaRole.Checkbox);
    }

    private static async Task AddAsync(Visit visit, string source, string summary)
    {
        await visit.By("new-entry").ClickAsync();
        await visit.By("entry-source").SelectOptionAsync(source);
        await visit.By("entry-summary").FillAsync(summary);
        await visit.By("entry-start").FillAsync(Saturday + "T12:00");
        await visit.By("entry-end").FillAsync(Saturday + "T13:00");
        await visit.By("entry-save").ClickAsync();
        await Expect(visit.By("entry-dialog")).ToBeHiddenAsync();
    }

    private static async Task OpenAsync(Visit visit, string source, string summary)
    {
        await Event(visit, source, summary).ClickAsync();
        await Expect(visit.By("entry-summary")).ToHaveValueAsync(summary);
        await Expect(visit.By("entry-save")).ToBeEnabledAsync();
    }

    private static async Task RenameAsync(Visit visit, string source, string before, string after)
    {
        await OpenAsync(visit, source, before);
        await visit.By("entry-summary").FillAsync(after);
        await visit.By("entry-save").ClickAsync();
        await Expect(visit.By("entry-dialog")).ToBeHiddenAsync();
    }

    private static SourceId SourceOf(string text) => SourceId.TryParse(text, out var source) ? source : throw new InvalidOperationException(text);

    /// <summary>Globex itself, with its real key and past its pages, writes as Sam what Sam may not.</summary>
    private static async Task ForgeAsync(RunningDemo demo, SourceId source, string summary)
    {
        var settings = DemoSide.Globex(demo.Ports.Globex, demo.Ports.Acme).Settings(demo.Data);
        await using var globex = Program.Build(settings, CommandLine.Quiet);
        await globex.Services.GetRequiredService<StartupSteps>().RunAsync(Cancel);
        var store = (await globex.Services.GetRequiredService<IPeerSources>().ListActiveAsync(Cancel)).Single().StoreFor(UserName.Parse("sam"));
        var entry = (await store.QueryAsync(new EntryQuery { App = source.App, Collections = [source.Collection], Text = summary }, Cancel)).Entries.Single();

        var write = new EntryWrite(
            source.Collection, entry.Uid, Ics.Event(entry.Uid.Value, "Forged", ":20261110T090000Z", ":20261110T100000Z"), new Precondition.Match(entry.ETag));
        var outcomes = await store.SaveAsync([write], new Delivery("sam", Guid.NewGuid().ToString("N"), new string('0', 64)), Cancel);

        Assert.Equal(new SaveOutcome.Forbidden(Rights.Edit), Assert.Single(outcomes));
        Assert.Contains($"SUMMARY:{summary}", (await store.ReadAsync(source.Collection, entry.Uid, Cancel))?.Text, StringComparison.Ordinal);
    }
}
