using System.Collections.Concurrent;
using Microsoft.Playwright;
using PeerWeb.Tests.Demo;
using Xunit;

namespace PeerWeb.Tests.Browser;

/// <summary>The system's Chromium, and one linked demo; both start with the first test that wants them.</summary>
/// <remarks>Tests that change what others look at use another user; the story of linking has a demo of its own.</remarks>
public sealed class Chrome : IAsyncLifetime
{
    /// <summary>Against a hang only; the machine may be busy with all the other tests.</summary>
    public const float Guard = 60_000;

    private readonly Lazy<Task<RunningDemo>> _demo = new(() => RunningDemo.StartAsync());
    private readonly ConcurrentDictionary<(Uri, string), string> _signedIn = new();
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async ValueTask InitializeAsync()
    {
        Assertions.SetDefaultExpectTimeout(Guard);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Environment.GetEnvironmentVariable("CHROMIUM") ?? "/usr/bin/chromium",
            Args = ["--no-sandbox"],
        });
    }

    /// <summary>Acme and Globex, linked; shared by all tests of the collection.</summary>
    internal Task<RunningDemo> DemoAsync() => _demo.Value;

    /// <summary>A browser of its own as far as cookies and storage go. Signed in where <paramref name="user"/> is given.</summary>
    internal async Task<Visit> VisitAsync(Uri home, string? user = null, int width = 1440, int height = 1000)
    {
        var browser = _browser ?? throw new InvalidOperationException("The browser was not started.");
        var kept = user is null ? null : _signedIn.GetValueOrDefault((home, user));
        var context = await browser.NewContextAsync(new()
        {
            BaseURL = home.ToString(),
            ViewportSize = new() { Width = width, Height = height },
            TimezoneId = "Europe/Zurich",
            Locale = "en-GB",
            StorageState = kept,
        });
        context.SetDefaultTimeout(Guard);
        var visit = new Visit(context, await context.NewPageAsync());
        if (user is not null && kept is null)
        {
            await visit.SignInAsync(user);
            _signedIn.TryAdd((home, user), await context.StorageStateAsync());
        }
        return visit;
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _playwright?.Dispose();
        if (_demo.IsValueCreated)
            await (await _demo.Value).DisposeAsync();
    }
}

/// <summary>Browser tests run one after the other: there are few cores and one demo.</summary>
[CollectionDefinition(Name)]
public sealed class BrowserTests : ICollectionFixture<Chrome>
{
    public const string Name = "Browser";
}
