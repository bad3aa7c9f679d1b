using System.Text.RegularExpressions;
using Microsoft.Playwright;
using NodaTime.Extensions;
using PeerWeb.Demo.Data;
using PeerWeb.Tests.Demo;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace PeerWeb.Tests.Browser;

[Collection(BrowserTests.Name)]
public sealed partial class LinkStoryTests(Chrome chrome)
{
    [GeneratedRegex(@"as of \d\d:\d\d\. \S")]
    private static partial Regex AsOfWithReason { get; }

    [Fact]
    public async Task Two_installations_link_and_one_calendar_shows_both_also_through_the_death_and_return_of_one()
    {
        await using var demo = await RunningDemo.StartAsync(options: "--blank");
        await using var sam = await chrome.VisitAsync(demo.Globex.Endpoint, "sam", height: 1600);
        await using (var ada = await chrome.VisitAsync(demo.Acme.Endpoint, "ada"))
        {
            await AskForLinkAsync(ada, demo.Globex.Domain);
            await SeeRequestAsync(sam, demo.Acme.Domain);
            await CompareAsync(ada, sam);
            await ApproveAsync(ada, sam);
            await SeeAbilitiesAsync(ada);
            await GiveReadAsync(ada, $"sam@{demo.Globex.Domain}");
            await AcceptAsync(sam, $"ada@{demo.Acme.Domain}/calendar/all");
            Assert.NotEmpty(PrivateOfAda(await OpenMonthAsync(ada, Events(ada, demo))));
            ada.AssertNoComplaints();
        }

        await OpenMonthAsync(sam, Events(sam, demo));
        var live = Source(sam, demo, "[data-state=live]");
        await Expect(live).ToBeVisibleAsync();
        var before = await ShownAsync(sam);
        Assert.Contains(before, shown => shown.StartsWith($"sam@{demo.Globex.Domain}/calendar/", StringComparison.Ordinal));
        Assert.Empty(PrivateOfAda(before));
        await ReadDetailsAsync(sam, demo);

        demo.Acme.Kill();
        await sam.By("calendar-refresh").ClickAsync();
        var stale = Source(sam, demo, "[data-state=stale]");
        await Expect(stale).ToBeVisibleAsync();
        await Expect(stale).ToContainTextAsync(AsOfWithReason);
        Assert.Equal(before, await ShownAsync(sam));

        await using var again = PeerWebProcess.Start("demo-installation", "acme", "--data", demo.Data, "--ports", demo.PortsOption, "--blank");
        await again.LineAsync(line => line == "peerweb-demo: ready", TestContext.Current.CancellationToken);
        await sam.By("calendar-refresh").ClickAsync();
        await Expect(live).ToBeVisibleAsync();
        Assert.Equal(before, await ShownAsync(sam));

        sam.AssertNoComplaints();
        Assert.Empty(demo.Errors);
        Assert.DoesNotContain(again.Lines, RunningDemo.IsError);
    }

    private static async Task AskForLinkAsync(Visit ada, string domain)
    {
        await ada.GoAsync("/admin/peers");
        await ada.By("peer-add-domain").FillAsync(domain);
        await ada.By("peer-look-up").ClickAsync();
        await Expect(ada.Page.GetByRole(AriaRole.Status).Filter(new() { HasText = $"Globex answers at {domain}" })).ToBeVisibleAsync();
        await ada.By("peer-request").ClickAsync();
        await Expect(ada.By("peer", $"[data-domain='{domain}'][data-state=outgoing]")).ToBeVisibleAsync();
    }

    private static async Task SeeAbilitiesAsync(Visit ada)
    {
        await ada.By("peer-abilities").Locator("summary").ClickAsync();
        await Expect(ada.By("peer-abilities").GetByRole(AriaRole.Status)).ToHaveTextAsync("It can do what we can do, and nothing else.");
    }

    private static async Task SeeRequestAsync(Visit sam, string domain)
    {
        await sam.GoAsync("/admin/peers");
        await Expect(sam.By("peer", $"[data-domain='{domain}'][data-state=incoming]")).ToBeVisibleAsync();
        await Expect(sam.By("peer-approve")).ToBeEnabledAsync();
    }

    private static async Task CompareAsync(Visit ada, Visit sam)
    {
        var (adasOwn, samsOwn) = (await ada.By("own-fingerprint").InnerTextAsync(), await sam.By("own-fingerprint").InnerTextAsync());
        Assert.NotEqual(adasOwn, samsOwn);
        await Expect(sam.By("peer-fingerprint")).ToHaveTextAsync(adasOwn, new() { UseInnerText = true });
        await Expect(ada.By("peer-fingerprint")).ToHaveTextAsync(samsOwn, new() { UseInnerText = true });
    }

