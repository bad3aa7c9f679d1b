using System.Runtime.CompilerServices;
using NodaTime;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Core.Entries;

/// <summary>Reads the entries of a collection one after the other, whole, for a file of them: each once, also while somebody writes.</summary>
public static class EntryExport
{
    /// <summary>Entries read at once.</summary>
    private const int BatchSize = 200;

    /// <summary>A feed that gives its own tokens up more often than that leads nowhere.</summary>
    private const int MostListings = 4;

    /// <summary>Up to here the source says what is in a range; a longer one has too many instances of each series.</summary>
    private static readonly Duration LongestAsked = Duration.FromDays(2 * 366);

    /// <param name="source">As who exports; what is not for them is not there.</param>
    /// <param name="range">Only entries with an instance in it; null for all.</param>
    /// <param name="zone">In which dates and floating times are cut.</param>
    /// <exception cref="IOException">The collection went away meanwhile, or its changes cannot be followed: what was read is not all.</exception>
    public static async IAsyncEnumerable<Entry> ReadAsync(
        IEntrySource source, IApp app, CollectionId collection, TimeRange? range, DateTimeZone zone, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var seen = new HashSet<Uid>();
        SyncToken? since = null;
        if (range is { } days && days.End - days.Start <= LongestAsked)
        {
            var query = new EntryQuery { App = app.Id, Collections = [collection], Range = days, Zone = zone.Id };
            do
            {
                var page = await source.QueryAsync(query, cancellationToken);
                // What is written from now on may move to a page that was read already.
                since ??= page.Slices.FirstOrDefault(slice => slice.Collection == collection)?.Token ?? throw Gone();
                await foreach (var entry in ReadAsync(source, collection, page.Entries.Select(entry => entry.Uid), seen, cancellationToken))
                {
                    seen.Add(entry.Uid);
                    yield return entry;
                }
                query = query with { Cursor = page.Next };
            }
            while (query.Cursor is not null);
        }
        await foreach (var uids in ListedAsync(source, collection, since, cancellationToken))
        {
            await foreach (var entry in ReadAsync(source, collection, uids, seen, cancellationToken))
            {
                if (range is { } wanted && !IsIn(app, entry, wanted, zone))
                    continue;
                seen.Add(entry.Uid);
                yield return entry;
            }
        }
    }

    /// <summary>What there is in the order in which it was written, so that what is written meanwhile comes at the end.</summary>
    /// <param name="since">Only what was written after that; null for all.</param>
    private static async IAsyncEnumerable<IEnumerable<Uid>> ListedAsync(
        IEntrySource source, CollectionId collection, SyncToken? since, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var listings = 0; listings < MostListings;)
        {
            switch (await source.ChangesAsync(collection, since, EntryQuery.MaxLimit, cancellationToken))
            {
                case ChangesAnswer.Page page:
                    yield return page.Changes.Where(change => change.ETag is not null).Select(change => change.Uid);
                    if (!page.HasMore)
                        yield break;
                    since = page.Token;
                    break;
                case ChangesAnswer.TokenGone:
                    // Rights were changed, or the log was pruned: what was read already is known.
                    (since, listings) = (null, listings + 1);
                    break;
                default:
                    throw Gone();
            }
        }
        throw new IOException("Its changes cannot be followed.");
    }

    private static async IAsyncEnumerable<Entry> ReadAsync(
        IEntrySource source, CollectionId collection, IEnumerable<Uid> uids, HashSet<Uid> seen, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var batch in uids.Distinct().Where(uid => !seen.Contains(uid)).Chunk(BatchSize))
        {
            foreach (var entry in await source.ReadAsync(collection, batch, cancellationToken))
                yield return entry;
        }
    }

    private static IOException Gone() => new("It is not there any more, or no longer shared.");

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
