using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using PeerWeb.Bench.Data;
using PeerWeb.Bench.Harness;
using PeerWeb.Core.Primitives;
using PeerWeb.Identity;

namespace PeerWeb.Bench.Page;

/// <summary>The month page in Chromium, and what its circuits cost the server.</summary>
internal sealed class PageFigures : IFigures
{
    private const int Rounds = 15;

    // The runtime compiles what runs often again, in the background and on the cores that the browser needs: it is to be through with it.
    private const int WarmUps = 20;
    private const int Circuits = 30;
    private const int CircuitsAtOnce = 6;

    // Of the data set's mix so many entries put 1,000 and 200 instances on the five weeks around the month.
    private const int EntriesForThousand = 1_410;
    private const int EntriesForTwoHundred = 290;

    // Room for the busiest day in five or six weeks.
    private const int TallEnough = 8_000;

    private static readonly string Day = BenchCalendar.FirstDay.PlusMonths(11).PlusDays(14).ToString("uuuu-MM-dd", CultureInfo.InvariantCulture);

    // An empty month far beyond all bounded series, and with few of the others, is not at hand: a calendar of one's own is left and entered by two clicks.
    private const string PaintedScript = """
        ([button, title, least]) => new Promise(resolve => {
            const start = performance.now();
            const check = () => {
                if (document.querySelector('h1').textContent.startsWith(title) && document.querySelectorAll('[data-pick=event]').length >= least)
                    requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - start)));
                else
                    requestAnimationFrame(check);
            };
            document.querySelector(`[data-testid=${button}]`).click();
            check();
        })
        """;

    public string Name => "page";

    public string Description => "The month page in Chromium";

    public async Task<IReadOnlyList<Figure>> MeasureAsync(BenchRun run, CancellationToken cancellationToken)
    {
        await run.SayAsync("page: starting an installation and Chromium");
        var port = BenchHost.FreePort();
        await using var host = await BenchHost.StartAsync("web", run.Folder, cancellationToken, port);
        await using var relay = CountingRelay.Start(host.Endpoint.Port, port);
        await using var browser = await BenchBrowser.StartAsync();
        await AddAsync(host, "busy", new BenchCalendar(run.Seed, EntriesForThousand), cancellationToken);
        for (var user = 0; user <= Circuits / CircuitsAtOnce; user++)
            await AddAsync(host, CalmUser(user), new BenchCalendar(run.Seed, EntriesForTwoHundred), cancellationToken);
        return [.. await PaintAsync(run, host, relay, browser), await CircuitsAsync(run, host, browser)];
    }

    private static async Task AddAsync(BenchHost host, string user, BenchCalendar calendar, CancellationToken cancellationToken)
    {
        if (await host.Services.GetRequiredService<UserAccounts>().CreateAsync(new NewUser(user, null, BenchBrowser.Password, false), cancellationToken) is not AccountOutcome.Done)
            throw new InvalidOperationException("The user was not added.");
        await BenchDatabase.FillAsync(host.Services, UserName.Parse(user), calendar, cancellationToken);
    }

    private static async Task<IReadOnlyList<Figure>> PaintAsync(BenchRun run, BenchHost host, CountingRelay relay, BenchBrowser browser)
    {
        await using var context = await browser.SignInAsync(host.Endpoint, "busy", TallEnough);
        var page = await BenchBrowser.OpenMonthAsync(context, Day, 900);
        var isCompressed = await IsCompressedAsync(context, page);
        var events = await page.Locator("[data-pick=event]").CountAsync();
        var title = (await page.Locator("h1").TextContentAsync())?.Trim() ?? string.Empty;
        await run.SayAsync($"page: {events} events, {await page.Locator("[data-testid=more]").CountAsync()} days with more, WebSocket compression {(isCompressed ? "on" : "off")}");
        var next = BenchCalendar.FirstDay.PlusMonths(12).ToString("MMMM uuuu", CultureInfo.InvariantCulture);
        var (times, bytes) = (new List<TimeSpan>(), new List<long>());
        for (var round = -WarmUps; round < Rounds; round++)
        {
            await page.EvaluateAsync<double>(PaintedScript, new object[] { "calendar-next", next, 1 });
            if (round >= 0)
                await SettleAsync(relay);
            var before = relay.Received;
            var time = await page.EvaluateAsync<double>(PaintedScript, new object[] { "calendar-previous", title, events });
            if (round < 0)
                continue;
            await SettleAsync(relay);
            times.Add(TimeSpan.FromMilliseconds(time));
            bytes.Add(relay.Received - before);
        }
        var samples = new Samples("month", times, times);
        var most = bytes.Order().ElementAt(bytes.Count / 2);
        return
        [
            new Figure(
                $"page: bytes on the socket for a month of {Figure.Count(events)} instances, all rendered",
                $"{Figure.Count(most / 1000.0)} KB{(isCompressed ? string.Empty : " (not compressed)")}", string.Empty, "under 200 KB", most < 200_000),
            new Figure(
                $"page: from click to painted, {Figure.Count(events)} instances", $"median {Samples.Show(samples.Median)}, p95 {Samples.Show(samples.P95)}",
                string.Empty, "median 200 ms", samples.Median <= TimeSpan.FromMilliseconds(200)),
        ];
    }

