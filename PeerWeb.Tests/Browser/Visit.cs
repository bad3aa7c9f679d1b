using System.Collections.Concurrent;
using Microsoft.Playwright;
using PeerWeb.Demo;
using PeerWeb.Tests.Overhearing;
using Xunit;

namespace PeerWeb.Tests.Browser;

/// <summary>One person in front of one page, and everything the browser complained about meanwhile.</summary>
internal sealed class Visit : IAsyncDisposable
{
    /// <summary>More tab stops than any page has before its content.</summary>
    private const int Patience = 60;

    private readonly IBrowserContext _context;
    private readonly ConcurrentQueue<string> _complaints = new();

    public Visit(IBrowserContext context, IPage page)
    {
        (_context, Page) = (context, page);
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
                _complaints.Enqueue($"{page.Url}: {message.Text}");
        };
        page.PageError += (_, error) => _complaints.Enqueue($"{page.Url}: {error}");
    }

    public IPage Page { get; }

    public IReadOnlyCollection<string> Complaints => _complaints;

    /// <param name="state">CSS beside the test id, like <c>[data-state=active]</c>.</param>
    public ILocator By(string testId, string state = "") => Page.Locator($"[data-testid={testId}]{state}");

    public async Task SignInAsync(string user, string password = DemoSide.Password)
    {
        await Page.GotoAsync("/account/login");
        await SubmitSignInAsync(user, password);
        await UntilInteractiveAsync();
    }

    public async Task SubmitSignInAsync(string user, string password = DemoSide.Password)
    {
        await By("login-user").FillAsync(user);
        await By("login-password").FillAsync(password);
        await By("login-submit").ClickAsync();
    }

    /// <summary>Loads a page of the app anew and waits until it takes clicks and knows what it shows.</summary>
    public async Task GoAsync(string path)
    {
        await Page.GotoAsync(path);
        await UntilInteractiveAsync();
        if (path == "/calendar/settings")
            await Assertions.Expect(By("settings", "[data-ready=true]")).ToBeVisibleAsync();
        if (!path.StartsWith("/calendar", StringComparison.Ordinal) || path is "/calendar/import" or "/calendar/settings")
            return;
        await Assertions.Expect(By("calendar", "[data-ready=true]")).ToBeVisibleAsync();
        await Assertions.Expect(Page.Locator("[data-grid=month]:not([data-lines])")).ToHaveCountAsync(0);
    }

    public Task UntilInteractiveAsync() => Assertions.Expect(By("user-menu")).ToBeVisibleAsync();

    /// <summary>Puts the focus there with the tab key alone.</summary>
    public async Task TabToAsync(ILocator wanted)
    {
        await Assertions.Expect(wanted).ToBeVisibleAsync();
        for (var presses = 0; presses < Patience && !await wanted.EvaluateAsync<bool>("element => element === document.activeElement"); presses++)
            await Page.Keyboard.PressAsync("Tab");
        await Assertions.Expect(wanted).ToBeFocusedAsync();
    }

    public void AssertNoComplaints() => Assert.Empty(_complaints);

    /// <summary>What stands on the page in the end is searched for what may be on none.</summary>
    public async ValueTask DisposeAsync()
    {
        var shown = await ShownAsync();
        await _context.DisposeAsync();
        Assert.Empty(Secrets.InAnswer(shown));
    }

    private async Task<string> ShownAsync()
    {
        try
        {
            return await Page.EvaluateAsync<string>("document.documentElement.outerHTML");
        }
        catch (PlaywrightException)
        {
            // Closed, or on its way to another page: it shows nothing.
            return string.Empty;
        }
    }
}
