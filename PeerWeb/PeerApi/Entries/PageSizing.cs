using PeerWeb.Core.Entries;
using PeerWeb.Core.Federation.Wire;

namespace PeerWeb.PeerApi.Entries;

/// <summary>Keeps a page of summaries below what one signed answer may hold: a page that came out too large is asked for again at half its length.</summary>
internal sealed class PageSizing(IEntrySource store)
{
    private const int MaxBytes = 900 * 1024;

    private const int MaxEntries = 2000;

    /// <param name="into">Gets a <see cref="WirePage"/> as it is sent.</param>
    public async Task QueryAsync(EntryQuery query, RentedBuffer into, CancellationToken cancellationToken)
    {
        // A limit that is none is the store's to refuse.
        var limit = query.Limit > EntryQuery.MaxLimit ? query.Limit : Math.Min(query.Limit, MaxEntries);
        while (true)
        {
            var page = WireMap.ToWire(await store.QueryAsync(limit < query.Limit ? query with { Limit = limit } : query, cancellationToken));
            PeerJson.Write(into, page);
            if (into.Length <= MaxBytes || page.Entries.Count <= 1)
                return;
            into.Clear();
            limit = page.Entries.Count / 2;
        }
    }
}
