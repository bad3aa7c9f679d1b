using Microsoft.EntityFrameworkCore;
using NodaTime;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Primitives;
using PeerWeb.Core.Sharing;
using PeerWeb.Core.Storage.Rows;

namespace PeerWeb.Core.Storage;

/// <summary>Entries, each once, paged by the database: for lists and searches without a range.</summary>
internal sealed class EntryListQuery(PeerWebContext db, IApp app, TzdbVersion tzdb, EntryQuery query, DateTimeZone zone)
{
    /// <summary>More than a zone or another time zone database moves a start.</summary>
    private static readonly Duration Spare = Duration.FromDays(2);

    /// <returns>At most one more than the limit, so that the caller sees whether there is a next page.</returns>
    public async Task<IReadOnlyList<PlacedSummary>> RunAsync(
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
        return [.. page.Select(row => new PlacedSummary(
            row.Entry.FirstStart ?? long.MaxValue, row.Entry.SortTitle, SummaryOf(row.Entry, ids[row.Entry.CollectionKey], first.GetValueOrDefault(row.Entry.Key))))];
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
            var (key, id, uid) = (QueryOrder.SecondsOf(start.SortKey), start.Collection.ToString(), start.Uid.Value);
            rows = rows.Where(row => (row.Entry.FirstStart ?? long.MaxValue) > key
                || ((row.Entry.FirstStart ?? long.MaxValue) == key && (string.Compare(row.CollectionId, id) > 0
                    || (row.CollectionId == id && string.Compare(row.Entry.Uid, uid) > 0))));
        }
        return rows.OrderBy(row => row.Entry.FirstStart ?? long.MaxValue).ThenBy(row => row.CollectionId).ThenBy(row => row.Entry.Uid);
    }

    private EntrySummary SummaryOf(EntryRow entry, CollectionId id, InstanceRow? first)
    {
        var (start, end) = TimesOf(entry, first);
        return new EntrySummary(
            id, Uid.Parse(entry.Uid), TokenSeal.ETagOf(entry.Epoch, entry.Sequence), RecurrenceId: null, entry.Title, start, end, entry.IsPrivate, entry.Detail);
    }

    /// <summary>Of the first instance: from the table where it is in it and still right, else from the text.</summary>
    private (EntryTime? Start, EntryTime? End) TimesOf(EntryRow entry, InstanceRow? first)
    {
        if (entry.FirstStart is not { } seconds)
            return (null, null);
        if (first?.Start == seconds && entry.TzdbVersion == tzdb.Value)
        {
            return (
                InstanceTimes.TimeOf(first.Kind, first.Start, first.LocalStart, first.StartZone),
                InstanceTimes.TimeOf(first.Kind, first.End, first.LocalEnd, first.EndZone ?? first.StartZone));
        }
        var around = Instant.FromUnixTimeSeconds(seconds);
        if (!TimeRange.TryCreate(around - Spare, around + Spare, out var range))
            return (null, null);
        try
        {
            return app.Expand(entry.Text, range, zone, 1) is [var instance, ..] ? (instance.Start, instance.End) : (null, null);
        }
        catch (InvalidEntryException)
        {
            // Saved by a version that took it: it shows, without its time.
            return (null, null);
        }
    }

    // Properties, not a constructor: EF Core sees through them to the columns when it orders and filters.
    private sealed class Row
    {
        public required EntryRow Entry { get; init; }

        public required string CollectionId { get; init; }
    }
}
