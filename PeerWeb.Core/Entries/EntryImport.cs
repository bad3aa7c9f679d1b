using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using NodaTime;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Core.Entries;

public enum ImportOutcome
{
    Added,
    Updated,

    /// <summary>The same text was there already.</summary>
    Unchanged,
    Failed,
}

/// <summary>What became of one entry of an imported file.</summary>
/// <param name="Number">1-based position in the file.</param>
/// <param name="Label">Title or UID, as far as it could be read.</param>
/// <param name="Reason">Why it failed; null for all else.</param>
/// <param name="Line">1-based line that is to blame, where one is.</param>
public sealed record ImportedEntry(int Number, string Label, ImportOutcome Outcome, string? Reason, int? Line);

/// <summary>Saves the entries of a file into a collection, a result for each. Importing a file again changes nothing: entries are known by their UID.</summary>
public static class EntryImport
{
    /// <summary>Entries of one transaction.</summary>
    private const int BatchSize = 100;

    private static readonly TimeRange SomeDay = new(Instant.FromUtc(2000, 1, 1, 0, 0), Instant.FromUtc(2000, 1, 2, 0, 0));

    /// <param name="store">As the importing user; what its rights do not allow fails entry by entry.</param>
    /// <param name="actor">For the change log.</param>
    /// <param name="file">Read once, asynchronously only, to its end.</param>
    public static async IAsyncEnumerable<ImportedEntry> RunAsync(
        IEntryStore store, IApp app, CollectionId collection, string actor, Stream file, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var batch = new List<FileEntry>(BatchSize);
        await foreach (var entry in app.SplitAsync(file, cancellationToken))
        {
            batch.Add(entry);
            if (batch.Count < BatchSize)
                continue;
            foreach (var result in await SaveAsync(store, app, collection, actor, batch, cancellationToken))
                yield return result;
            batch.Clear();
        }
        foreach (var result in await SaveAsync(store, app, collection, actor, batch, cancellationToken))
            yield return result;
    }

    private static async Task<IReadOnlyList<ImportedEntry>> SaveAsync(
        IEntryStore store, IApp app, CollectionId collection, string actor, IReadOnlyList<FileEntry> batch, CancellationToken cancellationToken)
    {
        // A file may hold a UID twice; the last one counts, as if the file had been imported entry by entry.
        var texts = batch.OfType<FileEntry.Readable>().GroupBy(entry => entry.Uid).ToDictionary(group => group.Key, group => group.Last().Text);
        var results = new Dictionary<Uid, Result>();
        var replacements = new List<EntryWrite>();
        await foreach (var (write, outcome) in WriteAsync(
            store, actor, [.. texts.Select(text => new EntryWrite(collection, text.Key, text.Value, new Precondition.Absent()))], cancellationToken))
        {
            if (outcome is not SaveOutcome.Stale { Current: { } current })
                results[write.Uid] = ResultOf(outcome, ImportOutcome.Added);
            else if (IsSame(app, current.Text, write.Text))
                results[write.Uid] = new Result(ImportOutcome.Unchanged, Reason: null, Line: null);
            else
                replacements.Add(write with { Precondition = new Precondition.Match(current.ETag) });
        }
        await foreach (var (write, outcome) in WriteAsync(store, actor, replacements, cancellationToken))
            results[write.Uid] = ResultOf(outcome, ImportOutcome.Updated);
        return [.. batch.Select(entry => entry switch
        {
            FileEntry.Unreadable broken => new ImportedEntry(broken.Number, broken.Label, ImportOutcome.Failed, broken.Reason, broken.Line),
            FileEntry.Readable whole when results[whole.Uid] is var result => new ImportedEntry(whole.Number, whole.Label, result.Outcome, result.Reason, result.Line),
            _ => throw new InvalidOperationException($"{entry.GetType()} is not known."),
        })];
    }

    private static async IAsyncEnumerable<(EntryWrite Write, SaveOutcome Outcome)> WriteAsync(
        IEntryStore store, string actor, List<EntryWrite> writes, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (writes.Count == 0)
            yield break;
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(writes.Select(write => write.Text)))));
        var outcomes = await store.SaveAsync(writes, new Delivery(actor, Guid.NewGuid().ToString("N"), hash), cancellationToken);
        foreach (var pair in writes.Zip(outcomes))
            yield return pair;
    }

    /// <summary>The stored text is the normalised form of what was saved, so a file's text may need the same before the two compare.</summary>
    private static bool IsSame(IApp app, string stored, string text) => stored == text || stored == app.Index(text, SomeDay).Text;

    private static Result ResultOf(SaveOutcome outcome, ImportOutcome done) => outcome switch
    {
        SaveOutcome.Saved => new Result(done, Reason: null, Line: null),
        SaveOutcome.Invalid invalid => new Result(ImportOutcome.Failed, invalid.Reason, invalid.Line),
        SaveOutcome.Forbidden forbidden => new Result(ImportOutcome.Failed, $"Your rights on this collection lack “{forbidden.Missing}”.", Line: null),
        SaveOutcome.Stale => new Result(ImportOutcome.Failed, "It changed at the same moment, or one of its UID is there that you may not see.", Line: null),
        _ => new Result(ImportOutcome.Failed, "The collection is not there any more.", Line: null),
    };

    private sealed record Result(ImportOutcome Outcome, string? Reason, int? Line);
}
