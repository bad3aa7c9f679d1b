using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using NodaTime;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Primitives;
using PeerWeb.Core.Storage.Rows;

namespace PeerWeb.Core.Storage;

/// <summary>Computes instances anew where they are of another time zone database or another horizon than today's: after an update, and each month.</summary>
/// <remarks>
/// ETags, sequences and the change log stay: nobody wrote. Each step is a small transaction that saves may come in between; what it did not reach is found again by the next one, also
/// after a restart. Until then <see cref="InstanceQuery"/> expands these entries from their text.
/// </remarks>
public sealed partial class InstanceRebuild(
    IDbContextFactory<PeerWebContext> contexts, AppRegistry apps, TzdbVersion tzdb, TimeProvider time, ILogger<InstanceRebuild> logger)
{
    /// <summary>Entries of one step.</summary>
    private const int StepSize = 40;

    /// <summary>Instances of one step, beyond the first entry's: an hourly series has thousands.</summary>
    private const int MostInstances = 2_000;

    /// <summary>Entries between two lines of the log.</summary>
    private const int LogEvery = 1_000;

    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(20);

    /// <summary>How far the last call of <see cref="RunAsync"/> is.</summary>
    public RebuildProgress Progress { get; private set; } = new(Total: 0, Done: 0, Unreadable: 0);

    /// <summary>Rebuilds everything that is out of date, and pauses as long as it works: half of one core and of the write lock are left to others.</summary>
    /// <returns>False where a collection could not be rebuilt: the others were, and it is to be tried again.</returns>
    public async Task<bool> RunAsync(CancellationToken cancellationToken)
    {
        var work = await FindAsync(cancellationToken);
        if (work.Count == 0)
            return true;
        Progress = new RebuildProgress(work.Sum(one => one.Count), Done: 0, Unreadable: 0);
        Started(logger, Progress.Total, work.Count, tzdb.Value);
        var isComplete = true;
        foreach (var collection in work)
        {
            try
            {
                await RebuildAsync(collection, cancellationToken);
            }
            catch (Exception problem) when (problem is not OperationCanceledException)
            {
                isComplete = false;
                Failed(logger, problem, collection.Collection);
            }
        }
        Ended(logger, Progress.Done, Progress.Unreadable);
        return isComplete;
    }

    private async Task RebuildAsync(RebuildWork collection, CancellationToken cancellationToken)
    {
        for (var start = time.GetTimestamp(); await StepAsync(collection, cancellationToken) is { } step; start = time.GetTimestamp())
        {
            var before = Progress.Done / LogEvery;
            Progress = Progress.After(step);
            if (Progress.Done / LogEvery > before)
                Continues(logger, Progress.Done, Progress.Total);
            var worked = time.GetElapsedTime(start);
            await Task.Delay(worked > ShortestPause ? worked : ShortestPause, time, cancellationToken);
        }
    }

    /// <summary>Collections that hold something to rebuild, each with how many entries.</summary>
    public async Task<IReadOnlyList<RebuildWork>> FindAsync(CancellationToken cancellationToken)
    {
        var horizon = Today;
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var collections = await db.Collections.AsNoTracking().OrderBy(row => row.Key).Select(row => new { row.Key, row.App }).ToListAsync(cancellationToken);
        var work = new List<RebuildWork>();
        foreach (var collection in collections)
        {
            if (apps.Find(AppId.Parse(collection.App)) is { } app && await OutOfDate(db, collection.Key, horizon).CountAsync(cancellationToken) is > 0 and var count)
                work.Add(new RebuildWork(collection.Key, app.Id, horizon, count));
        }
        return work;
    }

    /// <summary>Rebuilds a few entries of one collection.</summary>
    /// <returns>Null where none was left.</returns>
    public async Task<RebuildStep?> StepAsync(RebuildWork work, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var candidates = await OutOfDate(db, work.Collection, work.Horizon).AsNoTracking().Take(StepSize)
            .Select(row => new Candidate(row.Key, row.Epoch, row.Sequence, row.Text)).ToListAsync(cancellationToken);
        if (candidates.Count == 0)
            return null;

        // Parsing costs the most: it happens before the lock, never in it.
        var parsed = new List<(Candidate Candidate, IndexedEntry? Indexed)>();
        for (var instances = 0; parsed.Count < candidates.Count && instances <= MostInstances;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var indexed = Index(apps.Get(work.App), candidates[parsed.Count].Text, work.Horizon);
            parsed.Add((candidates[parsed.Count], indexed));
            instances += indexed?.Instances.Count ?? 0;
        }
        await WriteAsync(db, parsed, work.Horizon, cancellationToken);
        return new RebuildStep(parsed.Count, parsed.Count(one => one.Indexed is null));
    }

    private TimeRange Today => Horizon.Around(Instant.FromDateTimeOffset(time.GetUtcNow()));

    /// <summary>A text that was taken once and is not any more keeps the instances it has.</summary>
    private static IndexedEntry? Index(IApp app, string text, TimeRange horizon)
    {
        try
        {
            return app.Index(text, horizon);
        }
        catch (InvalidEntryException)
        {
            return null;
        }
    }

    private async Task WriteAsync(
        PeerWebContext db, IReadOnlyList<(Candidate Candidate, IndexedEntry? Indexed)> parsed, TimeRange horizon, CancellationToken cancellationToken)
    {
        await using var transaction = await db.BeginWriteAsync(cancellationToken);
        var keys = parsed.Select(one => one.Candidate.Key).ToList();
        var rows = await db.Entries.Where(row => keys.Contains(row.Key)).ToDictionaryAsync(row => row.Key, cancellationToken);
        var instances = new List<(EntryRow Entry, IReadOnlyList<IndexedInstance> Instances)>();
        var (unlisted, listings) = (new List<ListingKey>(), new List<(EntryRow Entry, string SearchText)>());
        // What is not read any more keeps the instances it has; without any it is counted where it is asked for, never silently missing.
        var unread = parsed.Where(one => one.Indexed is null).Select(one => one.Candidate.Key).ToList();
        var kept = unread.Count == 0 ? [] : await db.Instances.Where(row => unread.Contains(row.EntryKey)).Select(row => row.EntryKey).Distinct().ToListAsync(cancellationToken);
        foreach (var (candidate, indexed) in parsed)
        {
            // Whoever saved or deleted it meanwhile did the same and more.
            if (!rows.TryGetValue(candidate.Key, out var row) || (row.Epoch, row.Sequence) != (candidate.Epoch, candidate.Sequence))
                continue;
            (row.TzdbVersion, row.HorizonStart, row.HorizonEnd) = (indexed is null && !kept.Contains(row.Key) ? tzdb.Unreadable : tzdb.Value, horizon.Start.ToUnixTimeSeconds(), horizon.End.ToUnixTimeSeconds());
            if (indexed is null)
                continue;
            unlisted.Add(ListingKey.Of(row));
            (row.Title, row.SortTitle, row.Detail) = (indexed.Title, QueryOrder.TitleKey(indexed.Title), indexed.Detail);
            (row.FirstStart, row.LastEnd) = (indexed.First?.ToUnixTimeSeconds(), indexed.Last?.ToUnixTimeSeconds());
            listings.Add((row, indexed.SearchText));
            instances.Add((row, indexed.Instances));
        }
        await InstanceTable.DeleteAsync(db, instances.Select(one => one.Entry.Key), cancellationToken);
        await ListingTable.DeleteAsync(db, unlisted, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        ListingTable.Insert(db, listings);
        InstanceTable.Insert(db, instances);
        await transaction.CommitAsync(cancellationToken);
    }

    private IQueryable<EntryRow> OutOfDate(PeerWebContext db, long collection, TimeRange horizon)
    {
        var (version, unreadable, start, end) = (tzdb.Value, tzdb.Unreadable, horizon.Start.ToUnixTimeSeconds(), horizon.End.ToUnixTimeSeconds());
        var entries = db.Entries.Where(row => row.CollectionKey == collection);
        // Each a seek in an index: "not equal" would read the collection.
        var keys = entries.Where(row => string.Compare(row.TzdbVersion, version) < 0).Select(row => row.Key)
            .Union(entries.Where(row => string.Compare(row.TzdbVersion, version) > 0 && row.TzdbVersion != unreadable).Select(row => row.Key))
            .Union(entries.Where(row => row.HorizonStart < start).Select(row => row.Key))
            .Union(entries.Where(row => row.HorizonStart > start).Select(row => row.Key))
            .Union(entries.Where(row => row.HorizonEnd < end).Select(row => row.Key))
            .Union(entries.Where(row => row.HorizonEnd > end).Select(row => row.Key));
        return db.Entries.Where(row => keys.Contains(row.Key));
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Rebuilding the instances of {Entries} entries in {Collections} collections, time zone database {Tzdb}")]
    private static partial void Started(ILogger logger, int entries, int collections, string tzdb);

    [LoggerMessage(Level = LogLevel.Information, Message = "Rebuilt the instances of {Done} of {Total} entries")]
    private static partial void Continues(ILogger logger, int done, int total);

    [LoggerMessage(Level = LogLevel.Information, Message = "Rebuilt the instances of {Done} entries; {Unreadable} are not read any more and kept theirs")]
    private static partial void Ended(ILogger logger, int done, int unreadable);

    [LoggerMessage(Level = LogLevel.Error, Message = "The instances of collection {Key} cannot be rebuilt now; ranges they do not cover are read from the texts, which takes longer")]
    private static partial void Failed(ILogger logger, Exception problem, long key);

    private sealed record Candidate(long Key, int Epoch, long Sequence, string Text);
}

/// <summary>What is to be rebuilt in one collection.</summary>
/// <param name="Horizon">What all of it is brought to, also where the month ends meanwhile.</param>
/// <param name="Count">Entries, when it was looked.</param>
public sealed record RebuildWork(long Collection, AppId App, TimeRange Horizon, int Count);

/// <param name="Entries">How many the step looked at.</param>
/// <param name="Unreadable">Of these, whose text is not taken any more.</param>
public sealed record RebuildStep(int Entries, int Unreadable);

/// <param name="Total">Entries to rebuild when it began; those that were saved meanwhile count for nothing.</param>
public sealed record RebuildProgress(int Total, int Done, int Unreadable)
{
    public bool IsOver => Done >= Total;

    internal RebuildProgress After(RebuildStep step)
    {
        var done = Done + step.Entries;
        return new RebuildProgress(Math.Max(Total, done), done, Unreadable + step.Unreadable);
    }
}
