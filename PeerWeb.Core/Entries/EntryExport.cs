using System.Runtime.CompilerServices;
using NodaTime;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Core.Entries;

/// <summary>Reads the entries of a collection one after the other, whole, for a file of them.</summary>
public static class EntryExport
{
    /// <summary>Entries read at once.</summary>
    private const int BatchSize = 200;

    /// <summary>Up to here the source says what is in a range; a longer one has too many instances of each series.</summary>
    private static readonly Duration LongestAsked = Duration.FromDays(2 * 366);

    /// <param name="source">As who exports; what is not for them is not there.</param>
    /// <param name="range">Only entries with an instance in it; null for all.</param>
    /// <param name="zone">In which dates and floating times are cut.</param>
    public static async IAsyncEnumerable<Entry> ReadAsync(
        IEntrySource source, IApp app, CollectionId collection, TimeRange? range, DateTimeZone zone, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var asked = range is { } days && days.End - days.Start <= LongestAsked ? range : null;
        // Only a range has entries more than once, and only as many as are in it.
        var seen = asked is null ? null : new HashSet<Uid>();
        var query = new EntryQuery
        {
            App = app.Id,
            Collections = [collection],
            Range = asked,
            Zone = zone.Id,
            Sort = asked is null ? EntrySort.Title : EntrySort.Start,
        };
        do
        {
            var page = await source.QueryAsync(query, cancellationToken);
            foreach (var uids in page.Entries.Select(entry => entry.Uid).Where(uid => seen?.Add(uid) ?? true).Chunk(BatchSize))
            {
                foreach (var entry in await source.ReadAsync(collection, uids, cancellationToken))
                {
                    if (asked is not null || range is not { } wanted || IsIn(app, entry, wanted, zone))
                        yield return entry;
                }
            }
            query = query with { Cursor = page.Next };
        }
        while (query.Cursor is not null);
    }

    /// <summary>What cannot be expanded is not left out without a word.</summary>
    private static bool IsIn(IApp app, Entry entry, TimeRange range, DateTimeZone zone)
    {
        try
        {
            return app.Expand(entry.Text, range, zone, limit: 1).Count > 0;
        }
        catch (InvalidEntryException)
        {
            return true;
        }
    }
}
