using System.Diagnostics;
using System.Text;
using PeerWeb.Bench.Data;
using PeerWeb.Bench.Harness;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Bench.Store;

/// <summary>The entry database of one installation, asked as callers ask it: through the guard.</summary>
internal sealed class StoreFigures : IFigures
{
    private const int Rounds = 100;
    private const int WarmUps = 50;

    private static readonly UserName Ada = UserName.Parse("ada");
    private static readonly TimeSpan LoadTime = TimeSpan.FromSeconds(5);

    public string Name => "store";

    public string Description => "Month queries on the entry database";

    public async Task<IReadOnlyList<Figure>> MeasureAsync(BenchRun run, CancellationToken cancellationToken)
    {
        var calendar = new BenchCalendar(run.Seed);
        await run.SayAsync($"store: saving {calendar.Entries:N0} entries");
        await using var large = await BenchDatabase.CreateAsync(run.Folder.PathOf("large.db"), cancellationToken);
        var id = await large.FillAsync(Ada, calendar, cancellationToken);
        await using var small = await BenchDatabase.CreateAsync(run.Folder.PathOf("small.db"), cancellationToken);
        var smallId = await small.FillAsync(Ada, new BenchCalendar(run.Seed, calendar.Entries / 10), cancellationToken);

        await run.SayAsync("store: asking");
        var instances = (await MonthQuery.PagesAsync(large.StoreOf(Ada), MonthQuery.Of(id), cancellationToken)).ToList();
        var few = await MonthQuery.WindowAsync(large.StoreOf(Ada), id, 300, cancellationToken);
        var many = await MonthQuery.WindowAsync(large.StoreOf(Ada), id, 3000, cancellationToken);
        var fewOfSmall = await MonthQuery.WindowAsync(small.StoreOf(Ada), smallId, 300, cancellationToken);
        return
        [
            DataSet(calendar, instances),
            await MonthAsync(large, id, cancellationToken),
            await ShareAsync(large, few, cancellationToken),
            await WindowsAsync(large, few, small, fewOfSmall, cancellationToken),
            await LoadAsync(large, few, 300, 800, cancellationToken),
            await LoadAsync(large, many, 3000, 100, cancellationToken),
        ];
    }

    /// <summary>What a month of the data set holds, so that the other figures can be read.</summary>
    private static Figure DataSet(BenchCalendar calendar, List<EntrySummary> instances)
    {
        var bytes = calendar.Texts().Average(entry => Encoding.UTF8.GetByteCount(entry.Text));
        return new Figure(
            $"data set: {Figure.Count(calendar.Entries)} entries of {Figure.Count(bytes)} octets",
            $"{Figure.Count(instances.DistinctBy(entry => entry.Uid).Count())} entries, {Figure.Count(instances.Count)} instances in a month",
            string.Empty, "about 2,000 and 6,300", IsMet: null);
    }

    /// <summary>A whole month, page by page, beside one raw read of the same rows.</summary>
    private static async Task<Figure> MonthAsync(BenchDatabase database, CollectionId id, CancellationToken cancellationToken)
    {
        var store = database.StoreOf(Ada);
        using var raw = new RawMonth(database.File, BenchCalendar.Month, int.MaxValue);
        var samples = await Contest.RunAsync(
            [
                new Contender("month", async stopping => await MonthQuery.PagesAsync(store, MonthQuery.Of(id), stopping)),
                new Contender("prepared read", _ => Task.FromResult(raw.Read())),
            ], WarmUps, Rounds, cancellationToken);
        return Figure.OfRatio($"store: month of {Figure.Count(raw.Read())} instances with the guard", samples[0], samples[1], 4);
    }

    /// <summary>What a question costs before it reads an instance: connection, snapshot, and what the guard decides by. A slice that is known already is not read.</summary>
    private static async Task<Figure> ShareAsync(BenchDatabase database, EntryQuery few, CancellationToken cancellationToken)
    {
        var store = database.StoreOf(Ada);
        var known = few with { KnownTokens = (await store.QueryAsync(few, cancellationToken)).Slices.ToDictionary(slice => slice.Collection, slice => slice.Token!.Value) };
        var samples = await Contest.RunAsync(
            [
                new Contender("unchanged", stopping => store.QueryAsync(known, stopping)),
                new Contender("window of 300 instances", stopping => store.QueryAsync(few, stopping)),
            ], WarmUps, 2 * Rounds, cancellationToken);
        return new Figure(
            "store: share of connection, snapshot and guard", $"{Figure.Times(samples[0].RatioTo(samples[1]))} ({samples[0]})",
            $"{samples[1].Name}: {samples[1]}", string.Empty, IsMet: null);
    }

    /// <summary>300 instances among many entries and among few.</summary>
    private static async Task<Figure> WindowsAsync(BenchDatabase large, EntryQuery few, BenchDatabase small, EntryQuery fewOfSmall, CancellationToken cancellationToken)
    {
        var (amongMany, amongFew) = (large.StoreOf(Ada), small.StoreOf(Ada));
        var samples = await Contest.RunAsync(
            [
                new Contender("among 10,000 entries", stopping => amongMany.QueryAsync(few, stopping)),
                new Contender("among 1,000 entries", stopping => amongFew.QueryAsync(fewOfSmall, stopping)),
            ], WarmUps, 2 * Rounds, cancellationToken);
        return Figure.OfRatio("store: window of 300 instances among 10,000 entries", samples[0], samples[1], 1.2);
    }

    /// <summary>Two threads that ask as fast as they are answered.</summary>
    private static async Task<Figure> LoadAsync(BenchDatabase database, EntryQuery query, int instances, double least, CancellationToken cancellationToken)
    {
        var store = database.StoreOf(Ada);
        using var raw = new RawMonth(database.File, query.Range!.Value, instances);
        using var second = new RawMonth(database.File, query.Range!.Value, instances);
        await PerSecondAsync([store.QueryAsync, store.QueryAsync], query, TimeSpan.FromSeconds(1), cancellationToken);
        var (measured, cost) = await PerSecondAsync([store.QueryAsync, store.QueryAsync], query, LoadTime, cancellationToken);
        var (baseLine, rawCost) = await PerSecondAsync([(_, _) => Task.FromResult(raw.Read()), (_, _) => Task.FromResult(second.Read())], query, LoadTime, cancellationToken);
        return new Figure(
            $"store: queries a second of {Figure.Count(instances)} instances on 2 threads",
            $"{Figure.Count(measured)} ({Figure.Count(measured * instances)} instances), core time {Samples.Show(cost)}",
            $"prepared read: {Figure.Count(baseLine)}, core time {Samples.Show(rawCost)}",
            $"at least {Figure.Count(least)} ({Figure.Count(least * instances)} instances)", measured >= least);
    }

    /// <returns>Queries a second, and the core time of one.</returns>
    private static async Task<(double PerSecond, TimeSpan CoreTime)> PerSecondAsync(
        IReadOnlyList<Func<EntryQuery, CancellationToken, Task>> threads, EntryQuery query, TimeSpan howLong, CancellationToken cancellationToken)
    {
        var (start, used) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
        var counts = await Task.WhenAll(threads.Select(ask => Task.Run(
            async () =>
            {
                var count = 0;
                for (; Stopwatch.GetElapsedTime(start) < howLong; count++)
                    await ask(query, cancellationToken);
                return count;
            },
            cancellationToken)));
        return (counts.Sum() / Stopwatch.GetElapsedTime(start).TotalSeconds, (Environment.CpuUsage.TotalTime - used) / counts.Sum());
    }
}