    private static string CalmUser(int number) => string.Create(CultureInfo.InvariantCulture, $"calm{number}");

    /// <summary>Until nothing came for a moment: the answers of what was clicked before are not counted for what is clicked next.</summary>
    private static async Task SettleAsync(CountingRelay relay)
    {
        for (var before = -1L; before != relay.Received;)
        {
            before = relay.Received;
            await Task.Delay(TimeSpan.FromMilliseconds(300));
        }
    }

    private static async Task<bool> IsCompressedAsync(IBrowserContext context, IPage page)
    {
        var session = await context.NewCDPSessionAsync(page);
        var answered = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        session.Event("Network.webSocketHandshakeResponseReceived").OnEvent += (_, answer) => answered.TrySetResult(answer?.ToString() ?? string.Empty);
        await session.SendAsync("Network.enable");
        await page.ReloadAsync();
        await page.Locator("[data-grid=month][data-lines]").WaitForAsync();
        await page.WaitForFunctionAsync("least => document.querySelectorAll('[data-pick=event]').length >= least", 900);
        await session.DetachAsync();
        return answered.Task.IsCompleted && (await answered.Task).Contains("permessage-deflate", StringComparison.OrdinalIgnoreCase);
    }

    private static async Task<Figure> CircuitsAsync(BenchRun run, BenchHost host, BenchBrowser browser)
    {
        await run.SayAsync($"page: opening {Circuits} circuits");
        var contexts = new List<IBrowserContext>();
        async Task<long> HeapAsync()
        {
            // Compiled code and pools have their size after the first circuits; what comes after is circuits.
            await Task.Delay(TimeSpan.FromSeconds(2));
            return GC.GetTotalMemory(forceFullCollection: true);
        }

        async Task<IBrowserContext> SignInAsync(int user)
        {
            contexts.Add(await browser.SignInAsync(host.Endpoint, CalmUser(user), 1_600));
            return contexts[^1];
        }

        var context = await SignInAsync(0);
        for (var i = 0; i < 3; i++)
            await BenchBrowser.OpenMonthAsync(context, Day, 150);
        var (before, events, grown) = (await HeapAsync(), 0, new List<long>());
        for (var step = 1; step <= Circuits / CircuitsAtOnce; step++)
        {
            // One user has no more than ten.
            context = await SignInAsync(step);
            for (var i = 0; i < CircuitsAtOnce; i++)
                events = await (await BenchBrowser.OpenMonthAsync(context, Day, 150)).Locator("[data-pick=event]").CountAsync();
            var after = await HeapAsync();
            grown.Add(after - before);
            before = after;
        }
        // Pools and caches grow and shrink by steps of their own, which the median passes over.
        var each = grown.Order().ElementAt(grown.Count / 2) / (double)CircuitsAtOnce / (1024 * 1024);
        foreach (var open in contexts)
            await open.DisposeAsync();
        return new Figure(
            $"page: live heap of an idle circuit showing {Figure.Count(events)} events, over {Circuits} circuits, the median of {Circuits / CircuitsAtOnce} times {CircuitsAtOnce}",
            each.ToString("0.00", CultureInfo.InvariantCulture) + " MiB", string.Empty, "at most 0.7 MiB", each <= 0.7);
    }
}
