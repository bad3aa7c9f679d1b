using NodaTime;
using PeerWeb.Core.Calendars;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Bench.Data;

/// <summary>Questions about the last month of a <see cref="BenchCalendar"/>.</summary>
internal static class MonthQuery
{
    public static EntryQuery Of(CollectionId id) =>
        new() { App = CalendarApp.AppId, Collections = [id], Range = BenchCalendar.Month, Zone = BenchCalendar.ZoneId };

    public static async Task<IReadOnlyList<EntrySummary>> PagesAsync(IEntrySource source, EntryQuery query, CancellationToken cancellationToken)
    {
        var entries = new List<EntrySummary>();
        for (QueryCursor? cursor = null; ;)
        {
            var page = await source.QueryAsync(query with { Cursor = cursor }, cancellationToken);
            entries.AddRange(page.Entries);
            if ((cursor = page.Next) is null)
                return entries;
        }
    }

    /// <summary>From the third day of the month until so many instances are in the window.</summary>
    public static async Task<EntryQuery> WindowAsync(IEntrySource source, CollectionId id, int instances, CancellationToken cancellationToken)
    {
        var start = BenchCalendar.Month.Start + Duration.FromDays(2);
        var open = Of(id) with { Range = new TimeRange(start, start + Duration.FromDays(40)), Limit = instances };
        var last = (await source.QueryAsync(open, cancellationToken)).Entries[^1].Start?.Instant ?? throw new InvalidOperationException("The data set is zoned.");
        return open with { Range = new TimeRange(start, last) };
    }
}
