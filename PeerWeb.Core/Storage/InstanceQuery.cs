using NodaTime;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Primitives;
using PeerWeb.Core.Sharing;
using PeerWeb.Core.Storage.Rows;

namespace PeerWeb.Core.Storage;

/// <summary>Instances that overlap a range: from the instance table where it holds them, from the text beyond the horizon and where the table is of another time zone database.</summary>
internal sealed class InstanceQuery(PeerWebContext db, IApp app, TzdbVersion tzdb, BusyTime busy, EntryQuery query, TimeRange range, DateTimeZone zone)
{
    /// <summary>Of one entry, instances that began on an earlier page and still last, or that were all moved to the start where it ended.</summary>
    private const int MostBefore = 10_000;

    /// <summary>Of one entry, in an order that is not by start: more than three centuries have days.</summary>
    private const int MostOfOne = 120_000;

    private static readonly InstanceReach[] Reaches = Enum.GetValues<InstanceReach>();

    private readonly QueryOrder _order = new(query.Sort, zone);
    // As long as a page: grown by doubling, that of a full month would be a large object of the heap each time.
    private readonly List<PlacedSummary> _found = new(query.Limit + 2);
    private int _unreadable;

    /// <returns>At most one more than the limit, so that the caller sees whether there is a next page, and how many entries could not be expanded.</returns>
    public async Task<(IReadOnlyList<PlacedSummary> Page, int Unreadable)> RunAsync(
        IReadOnlyList<(CollectionRow Row, ScopedCollection Scoped)> collections, CancellationToken cancellationToken)
    {
        var isAfter = query.Cursor is { } cursor ? _order.After(cursor) : _ => true;
        if (Left() is { } left)
        {
            await using var scan = new InstanceScan(db, tzdb, query.Text, range);
            await using var expansion = new UnindexedScan(db, tzdb, query.Text, range);
            foreach (var (row, scoped) in collections.Where(pair => VisibleEntries.HasInstances(pair.Scoped, query.Text)))
            {
                foreach (var reach in Reaches)
                    await ReadAsync(scan, (row.Key, scoped), reach, left, isAfter, cancellationToken);
                await foreach (var (entry, text) in expansion.RunAsync(row.Key, scoped, cancellationToken))
                {
                    foreach (var placed in Expanded(entry, text, scoped, left).Where(placed => isAfter(placed)))
                        Add(placed);
                }
            }
        }
        _found.Sort(_order);
        return (_found.Count > query.Limit + 1 ? _found[..(query.Limit + 1)] : _found, _unreadable);
    }

    /// <summary>Of what was found only as much as the page can hold is kept, however much there is.</summary>
    private void Add(PlacedSummary found)
    {
        _found.Add(found);
        if (_found.Count < (4 * query.Limit) + 1_000)
            return;
        _found.Sort(_order);
        _found.RemoveRange(query.Limit + 1, _found.Count - query.Limit - 1);
    }

    /// <summary>The part of the range that later pages are in; null where none is.</summary>
    private TimeRange? Left()
    {
        if (!_order.IsByStart || query.Cursor is null || QueryOrder.SecondsOf(query.Cursor.SortKey) is var seconds && seconds <= range.Start.ToUnixTimeSeconds())
            return range;
        return seconds <= TimeRange.Latest.ToUnixTimeSeconds() && TimeRange.TryCreate(Instant.FromUnixTimeSeconds(seconds), range.End, out var left) ? left : null;
    }

    private async Task ReadAsync(
        InstanceScan scan, (long Key, ScopedCollection Scoped) collection, InstanceReach reach, TimeRange left, Predicate<PlacedSummary> isAfter,
        CancellationToken cancellationToken)
    {
        // Only where the table's order is the answer's may a page be enough of it.
        var mayStop = reach == InstanceReach.Day && _order.IsByStart;
        var (count, last) = (0, 0L);
        await foreach (var (found, start) in scan.RunAsync(collection.Key, collection.Scoped, reach, mayStop ? left.Start : null, cancellationToken))
        {
            if (count > query.Limit && start > last)
                return;
            if (busy.Seen(found, collection.Scoped) is not { Start: { } starts, End: { } ends } instance || starts.InstantFor(zone) is var startsAt && !range.Overlaps(startsAt, ends.InstantFor(zone)))
                continue;
            var placed = _order.Place(instance, startsAt.ToUnixTimeSeconds());
            if (!isAfter(placed))
                continue;
            Add(placed);
            if (mayStop)
                (count, last) = (count + 1, start);
        }
    }

    private IEnumerable<PlacedSummary> Expanded(EntryHead entry, string text, ScopedCollection scoped, TimeRange left)
    {
        IReadOnlyList<IndexedInstance> instances;
        try
        {
            instances = app.Expand(text, left, zone, _order.IsByStart ? query.Limit + MostBefore : MostOfOne);
        }
        catch (InvalidEntryException)
        {
            // Saved by a version that took it: one broken entry, not a broken answer.
            if (!BusyTime.Hides(entry.Summary, scoped))
                _unreadable++;
            return [];
        }
        return instances
            .Where(instance => range.Overlaps(instance.Start.InstantFor(zone), instance.End.InstantFor(zone)))
            .Select(instance => busy.Seen(
                entry.Summary with
                {
                    RecurrenceId = instance.RecurrenceId,
                    Title = instance.Title ?? entry.Summary.Title,
                    Detail = instance.Detail ?? entry.Summary.Detail,
                    Start = instance.Start,
                    End = instance.End,
                },
                scoped))
            .OfType<EntrySummary>()
            .Select(instance => _order.Place(instance));
    }
}
