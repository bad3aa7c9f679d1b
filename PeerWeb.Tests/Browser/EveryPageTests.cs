using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace PeerWeb.Tests.Browser;

/// <summary>What holds for every page, as the admin of a linked installation sees it.</summary>
[Collection(BrowserTests.Name)]
public sealed class EveryPageTests(Chrome chrome)
{
    private const string Login = "/account/login";
    private const string Calendar = "/calendar/month";

    private const string Surface = "getComputedStyle(document.documentElement).getPropertyValue('--mud-palette-surface')";

    // "rgba(r,g,b,a)"; the sum of the three is far from the middle in both schemes.
    private const string IsDark = $"({Surface}.match(/\\d+/g).slice(0, 3).reduce((sum, part) => sum + Number(part), 0) < 384)";

    /// <summary>A transition begins with the frame after the change, and goes on only while frames are drawn, which who waits for its end does not ask for.</summary>
    private const string Settled = """
        new Promise((done, fail) => {
          const moves = () => document.getAnimations().some(one => one.playState === 'running' && one.effect.getComputedTiming().iterations !== Infinity);
          const look = left => left <= 998 && !moves() ? done() : left > 0 ? requestAnimationFrame(() => look(left - 1)) : fail(new Error('The page never comes to rest.'));
          look(1000);
        })
        """;

    public static TheoryData<string> Pages => [Login, Calendar, "/calendar/day", "/calendar/workweek", "/calendar/week", "/calendar/agenda", "/calendar/settings", "/calendar/import", "/todo", "/todo?view=board", "/notes", "/addressbook", "/addressbook/duplicates", "/addressbook/import", "/search", "/search?q=a", "/sharing", "/sharing/offers", "/admin/peers", "/no-such-page"];

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Axe_finds_nothing_serious_in_light_and_dark(string path)
    {
        await using var visit = await OpenAsync(path);
        await AssertAccessibleAsync(visit);
        if (path != Calendar)
            return;
        await visit.By("event").First.ClickAsync();
        await Expect(visit.By("entry-dialog").GetByTestId("event-source-state")).ToBeVisibleAsync();
        await AssertAccessibleAsync(visit);
        await visit.By("event-close").ClickAsync();
        await visit.By("new-entry").ClickAsync();
        await visit.By("entry-repeats").SelectOptionAsync("weekly");
        await visit.By("entry-zone-words").ClickAsync();
        await Expect(visit.By("entry-start-zone")).ToBeVisibleAsync();
        await Expect(visit.By("rule-interval")).ToBeVisibleAsync();
        await AssertAccessibleAsync(visit);
    }

    [Fact]
    public async Task Axe_finds_nothing_serious_in_the_matrix_of_one_calendar()
    {
        await using var visit = await OpenAsync(Calendar);
        await visit.By("source-share").First.ClickAsync();
        await Expect(visit.By("share-dialog").GetByTestId("acl-grid")).ToBeVisibleAsync();
        await visit.By("acl-add-principal").FillAsync("henry@" + new Uri(visit.Page.Url).Authority);
        await visit.By("acl-add-principal").PressAsync("Enter");
        await visit.By("acl-cell", "[data-right=read]").First.GetByRole(AriaRole.Checkbox).ClickAsync();
        await Expect(visit.By("acl-save")).ToBeVisibleAsync();
        await AssertAccessibleAsync(visit);
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task A_phone_needs_no_sideways_scrolling(string path)
    {
        await using var visit = await OpenAsync(path, width: 360, height: 740);

        var (content, window) = (await visit.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"), await visit.Page.EvaluateAsync<int>("innerWidth"));

        Assert.Equal(360, window);
        Assert.True(content <= window, $"{path} is {content} px wide.");
    }

    private async Task<Visit> OpenAsync(string path, int width = 1440, int height = 1000)
    {
        var demo = await chrome.DemoAsync();
        var visit = await chrome.VisitAsync(demo.Globex.Endpoint, path == Login ? null : "sam", width, height);
        if (path == Login)
        {
            await visit.Page.GotoAsync(path);
            return visit;
        }
        await visit.GoAsync(path);
        var settled = path switch
        {
            "/calendar/import" or "/calendar/settings" => visit.Page.Locator("h1"),
            _ when path.StartsWith("/calendar/", StringComparison.Ordinal) => visit.By("source", $"[data-source^='ada@{demo.Acme.Domain}/'][data-state=live]"),
            "/todo" or "/todo?view=board" => visit.By("todos", "[data-ready=true]"),
            "/sharing" => visit.By("acl-grid"),
            "/sharing/offers" => visit.Page.Locator("[data-testid=offer], [data-testid=offers-empty]"),
            "/admin/peers" => visit.By("peer", "[data-state=active]"),
            _ => visit.Page.Locator("h1"),
        };
        await settled.First.WaitForAsync(new() { State = WaitForSelectorState.Attached });
        return visit;
    }

    internal static async Task AssertAccessibleAsync(Visit visit)
    {
        foreach (var scheme in (ColorScheme[])[ColorScheme.Light, ColorScheme.Dark])
        {
            await visit.Page.EmulateMediaAsync(new() { ColorScheme = scheme, ReducedMotion = ReducedMotion.Reduce });
            await Expect(visit.Page.Locator("html")).ToHaveAttributeAsync("data-theme", scheme == ColorScheme.Dark ? "dark" : "light");
            // The components' palette follows over the circuit, after the page's own; colours in between would be nobody's.
            await visit.Page.WaitForFunctionAsync($"isDark => {Surface} === '' || isDark === {IsDark}", scheme == ColorScheme.Dark);
            await visit.Page.EvaluateAsync(Settled);
            var result = await visit.Page.RunAxe();
            Assert.NotEmpty(result.Passes);
            Assert.Empty(result.Violations.Where(finding => finding.Impact is "serious" or "critical").Select(finding => Words(scheme, finding)));
        }
    }

    private static string Words(ColorScheme scheme, AxeResultItem finding) =>
        $"{scheme}, {finding.Impact}, {finding.Id}: {finding.Help}\n{string.Join('\n', finding.Nodes.Take(5).Select(node => $"  {node.Html}"))}";
}
