using System.Diagnostics;
using System.Text;
using NodaTime;
using PeerWeb.Bench.Data;
using PeerWeb.Bench.Harness;
using PeerWeb.Core.Calendars;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Primitives;
using PeerWeb.Core.Sharing;

namespace PeerWeb.Bench.Store;

/// <summary>The entry database of one installation, asked as callers ask it: through the guard.</summary>
internal sealed class StoreFigures : IFigures
{
    private const int Rounds = 40;
    private const int WarmUps = 30;

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
        var instances = (await PagesAsync(large.StoreOf(Ada), Month(id), cancellationToken)).ToList();
        var few = await WindowAsync(large.StoreOf(Ada), id, 300, cancellationToken);
        var many = await WindowAsync(large.StoreOf(Ada), id, 3000, cancellationToken);
        var fewOfSmall = await WindowAsync(small.StoreOf(Ada), smallId, 300, cancellationToken);
        return
        [
            DataSet(calendar, instances),
            await MonthAsync(large, id, cancellationToken),
            await WindowsAsync(large, few, small, fewOfSmall, cancellationToken),
            await LoadAsync(large, few, 300, 800, cancellationToken),
            await LoadAsync(large, many, 3000, 100, cancellationToken),
        ];
    }

    private static EntryQuery Month(CollectionId id) =>
        new() { App = CalendarApp.AppId, Collections = [id], Range = BenchCalendar.Month, Zone = BenchCalendar.ZoneId };

    /// <summary>What a month of the data set holds, so that the other figures can be read.</summary>
    private static Figure DataSet(BenchCalendar calendar, IReadOnlyList<EntrySummary> instances)
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
                new Contender("month", async stopping => await PagesAsync(store, Month(id), stopping)),
                new Contender("prepared read", _ => Task.FromResult(raw.Read())),
            ], WarmUps, Rounds, cancellationToken);
        return Figure.OfRatio($"store: month of {Figure.Count(raw.Read())} instances with the guard", samples[0], samples[1], 4);
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

    private static async Task<IReadOnlyList<EntrySummary>> PagesAsync(GuardedEntryStore store, EntryQuery query, CancellationToken cancellationToken)
    {
        var entries = new List<EntrySummary>();
        for (QueryCursor? cursor = null; ;)
        {
            var page = await store.QueryAsync(query with { Cursor = cursor }, cancellationToken);
            entries.AddRange(page.Entries);
            if ((cursor = page.Next) is null)
                return entries;
        }
    }

    /// <summary>From the tenth of the month until so many instances are in it.</summary>
    private static async Task<EntryQuery> WindowAsync(GuardedEntryStore store, CollectionId id, int instances, CancellationToken cancellationToken)
    {
        var start = BenchCalendar.Month.Start + Duration.FromDays(2);
        var open = Month(id) with { Range = new TimeRange(start, start + Duration.FromDays(40)), Limit = instances };
        var last = (await store.QueryAsync(open, cancellationToken)).Entries[^1].Start?.Instant ?? throw new InvalidOperationException("The data set is zoned.");
        return open with { Range = new TimeRange(start, last) };
    }
}
