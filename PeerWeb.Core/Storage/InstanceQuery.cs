using Microsoft.EntityFrameworkCore;
using NodaTime;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Primitives;
using PeerWeb.Core.Sharing;
using PeerWeb.Core.Storage.Rows;

namespace PeerWeb.Core.Storage;

/// <summary>Instances that overlap a range: from the instance table within the horizon, from the text beyond it.</summary>
internal sealed class InstanceQuery(PeerWebContext db, IApp app, EntryQuery query, TimeRange range, DateTimeZone zone)
{
    /// <summary>No zone is further from UTC than 14 hours: rows without an instant are fetched with that to spare and cut in the viewer's zone.</summary>
    private const long Spare = 14 * 3600;

    private readonly long _earliest = range.Start.ToUnixTimeSeconds() - Spare;
    private readonly long _latest = range.End.ToUnixTimeSeconds() + Spare;

    public async Task<IReadOnlyList<EntrySummary>> RunAsync(
        IReadOnlyList<(CollectionRow Row, ScopedCollection Scoped)> collections, CancellationToken cancellationToken)
    {
        var ids = collections.ToDictionary(pair => pair.Row.Key, pair => pair.Scoped.Id);
        var visible = VisibleEntries.Of(db, collections, query.Text);
        var summaries = new List<EntrySummary>();
        await foreach (var row in Materialised(visible, [.. ids.Keys]).AsAsyncEnumerable().WithCancellation(cancellationToken))
            AddIfInside(SummaryOf(row, ids[row.CollectionKey]), summaries);
        await foreach (var entry in BeyondHorizon(visible).AsAsyncEnumerable().WithCancellation(cancellationToken))
            summaries.AddRange(Expanded(entry, ids[entry.CollectionKey]));
        return summaries;
    }

    private IQueryable<Found> Materialised(IQueryable<EntryRow> visible, List<long> keys)
    {
        var (earliest, latest) = (_earliest, _latest);
        var (start, end) = (range.Start.ToUnixTimeSeconds(), range.End.ToUnixTimeSeconds());
        var lookBack = earliest - InstanceRow.LongAfter;
        return
            from instance in db.Instances
            join entry in visible on instance.EntryKey equals entry.Key
            where keys.Contains(instance.CollectionKey)
                && instance.Start < latest
                && (instance.IsLong || instance.Start >= lookBack)
                && instance.End >= earliest
                && entry.HorizonStart <= start && entry.HorizonEnd >= end
            select new Found(
                instance.CollectionKey, entry.Uid, entry.Epoch, entry.Sequence, instance.RecurrenceId, instance.Title ?? entry.Title,
                instance.Kind, instance.Start, instance.End, instance.LocalStart, instance.LocalEnd, instance.StartZone, instance.EndZone,
                entry.IsPrivate, instance.Detail ?? entry.Detail);
    }

    private IQueryable<EntryRow> BeyondHorizon(IQueryable<EntryRow> visible)
    {
        var (earliest, latest) = (_earliest, _latest);
        var (start, end) = (range.Start.ToUnixTimeSeconds(), range.End.ToUnixTimeSeconds());
        return visible.Where(entry =>
            (entry.HorizonStart > start || entry.HorizonEnd < end)
            && entry.FirstStart != null
            && entry.FirstStart < latest
            && (entry.LastEnd == null || entry.LastEnd >= earliest));
    }

    private IEnumerable<EntrySummary> Expanded(EntryRow entry, CollectionId id) =>
        from instance in app.Expand(entry.Text, range, zone, EntryQuery.MaxLimit + 1)
        select new EntrySummary(
            id, Uid.Parse(entry.Uid), TokenSeal.ETagOf(entry.Epoch, entry.Sequence), instance.RecurrenceId, instance.Title ?? entry.Title,
            instance.Start, instance.End, entry.IsPrivate, instance.Detail ?? entry.Detail);

    private void AddIfInside(EntrySummary summary, List<EntrySummary> summaries)
    {
        if (summary is { Start: { } start, End: { } end } && range.Overlaps(start.InstantFor(zone), end.InstantFor(zone)))
            summaries.Add(summary);
    }

    private static EntrySummary SummaryOf(Found row, CollectionId id) => new(
        id,
        Uid.Parse(row.Uid),
        TokenSeal.ETagOf(row.Epoch, row.Sequence),
        row.RecurrenceId.Length == 0 ? null : row.RecurrenceId,
        row.Title,
        InstanceTimes.TimeOf(row.Kind, row.Start, row.LocalStart, row.StartZone),
        InstanceTimes.TimeOf(row.Kind, row.End, row.LocalEnd, row.EndZone ?? row.StartZone),
        row.IsPrivate,
        row.Detail);

    private sealed record Found(
        long CollectionKey, string Uid, int Epoch, long Sequence, string RecurrenceId, string Title,
        TimeKind Kind, long Start, long End, long LocalStart, long LocalEnd, string? StartZone, string? EndZone,
        bool IsPrivate, string Detail);
}
