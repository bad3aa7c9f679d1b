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

    private static readonly Compiled<Func<PeerWebContext, List<long>, IAsyncEnumerable<Head>>> HeadsOf = new(() =>
        EF.CompileAsyncQuery((PeerWebContext db, List<long> keys) => db.Entries.AsNoTracking().Where(entry => keys.Contains(entry.Key)).Select(entry => new Head
        {
            Key = entry.Key,
            Epoch = entry.Epoch,
            Sequence = entry.Sequence,
            Title = entry.Title,
            IsPrivate = entry.IsPrivate,
            Detail = entry.Detail,
            FirstStart = entry.FirstStart,
            TzdbVersion = entry.TzdbVersion,
        })));

    private static readonly Compiled<Func<PeerWebContext, List<long>, IAsyncEnumerable<InstanceRow>>> FirstOf = new(() =>
        EF.CompileAsyncQuery((PeerWebContext db, List<long> keys) =>
            (from entry in db.Entries
             join instance in db.Instances on entry.Key equals instance.EntryKey
             where keys.Contains(entry.Key) && instance.CollectionKey == entry.CollectionKey && instance.Start == entry.FirstStart
             orderby instance.RecurrenceId
             select instance).AsNoTracking()));

    /// <returns>At most one more than the limit, so that the caller sees whether there is a next page.</returns>
    public async Task<IReadOnlyList<PlacedSummary>> RunAsync(
        IReadOnlyList<(CollectionRow Row, ScopedCollection Scoped)> collections, CancellationToken cancellationToken)
    {
        var scan = new ListingScan(db, query);
        var page = new List<PlacedListing>();
        foreach (var (row, scoped) in collections.Where(pair => pair.Scoped.CanRead))
            await scan.ReadAsync(row.Key, scoped, page, cancellationToken);
        page.Sort(scan);
        if (page.Count > query.Limit + 1)
            page.RemoveRange(query.Limit + 1, page.Count - query.Limit - 1);

        var keys = page.ConvertAll(listing => listing.EntryKey);
        var heads = await HeadsOf.For(db)(db, keys).ToDictionaryAsync(head => head.Key, comparer: null, cancellationToken);
        var times = await TimesOfAsync(heads.Values, cancellationToken);
        return page.ConvertAll(listing => new PlacedSummary(
            listing.Start, listing.Title, SummaryOf(listing, heads[listing.EntryKey], times.GetValueOrDefault(listing.EntryKey))));
    }

    private static EntrySummary SummaryOf(PlacedListing listing, Head head, (EntryTime Start, EntryTime End)? times) => new(
        listing.Collection, listing.Uid, TokenSeal.ETagOf(head.Epoch, head.Sequence), RecurrenceId: null,
        head.Title, times?.Start, times?.End, head.IsPrivate, head.Detail);

    /// <summary>Of first instances: from the table where it holds them and is still right, else from the text.</summary>
    private async Task<Dictionary<long, (EntryTime Start, EntryTime End)?>> TimesOfAsync(IEnumerable<Head> heads, CancellationToken cancellationToken)
    {
        var timed = heads.Where(head => head.FirstStart is not null).ToDictionary(head => head.Key);
        var times = new Dictionary<long, (EntryTime, EntryTime)?>();
        var fresh = timed.Values.Where(head => head.TzdbVersion == tzdb.Value).Select(head => head.Key).ToList();
        if (fresh.Count > 0)
        {
            await foreach (var first in FirstOf.For(db)(db, fresh).WithCancellation(cancellationToken))
            {
                times.TryAdd(first.EntryKey, (
                    InstanceTimes.TimeOf(first.Kind, first.Start, first.LocalStart, first.StartZone),
                    InstanceTimes.TimeOf(first.Kind, first.End, first.LocalEnd, first.EndZone ?? first.StartZone)));
            }
        }
        foreach (var keys in timed.Keys.Where(key => !times.ContainsKey(key)).ToList().Chunk(500))
        {
            var texts = db.Entries.AsNoTracking().Where(entry => keys.Contains(entry.Key)).Select(entry => new { entry.Key, entry.Text });
            await foreach (var row in texts.AsAsyncEnumerable().WithCancellation(cancellationToken))
                times[row.Key] = TimesIn(row.Text, timed[row.Key].FirstStart ?? 0);
        }
        return times;
    }

    private (EntryTime Start, EntryTime End)? TimesIn(string text, long seconds)
    {
        var around = Instant.FromUnixTimeSeconds(seconds);
        if (!TimeRange.TryCreate(around - Spare, around + Spare, out var range))
            return null;
        try
        {
            return app.Expand(text, range, zone, 1) is [var instance, ..] ? (instance.Start, instance.End) : null;
        }
        catch (InvalidEntryException)
        {
            // Saved by a version that took it: it shows, without its time.
            return null;
        }
    }

    /// <summary>What a summary takes from the entry's row: all but its text.</summary>
    private sealed class Head
    {
        public required long Key { get; init; }

        public required int Epoch { get; init; }

        public required long Sequence { get; init; }

        public required string Title { get; init; }

        public required bool IsPrivate { get; init; }

        public required string Detail { get; init; }

        public required long? FirstStart { get; init; }

        public required string TzdbVersion { get; init; }
    }
}
