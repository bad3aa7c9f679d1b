using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using NodaTime;
using PeerWeb.Bench.Data;
using PeerWeb.Bench.Harness;
using PeerWeb.Bench.Page;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Primitives;
using PeerWeb.Core.Sharing;
using PeerWeb.Identity;

namespace PeerWeb.Bench.Load;

/// <summary>From a change at the owner to the page that a user of another installation has open, one change a second.</summary>
internal sealed class LiveFigures : IFigures
{
    private const int Changes = 40;
    private const int WarmUps = 5;
    private const int Entries = 290;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly UserName Ada = UserName.Parse("ada");
    private static readonly UserName Sam = UserName.Parse("sam");
    private static readonly LocalDate Shown = BenchCalendar.FirstDay.PlusMonths(11).PlusDays(14);

    // Notes when the element of an event is in the document, on the same clock as the server's.
    private const string WatchScript = """
        () => {
            window.seenAt = {};
            new MutationObserver(() => {
                for (const element of document.querySelectorAll('[data-uid^=live-]'))
                    window.seenAt[element.dataset.uid] ??= performance.timeOrigin + performance.now();
            }).observe(document.body, { childList: true, subtree: true });
        }
        """;

    public string Name => "live";

    public string Description => "From a change at the owner to the open page of another installation's user";

    public async Task<IReadOnlyList<Figure>> MeasureAsync(BenchRun run, CancellationToken cancellationToken)
    {
        await run.SayAsync("live: starting and linking two installations, opening a page");
        await using var acme = await BenchHost.StartAsync("acme", run.Folder, cancellationToken);
        await using var globex = await BenchHost.StartAsync("globex", run.Folder, cancellationToken);
        var id = await BenchDatabase.FillAsync(acme.Services, Ada, new BenchCalendar(run.Seed, Entries), cancellationToken);
        if (await globex.Services.GetRequiredService<UserAccounts>().CreateAsync(new NewUser(Sam.Value, null, BenchBrowser.Password, false), cancellationToken) is not AccountOutcome.Done)
            throw new InvalidOperationException("The user was not added.");
        await globex.LinkAsync(acme, Ada, Sam, cancellationToken);
        await using var browser = await BenchBrowser.StartAsync();
        await using var context = await browser.SignInAsync(globex.Endpoint, Sam.Value, 4_000);
        var page = await BenchBrowser.OpenMonthAsync(context, Shown.ToString("uuuu-MM-dd", CultureInfo.InvariantCulture), 150);
        await page.EvaluateAsync(WatchScript);
        var store = acme.Services.GetRequiredService<GuardedEntryStores>().For(new Actor.Local(Ada, Groups: []));

        await run.SayAsync("live: changing");
        var saved = new Dictionary<string, DateTimeOffset>();
        for (var i = 0; i < WarmUps + Changes; i++)
        {
            var uid = $"live-{i}";
            await SaveAsync(store, id, uid, DayOf(i), cancellationToken);
            saved[uid] = TimeProvider.System.GetUtcNow();
            await Task.Delay(Pause, cancellationToken);
        }
        return [await FigureOfAsync(page, saved)];
    }

    /// <summary>Another day each time: a day that is full shows how many more there are, not each of them.</summary>
    private static LocalDate DayOf(int change) => Shown.With(DateAdjusters.StartOfMonth).PlusDays(change % 28);

    private static async Task SaveAsync(GuardedEntryStore store, CollectionId id, string uid, LocalDate day, CancellationToken cancellationToken)
    {
        var text = $"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//PeerWeb//Bench//EN\r\nBEGIN:VEVENT\r\nUID:{uid}\r\nDTSTAMP:20261101T080000Z\r\n"
            + $"DTSTART:{day.ToString("uuuuMMdd", CultureInfo.InvariantCulture)}T070000Z\r\nDURATION:PT1H\r\nSUMMARY:Live\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
        var write = new EntryWrite(id, Uid.Parse(uid), text, new Precondition.Absent());
        if (await store.SaveAsync([write], new Delivery(Ada.Value, Guid.NewGuid().ToString("N"), new string('0', 64)), cancellationToken) is not [SaveOutcome.Saved])
            throw new InvalidOperationException("A change was not saved.");
    }

    private static async Task<Figure> FigureOfAsync(IPage page, Dictionary<string, DateTimeOffset> saved)
    {
        var seen = await page.EvaluateAsync<Dictionary<string, double>>("() => window.seenAt");
        var waits = saved.Skip(WarmUps).Where(change => seen.ContainsKey(change.Key))
            .Select(change => TimeSpan.FromMilliseconds(seen[change.Key] - (change.Value - DateTimeOffset.UnixEpoch).TotalMilliseconds)).Order().ToList();
        if (waits.Count < Changes)
            throw new InvalidOperationException($"{Changes - waits.Count} changes never came to the page.");
        var p95 = waits[(int)(waits.Count * 0.95)];
        return new Figure(
            $"live: change at the owner to the open page of another installation, {Changes} changes, one a second",
            $"median {Samples.Show(waits[waits.Count / 2])}, p95 {Samples.Show(p95)}, longest {Samples.Show(waits[^1])}", string.Empty, "p95 under 300 ms", p95 < TimeSpan.FromMilliseconds(300));
    }
}