    private static async Task ApproveAsync(Visit ada, Visit sam)
    {
        var (adasOwn, samsOwn) = (await ada.By("own-fingerprint").InnerTextAsync(), await sam.By("own-fingerprint").InnerTextAsync());
        await ada.By("peer-fingerprint-typed").FillAsync(adasOwn);
        await ada.By("peer-approve").ClickAsync();
        await Expect(ada.By("peer-refusal")).ToContainTextAsync("our own fingerprint");
        await ada.By("peer-fingerprint-typed").FillAsync(samsOwn);
        await ada.By("peer-approve").ClickAsync();
        await Expect(ada.By("peer", "[data-state=approved-here]")).ToBeVisibleAsync();
        await sam.By("peer-fingerprint-typed").FillAsync(adasOwn);
        await sam.By("peer-fingerprint-typed").PressAsync("Tab");
        await sam.Page.Keyboard.PressAsync("Enter");
        foreach (var admin in (Visit[])[sam, ada])
            await Expect(admin.By("peer", "[data-state=active]")).ToBeVisibleAsync();
    }

    private static async Task GiveReadAsync(Visit ada, string address)
    {
        await ada.GoAsync("/sharing");
        await ada.By("acl-add-principal").FillAsync(address);
        await ada.By("acl-add-principal").PressAsync("Enter");
        var read = ada.By("acl-cell", $"[data-principal='{address}'][data-app=calendar][data-collection=all][data-right=read]").GetByRole(AriaRole.Checkbox);
        await read.CheckAsync();
        await Expect(ada.By("acl-diff")).ToHaveTextAsync($"{address}: + read on all calendars");
        await ada.By("acl-save").ClickAsync();
        await Expect(ada.By("acl-delivery")).ToContainTextAsync("Globex confirmed");
        await Expect(read).ToBeCheckedAsync();
    }

    private static async Task AcceptAsync(Visit sam, string source)
    {
        await sam.GoAsync("/sharing/offers");
        await sam.By("offer", $"[data-source='{source}'][data-state=open]").GetByTestId("offer-accept").ClickAsync();
        await Expect(sam.By("offer", $"[data-source='{source}'][data-state=accepted]")).ToBeVisibleAsync();
        await Expect(sam.By("offers-badge")).ToHaveCountAsync(0);
    }

    private static async Task<IReadOnlyList<string>> OpenMonthAsync(Visit visit, ILocator events)
    {
        await visit.GoAsync("/calendar/month");
        await Expect(events.First).ToBeVisibleAsync();
        return await ShownAsync(visit);
    }

    private static async Task ReadDetailsAsync(Visit sam, RunningDemo demo)
    {
        var first = Events(sam, demo).First;
        var summary = await first.GetAttributeAsync("data-summary") ?? string.Empty;
        await first.ClickAsync();
        var dialog = sam.Page.GetByRole(AriaRole.Dialog);
        await Expect(dialog).ToContainTextAsync(summary);
        await Expect(dialog).ToContainTextAsync($"ada@{demo.Acme.Domain}");
        await sam.By("event-close").ClickAsync();
        await Expect(dialog).ToBeHiddenAsync();
    }

    private static ILocator Source(Visit visit, RunningDemo demo, string state) => visit.By("source", $"[data-source^='ada@{demo.Acme.Domain}/calendar/']{state}");

    private static ILocator Events(Visit visit, RunningDemo demo) => visit.By("event", $"[data-source^='ada@{demo.Acme.Domain}/calendar/']");

    /// <summary>Every event of the month as source, UID and recurrence id.</summary>
    private static async Task<IReadOnlyList<string>> ShownAsync(Visit visit)
    {
        var shown = await visit.Page.EvaluateAsync<string[]>(
            "() => [...document.querySelectorAll('[data-testid=event]')].map(one => [one.dataset.source, one.dataset.uid, one.dataset.recurrenceId].join(' '))");
        return [.. shown.Order(StringComparer.Ordinal)];
    }

    private static IReadOnlyList<string> PrivateOfAda(IReadOnlyList<string> shown)
    {
        var today = TimeProvider.System.GetUtcNow().ToInstant().InUtc().Date;
        var calendar = DemoCalendars.Around(today).Single(calendar => calendar.Owner == DemoPerson.Ada).Text.ReplaceLineEndings("\n");
        var uids = calendar.Split("BEGIN:VEVENT").Skip(1).Where(text => text.Contains("\nCLASS:PRIVATE", StringComparison.Ordinal)).Select(UidOf).ToHashSet();
        return [.. shown.Where(line => line.StartsWith("ada@", StringComparison.Ordinal) && uids.Contains(line.Split(' ')[1]))];
    }

    private static string UidOf(string text) => text.Split('\n').Single(line => line.StartsWith("UID:", StringComparison.Ordinal))[4..];
}
