using Microsoft.EntityFrameworkCore;
using NodaTime;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Primitives;
using PeerWeb.Core.Sharing;
using PeerWeb.Core.Storage.Rows;

namespace PeerWeb.Core.Storage;

/// <summary>The writes of one transaction in one collection: what is there now, what each write comes to, and the rows that say so.</summary>
/// <param name="collection">As the transaction found it; whoever else writes waits until it ends.</param>
internal sealed class WriteBatch(
    PeerWebContext db, TokenSeal seal, CollectionRow collection, ScopedCollection scoped, Delivery delivery, TimeRange horizon, Instant now, TzdbVersion tzdb)
{
    private static readonly Compiled<Func<PeerWebContext, long, string, IAsyncEnumerable<EntryRow>>> EntryOf = new(() =>
        EF.CompileAsyncQuery((PeerWebContext db, long collection, string uid) => db.Entries.Where(entry => entry.CollectionKey == collection && entry.Uid == uid)));

    private static readonly Compiled<Func<PeerWebContext, long, List<string>, IAsyncEnumerable<EntryRow>>> EntriesOf = new(() =>
        EF.CompileAsyncQuery((PeerWebContext db, long collection, List<string> uids) =>
            db.Entries.Where(entry => entry.CollectionKey == collection && uids.Contains(entry.Uid))));

    private readonly Dictionary<string, EntryRow> _entries = [];
    private readonly HashSet<long> _reindexed = [];
    private readonly List<(EntryRow Entry, IReadOnlyList<IndexedInstance> Instances)> _instances = [];
    private readonly List<(EntryRow Entry, string SearchText)> _listings = [];
    private readonly List<ListingKey> _unlisted = [];
    private readonly List<EntryRow> _added = [];
    private readonly List<ChangeRow> _changes = [];
    private bool _hasReplaced;

    /// <summary>Reads what the batch will meet.</summary>
    public async Task OpenAsync(IReadOnlyList<Uid> uids, CancellationToken cancellationToken)
    {
        if (uids.Count == 1)
        {
            await ReadAsync(EntryOf.For(db)(db, collection.Key, uids[0].Value), cancellationToken);
            return;
        }
        foreach (var chunk in uids.Select(uid => uid.Value).Distinct().Chunk(500))
            await ReadAsync(EntriesOf.For(db)(db, collection.Key, [.. chunk]), cancellationToken);
    }

    public SaveOutcome Save(EntryWrite write, IndexedEntry indexed)
    {
        var existing = _entries.GetValueOrDefault(write.Uid.Value);
        if (Refuse(write.Precondition, existing) is { } refusal)
            return refusal;
        if (indexed.IsPrivate && !scoped.SeesPrivate)
            return new SaveOutcome.Forbidden(Rights.Private);

        var sequence = Log(write.Uid, existing, isPublicAfter: !indexed.IsPrivate);
        if (existing is null)
        {
            existing = NewRow(indexed, sequence);
            _added.Add(existing);
            _entries.Add(existing.Uid, existing);
        }
        else
        {
            Keep(existing, sequence, wasDeleted: false);
            _unlisted.Add(ListingKey.Of(existing));
            Overwrite(existing, indexed, sequence);
            _reindexed.Add(existing.Key);
        }
        _instances.Add((existing, indexed.Instances));
        _listings.Add((existing, indexed.SearchText));
        return new SaveOutcome.Saved(TokenSeal.ETagOf(existing.Epoch, existing.Sequence));
    }

    public SaveOutcome Delete(EntryRemoval removal)
    {
        var existing = _entries.GetValueOrDefault(removal.Uid.Value);
        if (!IsVisible(existing))
            return new SaveOutcome.NotFound();
        if (!scoped.Rights.HasFlag(Rights.Delete))
            return new SaveOutcome.Forbidden(Rights.Delete);
        if (ETagOf(existing) != removal.ETag)
            return new SaveOutcome.Stale(Current(existing));

        Keep(existing, Log(removal.Uid, existing, isPublicAfter: false), wasDeleted: true);
        _unlisted.Add(ListingKey.Of(existing));
        db.Entries.Remove(existing);
        _entries.Remove(existing.Uid);
        return new SaveOutcome.Deleted();
    }

    /// <summary>What is there now; null where nothing is, or where the principal may not read it in full.</summary>
    public Entry? CurrentOf(Uid uid) => _entries.GetValueOrDefault(uid.Value) is var row && IsVisible(row) ? Current(row) : null;

    /// <summary>Removes what stands in the tables of what was overwritten, then saves everything.</summary>
    public async Task CloseAsync(CancellationToken cancellationToken)
    {
        await InstanceTable.DeleteAsync(db, _reindexed, cancellationToken);
        await ListingTable.DeleteAsync(db, _unlisted, cancellationToken);
        // Only what replaces or deletes is tracked.
        if (_hasReplaced)
            await db.SaveChangesAsync(cancellationToken);
        EntryTable.Insert(db, _added);
        EntryTable.Log(db, _changes);
        ListingTable.Insert(db, _listings);
        InstanceTable.Insert(db, _instances);
        await using var counted = InstanceTable.CommandOf(db, "UPDATE \"collections\" SET \"Sequence\" = @sequence WHERE \"Key\" = @key");
        counted.Add("sequence", collection.Sequence);
        counted.Add("key", collection.Key);
        await counted.ExecuteNonQueryAsync(cancellationToken);
    }

    private async Task ReadAsync(IAsyncEnumerable<EntryRow> rows, CancellationToken cancellationToken)
    {
        await foreach (var row in rows.WithCancellation(cancellationToken))
            _entries.Add(row.Uid, row);
    }

    private SaveOutcome? Refuse(Precondition precondition, EntryRow? existing)
    {
        switch (precondition)
        {
            case Precondition.Absent:
                if (!scoped.Rights.HasFlag(Rights.Add))
                    return new SaveOutcome.Forbidden(Rights.Add);
                return existing is null ? null : new SaveOutcome.Stale(CurrentOf(Uid.Parse(existing.Uid)));
            case Precondition.Match match:
                if (!IsVisible(existing))
                    return scoped.CanRead ? new SaveOutcome.Stale(Current: null) : new SaveOutcome.NotFound();
                if (!scoped.Rights.HasFlag(Rights.Edit))
                    return new SaveOutcome.Forbidden(Rights.Edit);
                return ETagOf(existing) == match.ETag ? null : new SaveOutcome.Stale(Current(existing));
            default:
                throw new ArgumentOutOfRangeException(nameof(precondition));
        }
    }

    private bool IsVisible([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] EntryRow? row) =>
        row is not null && scoped.CanRead && (scoped.SeesPrivate || !row.IsPrivate);

    private static ETag ETagOf(EntryRow row) => TokenSeal.ETagOf(row.Epoch, row.Sequence);

    private Entry Current(EntryRow row) => new(scoped.Id, Uid.Parse(row.Uid), ETagOf(row), row.Text);

    private long Log(Uid uid, EntryRow? before, bool isPublicAfter)
    {
        var sequence = ++collection.Sequence;
        _changes.Add(new ChangeRow
        {
            CollectionKey = collection.Key,
            Sequence = sequence,
            Uid = uid.Value,
            WasPublicBefore = before is { IsPrivate: false },
            WasPublicAfter = isPublicAfter,
            Actor = delivery.Actor,
            IdempotencyKey = delivery.IdempotencyKey,
            At = now.ToUnixTimeMilliseconds(),
        });
        return sequence;
    }

    private void Keep(EntryRow row, long replacedBy, bool wasDeleted)
    {
        _hasReplaced = true;
        db.Revisions.Add(new RevisionRow
        {
            CollectionKey = row.CollectionKey,
            Uid = row.Uid,
            Epoch = row.Epoch,
            Sequence = row.Sequence,
            Text = row.Text,
            IsPrivate = row.IsPrivate,
            ReplacedBy = replacedBy,
            WasDeleted = wasDeleted,
        });
    }

    private EntryRow NewRow(IndexedEntry indexed, long sequence) => new()
    {
        CollectionKey = collection.Key,
        Uid = indexed.Uid.Value,
        Epoch = seal.Epoch,
        Sequence = sequence,
        Text = indexed.Text,
        Title = indexed.Title,
        SortTitle = QueryOrder.TitleKey(indexed.Title),
        IsPrivate = indexed.IsPrivate,
        Detail = indexed.Detail,
        FirstStart = indexed.First?.ToUnixTimeSeconds(),
        LastEnd = indexed.Last?.ToUnixTimeSeconds(),
        HorizonStart = horizon.Start.ToUnixTimeSeconds(),
        HorizonEnd = horizon.End.ToUnixTimeSeconds(),
        TzdbVersion = tzdb.Value,
        CreatedAt = now.ToUnixTimeMilliseconds(),
        ModifiedAt = now.ToUnixTimeMilliseconds(),
    };

    private void Overwrite(EntryRow row, IndexedEntry indexed, long sequence)
    {
        var next = NewRow(indexed, sequence);
        (row.Epoch, row.Sequence, row.Text, row.Title, row.SortTitle) = (next.Epoch, next.Sequence, next.Text, next.Title, next.SortTitle);
        (row.IsPrivate, row.Detail) = (next.IsPrivate, next.Detail);
        (row.FirstStart, row.LastEnd, row.HorizonStart, row.HorizonEnd) = (next.FirstStart, next.LastEnd, next.HorizonStart, next.HorizonEnd);
        (row.TzdbVersion, row.ModifiedAt) = (next.TzdbVersion, next.ModifiedAt);
    }
}
