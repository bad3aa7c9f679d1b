using Microsoft.Playwright;

namespace PeerWeb.Bench.Page;

/// <summary>The system's Chromium, looking at an installation as its user.</summary>
internal sealed class BenchBrowser : IAsyncDisposable
{
    public const string Password = "correct horse battery";

    private const float Guard = 120_000;

    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;

    private BenchBrowser(IPlaywright playwright, IBrowser browser) => (_playwright, _browser) = (playwright, browser);

    public static async Task<BenchBrowser> StartAsync()
    {
        var playwright = await Playwright.CreateAsync();
        var browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Environment.GetEnvironmentVariable("CHROMIUM") ?? "/usr/bin/chromium",
            Args = ["--no-sandbox"],
        });
        return new BenchBrowser(playwright, browser);
    }

    /// <summary>A signed-in browser of its own as far as cookies go.</summary>
    public async Task<IBrowserContext> SignInAsync(Uri home, string user, int height)
    {
        var context = await _browser.NewContextAsync(new()
        {
            BaseURL = home.ToString(),
            ViewportSize = new() { Width = 1440, Height = height },
            TimezoneId = Data.BenchCalendar.ZoneId,
            Locale = "en-GB",
        });
        context.SetDefaultTimeout(Guard);
        var page = await context.NewPageAsync();
        await page.GotoAsync("/account/login");
        await page.Locator("[data-testid=login-user]").FillAsync(user);
        await page.Locator("[data-testid=login-password]").FillAsync(Password);
        await page.Locator("[data-testid=login-submit]").ClickAsync();
        await page.Locator("[data-testid=user-menu]").WaitForAsync();
        await page.CloseAsync();
        return context;
    }

    /// <summary>A page at a month, drawn to the end: the grid knows its height, and no source is asked any more.</summary>
    public static async Task<IPage> OpenMonthAsync(IBrowserContext context, string day, int leastEvents)
    {
        var page = await context.NewPageAsync();
        await page.GotoAsync($"/calendar/month/{day}");
        await page.Locator("[data-grid=month][data-lines]").WaitForAsync();
        await page.WaitForFunctionAsync("least => document.querySelectorAll('[data-pick=event]').length >= least", leastEvents);
        return page;
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }
}
