using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;
using PeerWeb.Bench.Data;
using PeerWeb.Bench.Harness;
using PeerWeb.Core.Calendars;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Federation.Client.Http;
using PeerWeb.Core.Federation.Merge;
using PeerWeb.Core.Primitives;
using PeerWeb.Core.Sharing;

namespace PeerWeb.Bench.Merge;

/// <summary>One month out of eight installations beside one's own.</summary>
internal sealed class MergeFigures : IFigures
{
    private const int Rounds = 40;
    private const int WarmUps = 10;
    private const int Peers = 8;

    private static readonly UserName Ada = UserName.Parse("ada");
    private static readonly UserName Sam = UserName.Parse("sam");

    public string Name => "merge";

    public string Description => "Merged months over stub peers and real ones";

    public async Task<IReadOnlyList<Figure>> MeasureAsync(BenchRun run, CancellationToken cancellationToken)
    {
        await using var own = await BenchDatabase.CreateAsync(run.Folder.PathOf("own.db"), cancellationToken);
        return [.. await StubsAsync(run, own, cancellationToken), await RealAsync(run, cancellationToken)];
    }

    private static async Task<IReadOnlyList<Figure>> StubsAsync(BenchRun run, BenchDatabase own, CancellationToken cancellationToken)
    {
        await run.SayAsync("merge: asking stub peers");
        TimeSpan?[] waits = [.. Enumerable.Range(0, Peers).Select(i => (TimeSpan?)TimeSpan.FromMilliseconds(5 + (295.0 * i / (Peers - 1))))];
        var slowest = waits[^1]!.Value;
        var all = ViewOf(own, waits);
        var samples = await Contest.RunAsync(
            [
                new Contender("merged month", async stopping => await LastAsync(all, Peers, stopping)),
                new Contender("the slowest alone", stopping => Task.Delay(slowest, stopping)),
            ], 2, Rounds, cancellationToken);

        // With one that hangs, the others are timed by themselves: the hung one ends at its deadline.
        var hung = ViewOf(own, [.. waits[..^1], null]);
        var seven = ViewOf(own, waits[..^1]);
        var beside = new List<TimeSpan>();
        var without = new List<TimeSpan>();
        for (var round = 0; round < 10; round++)
        {
            beside.Add(await LastAsync(hung, Peers - 1, cancellationToken));
            without.Add(await LastAsync(seven, Peers - 1, cancellationToken));
        }
        var (with, base7) = (new Samples("beside a hung one", beside, beside), new Samples("without it", without, without));
        return
        [
            Figure.OfRatio($"merge: month over {Peers} stub peers that wait 5 to 300 ms", samples[0], samples[1], 1.15),
            Figure.OfRatio("merge: the other seven beside a hung peer", with, base7, 1.1),
        ];
    }

    private static async Task<Figure> RealAsync(BenchRun run, CancellationToken cancellationToken)
    {
        await run.SayAsync($"merge: starting {Peers + 1} installations");
        var hosts = new List<BenchHost>();
        try
        {
            var home = await BenchHost.StartAsync("home", run.Folder, cancellationToken);
            hosts.Add(home);
            var stores = new List<(IEntryStore Store, EntryQuery Query)>();
            EntryQuery? month = null;
            for (var i = 0; i < Peers; i++)
            {
                var host = await BenchHost.StartAsync(string.Create(CultureInfo.InvariantCulture, $"peer{i}"), run.Folder, cancellationToken);
                hosts.Add(host);
                var id = await BenchDatabase.FillAsync(host.Services, Ada, new BenchCalendar(run.Seed + i, 500), cancellationToken);
                stores.Add(((await home.LinkAsync(host, Ada, Sam, cancellationToken)).StoreFor(Sam), MonthQuery.Of(id)));
                month = MonthQuery.Of(id) with { Collections = null };
            }
            var view = home.Services.GetRequiredService<MergedView>();
            await run.SayAsync("merge: asking real peers");
            // A month that nobody asked before: what is unchanged is not sent again.
            foreach (var (store, query) in stores)
                await FirstAsync(store, query, cancellationToken);
            var turn = 0;
            EntryQuery Next(EntryQuery query) => query with { Range = new TimeRange(query.Range!.Value.Start + Duration.FromSeconds(++turn), query.Range.Value.End) };
            var samples = await Contest.RunAsync(
                [
                    new Contender("merged month", async stopping => await LastAsync(view, Next(month!), Peers, stopping)),
                    .. stores.Select((one, i) => new Contender($"peer {i} alone", async stopping =>
                    {
                        var listing = one.Store.ListCollectionsAsync(CalendarApp.AppId, stopping);
                        await one.Store.QueryAsync(Next(one.Query), stopping);
                        await listing;
                    })),
                ], WarmUps, Rounds, cancellationToken);
            var alone = samples.Skip(1).ToList();
            var slowest = alone.Max(one => one.Median);
            var cores = alone.Aggregate(TimeSpan.Zero, (sum, one) => sum + one.CoreTime) / Environment.ProcessorCount;
            var bound = slowest > cores ? slowest : cores;
            var ratio = samples[0].Median / bound;
            return new Figure(
                $"merge: month over {Peers} real peers", $"{Figure.Times(ratio)} ({samples[0]})",
                $"slowest alone {Samples.Show(slowest)}, core times / cores {Samples.Show(cores)}", "at most 1.50x the larger", ratio <= 1.5);
        }
        finally
        {
            foreach (var host in Enumerable.Reverse(hosts))
                await host.DisposeAsync();
        }
    }

    /// <summary>The first question compiles half of both sides, for which a view would not wait.</summary>
    private static async Task FirstAsync(IEntryStore store, EntryQuery query, CancellationToken cancellationToken)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                await store.QueryAsync(query, cancellationToken);
                return;
            }
            catch (PeerUnavailableException) when (attempt < 10)
            {
                await Task.Delay(TimeSpan.FromSeconds(1), cancellationToken);
            }
        }
    }

    private static MergedView ViewOf(BenchDatabase own, IReadOnlyList<TimeSpan?> waits)
    {
        var peers = new StubPeers(waits, BenchCalendar.Month.Start);
        return new MergedView(
            own.Services.GetRequiredService<GuardedEntryStores>(), peers, peers, new OfferChanges(), new OwnInstallation(Domain.Parse("home.example"), "Home"),
            TimeProvider.System, NullLogger<MergedView>.Instance);
    }

    private static Task<TimeSpan> LastAsync(MergedView view, int peers, CancellationToken cancellationToken) => LastAsync(
        view, new EntryQuery { App = CalendarApp.AppId, Range = BenchCalendar.Month, Zone = BenchCalendar.ZoneId }, peers, cancellationToken);

    /// <summary>How long it takes until so many peers have answered; the view is left then.</summary>
    private static async Task<TimeSpan> LastAsync(MergedView view, EntryQuery query, int peers, CancellationToken cancellationToken)
    {
        var start = Stopwatch.GetTimestamp();
        await foreach (var update in view.QueryAsync(Sam, query, cancellationToken))
        {
            if (update is not MergeUpdate.Answered { Installation: { IsOwn: false, Status: var status } })
                continue;
            if (status is not { State: SourceState.Live })
                throw new InvalidOperationException($"A peer did not answer: {status?.Reason}");
            if (--peers == 0)
                return Stopwatch.GetElapsedTime(start);
        }
        throw new InvalidOperationException("Fewer peers answered than were asked.");
    }
}
