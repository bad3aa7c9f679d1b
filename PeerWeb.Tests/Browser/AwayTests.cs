using Microsoft.Playwright;
using PeerWeb.Tests.Demo;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace PeerWeb.Tests.Browser;

/// <summary>Writing while the other installation is away, and while one's own dies under the page.</summary>
[Collection(BrowserTests.Name)]
public sealed class AwayTests(Chrome chrome)
{
    private const string Day = "2027-03-13";

    [Fact]
    public async Task What_is_written_while_a_process_is_away_is_kept_until_its_user_sends_it()
    {
        await using var demo = await RunningDemo.StartAsync();
        await using var sam = await chrome.VisitAsync(demo.Globex.Endpoint, "sam");
        await sam.GoAsync($"/calendar/month/{Day}");
        var live = sam.By("source", $"[data-source^='ada@{demo.Acme.Domain}/'][data-state=live]");
        await Expect(live).ToBeVisibleAsync();
        var source = await live.GetAttributeAsync("data-source") ?? string.Empty;

        demo.Acme.Kill();
        await WriteAsync(sam, source, "Kept for Ada");
        await sam.By("entry-save").ClickAsync();
        await Expect(sam.By("entry-notice")).ToContainTextAsync($"Nothing was saved at {demo.Acme.Domain}.");
        await sam.By("entry-keep").ClickAsync();
        await Expect(sam.By("entry-dialog")).ToBeHiddenAsync();
        await Expect(sam.By("drafts")).ToContainTextAsync("1 draft");

        await using var acme = await StartAsync(demo, "acme");
        await Expect(live).ToBeVisibleAsync();
        await Expect(Shown(sam, "Kept for Ada")).ToHaveCountAsync(0);
        await sam.By("drafts").Locator("summary").ClickAsync();
        await sam.By("draft-open").ClickAsync();
        await Expect(sam.By("entry-summary")).ToHaveValueAsync("Kept for Ada");
        await sam.By("entry-save").ClickAsync();
        await Expect(Shown(sam, "Kept for Ada")).ToHaveCountAsync(1);
        await Expect(sam.By("drafts")).ToHaveCountAsync(0);

        await WriteAsync(sam, source, "Typed before the crash");
        demo.Globex.Kill();
        await TypeAtOnceAsync(sam.By("entry-notes"), "and after it");
        await using var globex = await StartAsync(demo, "globex");
        await sam.GoAsync($"/calendar/month/{Day}");
        await sam.By("writing-continue").ClickAsync();
        await Expect(sam.By("entry-summary")).ToHaveValueAsync("Typed before the crash");
        await Expect(sam.By("entry-notes")).ToHaveValueAsync("and after it");
        await Expect(sam.By("entry-source")).ToHaveValueAsync(source);
        await sam.By("entry-save").ClickAsync();
        await Expect(Shown(sam, "Typed before the crash")).ToHaveCountAsync(1);

        await WriteAsync(sam, source, "Typed before the restart");
        await globex.AskToEndAsync(TestContext.Current.CancellationToken);
        await Expect(sam.Page.GetByRole(AriaRole.Dialog, new() { Name = "The server restarts" })).ToContainTextAsync("What you typed is kept in this browser.");
        await globex.UntilEndedAsync(TestContext.Current.CancellationToken);
        await using var restarted = await StartAsync(demo, "globex");
        // Nobody loads the page: it comes back by itself.
        await sam.By("writing-continue").ClickAsync();
        await Expect(sam.By("entry-summary")).ToHaveValueAsync("Typed before the restart");
    }

    private static ILocator Shown(Visit visit, string summary) => visit.By("event", $"[data-summary='{summary}']");

    private static async Task WriteAsync(Visit sam, string source, string summary)
    {
        await sam.By("new-entry").ClickAsync();
        await sam.By("entry-source").SelectOptionAsync(source);
        await sam.By("entry-summary").FillAsync(summary);
        await sam.By("entry-start").FillAsync(Day + "T12:00");
        await sam.By("entry-end").FillAsync(Day + "T13:00");
    }

    /// <summary>In one step, for the notice that the server is gone takes the focus at any moment.</summary>
    private static async Task TypeAtOnceAsync(ILocator area, string text) => await area.EvaluateAsync(
        "(area, text) => { area.value = text; area.dispatchEvent(new InputEvent('input', { bubbles: true })); }", text);

    private static async Task<PeerWebProcess> StartAsync(RunningDemo demo, string side)
    {
        var process = PeerWebProcess.Start("demo-installation", side, "--data", demo.Data, "--ports", demo.PortsOption);
        await process.LineAsync(line => line == "peerweb-demo: ready", TestContext.Current.CancellationToken);
        return process;
    }
}
