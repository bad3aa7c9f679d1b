using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using System.Security.Cryptography;
using System.Text;
using System.Threading.Channels;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Core.Entries;

/// <summary>How an import gets on with a store.</summary>
/// <param name="BatchSize">Entries of one write.</param>
/// <param name="Ahead">Writes at the same time: while one commits, the next is parsed.</param>
public sealed record ImportPace(int BatchSize, int Ahead)
{
    /// <summary>A database of this host.</summary>
    public static readonly ImportPace Database = new(BatchSize: 1000, Ahead: 2);

    /// <summary>A store where each entry is a call over the network.</summary>
    public static readonly ImportPace Network = new(BatchSize: 10, Ahead: 1);
}

/// <summary>Saves the entries of a file into a collection, a result for each. Importing a file again changes nothing: entries are known by their UID.</summary>
public static class EntryImport
{
    /// <summary>Characters of one write, so that a batch of large entries is no larger than one of many.</summary>
    private const int MaxBatchLength = 1024 * 1024;

    /// <param name="store">As the importing user; what its rights do not allow fails entry by entry.</param>
    /// <param name="actor">For the change log.</param>
    /// <param name="file">Read once, asynchronously only, to its end.</param>
    /// <param name="cancellationToken">Ends it between two writes: what was begun is finished and reported before the exception.</param>
    /// <remarks>Where a write fails, everything that is written all the same is reported before the exception; of the failed write's entries nothing is known.</remarks>
    public static IAsyncEnumerable<ImportedEntry> RunAsync(
        IEntryStore store, IApp app, CollectionId collection, string actor, Stream file, ImportPace pace, CancellationToken cancellationToken) =>
        RunAsync(store, app, collection, actor, token => app.SplitAsync(file, token), pace, cancellationToken);

