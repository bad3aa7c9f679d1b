using System.Runtime.CompilerServices;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Core.Entries;

/// <summary>Reads the entries of a collection one after the other, whole, for a file of them.</summary>
public static class EntryExport
{
    /// <summary>Entries read at once.</summary>
    private const int BatchSize = 200;

    /// <param name="source">As who exports; what is not for them is not there.</param>
    /// <param name="range">Only entries with an instance in it; null for all.</param>
    /// <param name="zone">IANA zone in which dates and floating times are cut.</param>
    public static async IAsyncEnumerable<Entry> ReadAsync(
        IEntrySource source, AppId app, CollectionId collection, TimeRange? range, string zone, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // Only a range has entries more than once, and only as many as are in it.
        var seen = range is null ? null : new HashSet<Uid>();
        QueryCursor? cursor = null;
        do
        {
            var page = await source.QueryAsync(
                new EntryQuery { App = app, Collections = [collection], Range = range, Zone = zone, Sort = range is null ? EntrySort.Title : EntrySort.Start, Cursor = cursor },
                cancellationToken);
            foreach (var uids in page.Entries.Select(entry => entry.Uid).Where(uid => seen?.Add(uid) ?? true).Chunk(BatchSize))
            {
                foreach (var entry in await source.ReadAsync(collection, uids, cancellationToken))
                    yield return entry;
            }
            cursor = page.Next;
        }
        while (cursor is not null);
    }
}
