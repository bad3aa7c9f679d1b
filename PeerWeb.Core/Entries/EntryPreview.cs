using System.Runtime.CompilerServices;
using NodaTime;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Core.Entries;

/// <summary>Says what an import of a file would do, entry by entry, and writes nothing.</summary>
public static class EntryPreview
{
    private const int BatchSize = 400;

    /// <summary>To check a text, any day will do.</summary>
    private static readonly TimeRange SomeDay = new(Instant.FromUtc(2000, 1, 1, 0, 0), Instant.FromUtc(2000, 1, 2, 0, 0));

    /// <param name="source">Where the collection is, as the importing user.</param>
    /// <param name="collection">Null for one that is yet to be made.</param>
    /// <param name="rights">What the user may do there.</param>
    /// <param name="file">Read once, asynchronously only, to its end.</param>
    public static IAsyncEnumerable<PreviewedEntry> RunAsync(
        IEntrySource source, IApp app, CollectionId? collection, Rights rights, Stream file, CancellationToken cancellationToken) =>
        RunAsync(source, app, collection, rights, app.SplitAsync(file, cancellationToken), cancellationToken);

    /// <summary>The same of a file that is read in another way than the app's own.</summary>
    public static async IAsyncEnumerable<PreviewedEntry> RunAsync(
        IEntrySource source, IApp app, CollectionId? collection, Rights rights, IAsyncEnumerable<FileEntry> entries, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var batch = new List<FileEntry>(BatchSize);
        await foreach (var entry in entries.WithCancellation(cancellationToken))
        {
            batch.Add(entry);
            if (batch.Count < BatchSize)
                continue;
            foreach (var previewed in await CompareAsync(source, app, collection, rights, batch, cancellationToken))
                yield return previewed;
            batch.Clear();
        }
        foreach (var previewed in await CompareAsync(source, app, collection, rights, batch, cancellationToken))
            yield return previewed;
    }

    private static async Task<IReadOnlyList<PreviewedEntry>> CompareAsync(
        IEntrySource source, IApp app, CollectionId? collection, Rights rights, List<FileEntry> batch, CancellationToken cancellationToken)
    {
        var uids = batch.OfType<FileEntry.Readable>().Select(entry => entry.Uid).Distinct().ToList();
        var there = new Dictionary<Uid, string>();
        if (collection is { } known && uids.Count > 0)
        {
            foreach (var entry in await source.ReadAsync(known, uids, cancellationToken))
                there[entry.Uid] = entry.Text;
        }
        var previewed = new List<PreviewedEntry>(batch.Count);
        foreach (var entry in batch)
        {
            previewed.Add(entry switch
            {
                FileEntry.Unreadable broken => new PreviewedEntry(Failed(broken, broken.Reason, broken.Line), Text: null, Current: null),
                FileEntry.Readable readable => Compare(app, readable, there.GetValueOrDefault(readable.Uid), rights),
                _ => throw new InvalidOperationException($"{entry.GetType()} is not known."),
            });
            // A second one of its UID finds the first.
            if (entry is FileEntry.Readable { Uid: var uid } && previewed[^1] is { Text: { } text, Result.Outcome: not ImportOutcome.Failed })
                there[uid] = text;
        }
        return previewed;
    }

    private static PreviewedEntry Compare(IApp app, FileEntry.Readable entry, string? current, Rights rights)
    {
        IndexedEntry indexed;
        var text = current is null ? entry.Text : entry.TextOver(current);
        try
        {
            indexed = app.Index(text, SomeDay);
        }
        catch (InvalidEntryException invalid)
        {
            return new PreviewedEntry(Failed(entry, invalid.Message, entry.LineInFile(invalid.Line)), Text: null, Current: null);
        }
        if (current is not null && app.IsSame(current, text))
            return new PreviewedEntry(Of(entry, ImportOutcome.Unchanged), text, Current: null) { First = indexed.First, Last = indexed.Last };
        var (outcome, needed) = current is null ? (ImportOutcome.Added, Rights.Add) : (ImportOutcome.Updated, Rights.Edit);
        var lacking = !rights.Allows(needed) ? needed : indexed.IsPrivate && !rights.Allows(Rights.Private) ? Rights.Private : Rights.None;
        var result = lacking == Rights.None ? Of(entry, outcome) : Failed(entry, EntryImport.Lacking(lacking), line: null);
        return new PreviewedEntry(result, text, current) { First = indexed.First, Last = indexed.Last };
    }

    private static ImportedEntry Failed(FileEntry entry, string reason, int? line) => Of(entry, ImportOutcome.Failed, reason, line);

    private static ImportedEntry Of(FileEntry entry, ImportOutcome outcome, string? reason = null, int? line = null) =>
        new(entry.Number, entry.Label, outcome, reason, line) { Total = entry.Total };
}