    /// <summary>The same of a file that is read in another way than the app's own.</summary>
    /// <param name="read">The entries of the file; called once.</param>
    public static async IAsyncEnumerable<ImportedEntry> RunAsync(
        IEntryStore store, IApp app, CollectionId collection, string actor, Func<CancellationToken, IAsyncEnumerable<FileEntry>> read, ImportPace pace,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var batches = Channel.CreateBounded<List<FileEntry>>(1);
        var reading = Task.Run(() => ReadAsync(read, pace, batches.Writer, stop.Token), CancellationToken.None);
        var writing = new Queue<Task<Written>>();
        ExceptionDispatchInfo? failure = null;
        try
        {
            while (failure is null && await batches.Reader.WaitToReadAsync(CancellationToken.None) && !stop.IsCancellationRequested)
            {
                if (!batches.Reader.TryRead(out var batch))
                    continue;
                writing.Enqueue(Task.Run(() => SaveAsync(store, app, collection, actor, batch), CancellationToken.None));
                if (writing.Count < pace.Ahead)
                    continue;
                var written = await writing.Dequeue();
                foreach (var result in written.Results)
                    yield return result;
                failure = written.Failure;
            }
            while (writing.TryDequeue(out var last))
            {
                var written = await last;
                foreach (var result in written.Results)
                    yield return result;
                failure ??= written.Failure;
            }
            failure?.Throw();
            cancellationToken.ThrowIfCancellationRequested();
            await reading;
        }
        finally
        {
            await stop.CancelAsync();
            batches.Reader.TryRead(out _);
            await Task.WhenAll([reading, .. writing]).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static async Task ReadAsync(
        Func<CancellationToken, IAsyncEnumerable<FileEntry>> read, ImportPace pace, ChannelWriter<List<FileEntry>> batches, CancellationToken cancellationToken)
    {
        try
        {
            var batch = new List<FileEntry>(pace.BatchSize);
            var length = 0;
            await foreach (var entry in read(cancellationToken))
            {
                batch.Add(entry);
                length += (entry as FileEntry.Readable)?.Text.Length ?? 0;
                if (batch.Count < pace.BatchSize && length < MaxBatchLength)
                    continue;
                await batches.WriteAsync(batch, cancellationToken);
                (batch, length) = (new List<FileEntry>(pace.BatchSize), 0);
            }
            if (batch.Count > 0)
                await batches.WriteAsync(batch, cancellationToken);
        }
        finally
        {
            // What went wrong comes out of this task, after the results of what was read before.
            batches.Complete();
        }
    }

    private static async Task<Written> SaveAsync(IEntryStore store, IApp app, CollectionId collection, string actor, IReadOnlyList<FileEntry> batch)
    {
        var results = new Dictionary<FileEntry, Result>(ReferenceEqualityComparer.Instance);
        ExceptionDispatchInfo? failure = null;
        try
        {
            await SaveAsync(store, app, collection, actor, batch, results);
        }
        catch (Exception exception)
        {
            failure = ExceptionDispatchInfo.Capture(exception);
        }
        return new Written([.. batch.Select(entry => ReportOf(entry, results)).OfType<ImportedEntry>()], failure);
    }

    private static async Task SaveAsync(
        IEntryStore store, IApp app, CollectionId collection, string actor, IReadOnlyList<FileEntry> batch, Dictionary<FileEntry, Result> results)
    {
        var left = batch.OfType<FileEntry.Readable>().ToList();
        while (left.Count > 0)
        {
            // A file may hold a UID twice; then the later ones are written after the earlier, as if the file were imported entry by entry.
            var uids = new HashSet<Uid>();
            var later = left.FindAll(entry => !uids.Add(entry.Uid));
            await SaveOnceAsync(store, app, collection, actor, later.Count == 0 ? left : [.. left.Except(later, ReferenceEqualityComparer.Instance).Cast<FileEntry.Readable>()], results);
            left = later;
        }
    }

    /// <param name="entries">Each UID once.</param>
    private static async Task SaveOnceAsync(
        IEntryStore store, IApp app, CollectionId collection, string actor, IReadOnlyList<FileEntry.Readable> entries, Dictionary<FileEntry, Result> results)
    {
        var there = new List<(FileEntry.Readable Entry, EntryWrite Write)>();
        var additions = entries.Select(entry => new EntryWrite(collection, entry.Uid, entry.Text, new Precondition.Absent())).ToList();
        foreach (var (entry, outcome) in entries.Zip(await WriteAsync(store, actor, additions)))
        {
            if (outcome is not SaveOutcome.Stale { Current: { } current })
                results[entry] = ResultOf(outcome, ImportOutcome.Added);
            else if (entry.TextOver(current.Text) is var text && app.IsSame(current.Text, text))
                results[entry] = new Result(ImportOutcome.Unchanged);
            else
                there.Add((entry, new EntryWrite(collection, entry.Uid, text, new Precondition.Match(current.ETag))));
        }
        foreach (var ((entry, _), outcome) in there.Zip(await WriteAsync(store, actor, [.. there.Select(replacement => replacement.Write)])))
            results[entry] = ResultOf(outcome, ImportOutcome.Updated);
    }

    /// <summary>Null where it is not known what became of it.</summary>
    private static ImportedEntry? ReportOf(FileEntry entry, Dictionary<FileEntry, Result> results) => entry switch
    {
        FileEntry.Unreadable broken => new ImportedEntry(broken.Number, broken.Label, ImportOutcome.Failed, broken.Reason, broken.Line) { Total = entry.Total },
        FileEntry.Readable whole => results.GetValueOrDefault(whole) is { } result
            ? new ImportedEntry(whole.Number, whole.Label, result.Outcome, result.Reason, result.IsOfTheText ? whole.LineInFile(result.Line) : null) { Total = entry.Total }
            : null,
        _ => throw new InvalidOperationException($"{entry.GetType()} is not known."),
    };

    /// <remarks>Not to be cancelled: whether a write happened would stay open.</remarks>
    private static async Task<IReadOnlyList<SaveOutcome>> WriteAsync(IEntryStore store, string actor, List<EntryWrite> writes)
    {
        if (writes.Count == 0)
            return [];
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var write in writes)
            hash.AppendData(Encoding.UTF8.GetBytes(write.Text));
        var delivery = new Delivery(actor, Guid.NewGuid().ToString("N"), Convert.ToHexStringLower(hash.GetHashAndReset()));
        return await store.SaveAsync(writes, delivery, CancellationToken.None);
    }

    private static Result ResultOf(SaveOutcome outcome, ImportOutcome done) => outcome switch
    {
        SaveOutcome.Saved => new Result(done),
        SaveOutcome.Invalid invalid => new Result(ImportOutcome.Failed, invalid.Reason, invalid.Line, IsOfTheText: true),
        SaveOutcome.Forbidden forbidden => new Result(ImportOutcome.Failed, Lacking(forbidden.Missing)),
        SaveOutcome.Stale => new Result(ImportOutcome.Failed, "It changed at the same moment, or one of its UID is there that you may not see."),
        _ => new Result(ImportOutcome.Failed, "The collection is not there any more."),
    };

    internal static string Lacking(Rights missing) => $"Your rights on this collection lack “{missing}”.";

    /// <param name="Results">Of the entries of which it is known what became of them.</param>
    private sealed record Written(IReadOnlyList<ImportedEntry> Results, ExceptionDispatchInfo? Failure);

    private sealed record Result(ImportOutcome Outcome, string? Reason = null, int? Line = null, bool IsOfTheText = false);
}
