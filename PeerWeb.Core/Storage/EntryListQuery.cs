using Microsoft.EntityFrameworkCore;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Primitives;
using PeerWeb.Core.Sharing;
using PeerWeb.Core.Storage.Rows;

namespace PeerWeb.Core.Storage;

/// <summary>Entries, each once, paged by the database: for lists and searches without a range.</summary>
internal sealed class EntryListQuery(PeerWebContext db, EntryQuery query)
{
    /// <returns>At most one more than the limit, so that the caller sees whether there is a next page.</returns>
    public async Task<IReadOnlyList<OrderedSummary>> RunAsync(
        IReadOnlyList<(CollectionRow Row, ScopedCollection Scoped)> collections, CancellationToken cancellationToken)
    {
        var ids = collections.ToDictionary(pair => pair.Row.Key, pair => pair.Scoped.Id);
        var rows =
            from entry in VisibleEntries.Of(db, collections, query.Text)
            join collection in db.Collections on entry.CollectionKey equals collection.Key
            select new Row { Entry = entry, CollectionId = collection.Id };
        var page = await Ordered(rows).Take(query.Limit + 1).ToListAsync(cancellationToken);

        var keys = page.Select(row => row.Entry.Key).ToList();
        var first = await db.Instances.AsNoTracking()
            .Where(instance => keys.Contains(instance.EntryKey))
            .GroupBy(instance => instance.EntryKey)
            .Select(group => group.OrderBy(instance => instance.Start).First())
            .ToDictionaryAsync(instance => instance.EntryKey, cancellationToken);
        return [.. page.Select(row => new OrderedSummary(
            query.Sort == EntrySort.Title ? row.Entry.SortTitle : QueryOrder.StartKey(row.Entry.FirstStart),
            SummaryOf(row.Entry, ids[row.Entry.CollectionKey], first.GetValueOrDefault(row.Entry.Key))))];
    }

    private IQueryable<Row> Ordered(IQueryable<Row> rows)
    {
        if (query.Sort == EntrySort.Title)
        {
            if (query.Cursor is { } title)
            {
                var (key, id, uid) = (title.SortKey, title.Collection.ToString(), title.Uid.Value);
                rows = rows.Where(row => string.Compare(row.Entry.SortTitle, key) > 0
                    || (row.Entry.SortTitle == key && (string.Compare(row.CollectionId, id) > 0
                        || (row.CollectionId == id && string.Compare(row.Entry.Uid, uid) > 0))));
            }
            return rows.OrderBy(row => row.Entry.SortTitle).ThenBy(row => row.CollectionId).ThenBy(row => row.Entry.Uid);
        }
        if (query.Cursor is { } start)
        {
            var (key, id, uid) = (QueryOrder.SecondsOf(start.SortKey) ?? long.MaxValue, start.Collection.ToString(), start.Uid.Value);
            rows = rows.Where(row => (row.Entry.FirstStart ?? long.MaxValue) > key
                || ((row.Entry.FirstStart ?? long.MaxValue) == key && (string.Compare(row.CollectionId, id) > 0
                    || (row.CollectionId == id && string.Compare(row.Entry.Uid, uid) > 0))));
        }
        return rows.OrderBy(row => row.Entry.FirstStart ?? long.MaxValue).ThenBy(row => row.CollectionId).ThenBy(row => row.Entry.Uid);
    }

    private static EntrySummary SummaryOf(EntryRow entry, CollectionId id, InstanceRow? first) => new(
        id,
        Uid.Parse(entry.Uid),
        TokenSeal.ETagOf(entry.Epoch, entry.Sequence),
        RecurrenceId: null,
        entry.Title,
        first is null ? null : InstanceTimes.TimeOf(first.Kind, first.Start, first.LocalStart, first.StartZone),
        first is null ? null : InstanceTimes.TimeOf(first.Kind, first.End, first.LocalEnd, first.EndZone ?? first.StartZone),
        entry.IsPrivate,
        entry.Detail);

    // Properties, not a constructor: EF Core sees through them to the columns when it orders and filters.
    private sealed class Row
    {
        public required EntryRow Entry { get; init; }

        public required string CollectionId { get; init; }
    }
}
