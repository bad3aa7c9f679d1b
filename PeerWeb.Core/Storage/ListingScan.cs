using System.Data.Common;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Primitives;
using PeerWeb.Core.Sharing;

namespace PeerWeb.Core.Storage;

/// <summary>Where an entry stands in a list.</summary>
/// <param name="Start">Unix seconds; <see cref="long.MaxValue"/> without time.</param>
internal readonly record struct PlacedListing(long EntryKey, CollectionId Collection, string Title, long Start, Uid Uid);

/// <summary>Reads the listings of one collection after the other: what a page may hold of it, in the order of the query.</summary>
internal sealed class ListingScan(PeerWebContext db, EntryQuery query) : IComparer<PlacedListing>
{
    private const string ByTitle = """ORDER BY l."SortTitle", l."Uid" """;

    private const string Start = """coalesce(l."FirstStart", 9223372036854775807)""";

    private readonly bool _isByStart = query.Sort == EntrySort.Start;

    /// <param name="into">Gets at most one more than the limit.</param>
    public async Task ReadAsync(long key, ScopedCollection scoped, List<PlacedListing> into, CancellationToken cancellationToken)
    {
        await using var command = InstanceTable.CommandOf(db, string.Empty);
        command.CommandText = $"""
            SELECT l."EntryKey", l."SortTitle", l."Uid", l."FirstStart" FROM "listings" AS l
            WHERE l."CollectionKey" = @collection{VisibleEntries.SqlForListings(command, query.Text)}{After(command, scoped.Id)}
            {(_isByStart ? $"ORDER BY {Start}, l.\"Uid\"" : ByTitle)} LIMIT @limit
            """;
        command.Add("collection", key);
        command.Add("private", scoped.SeesPrivate);
        command.Add("limit", (long)query.Limit + 1);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            into.Add(new PlacedListing(
                reader.Int64(0), scoped.Id, reader.Text(1), await reader.IsDBNullAsync(3, cancellationToken) ? long.MaxValue : reader.Int64(3), Uid.Parse(reader.Text(2))));
        }
    }

    public int Compare(PlacedListing x, PlacedListing y)
    {
        var byKey = _isByStart ? x.Start.CompareTo(y.Start) : Folding.Compare(x.Title, y.Title);
        if (byKey != 0)
            return byKey;
        var byCollection = x.Collection.CompareTo(y.Collection);
        return byCollection != 0 ? byCollection : x.Uid.CompareTo(y.Uid);
    }

    /// <summary>The part of the collection that the cursor leaves: by collection it goes before or after what has the same sort key.</summary>
    /// <exception cref="InvalidQueryException">The cursor is not one of this order.</exception>
    private string After(DbCommand command, CollectionId collection)
    {
        if (query.Cursor is not { } cursor)
            return string.Empty;
        command.Add("key", _isByStart ? QueryOrder.SecondsOf(cursor.SortKey) : cursor.SortKey);
        var key = _isByStart ? Start : "l.\"SortTitle\"";
        var side = collection.CompareTo(cursor.Collection);
        if (side != 0)
            return $" AND {key} {(side > 0 ? ">=" : ">")} @key";
        command.Add("uid", cursor.Uid.Value);
        return $" AND ({key}, l.\"Uid\") > (@key, @uid)";
    }
}
