using PeerWeb.Core.Primitives;
using PeerWeb.Core.Storage.Rows;

namespace PeerWeb.Core.Storage;

/// <summary>Writes the rows that lists and searches read, in the transaction of the entries they are of; as <see cref="InstanceTable"/> does.</summary>
internal static class ListingTable
{
    private static readonly string[] Columns =
    [
        nameof(ListingRow.CollectionKey), nameof(ListingRow.SortTitle), nameof(ListingRow.Uid), nameof(ListingRow.EntryKey),
        nameof(ListingRow.IsPrivate), nameof(ListingRow.FirstStart), nameof(ListingRow.SearchText),
    ];

    /// <param name="entries">Rows that are saved, with their search text; they have none in the table.</param>
    public static void Insert(PeerWebContext db, IEnumerable<(EntryRow Entry, string SearchText)> entries)
    {
        var rows = entries.ToList();
        if (rows.Count == 0)
            return;
        // In the order of the table: each of its pages is visited once.
        rows.Sort((left, right) => Folding.Compare(left.Entry.SortTitle, right.Entry.SortTitle));
        using var insert = db.InsertInto("listings", Columns);
        foreach (var (entry, searchText) in rows)
            insert.Add(entry.CollectionKey, entry.SortTitle, entry.Uid, entry.Key, entry.IsPrivate, entry.FirstStart, searchText);
    }

    /// <param name="entries">As they were when their rows were written.</param>
    public static async Task DeleteAsync(PeerWebContext db, IReadOnlyCollection<ListingKey> entries, CancellationToken cancellationToken)
    {
        if (entries.Count == 0)
            return;
        await using var command = InstanceTable.CommandOf(
            db, "DELETE FROM \"listings\" WHERE \"CollectionKey\" = @collection AND \"SortTitle\" = @title AND \"Uid\" = @uid");
        var (collection, title, uid) = (command.Add("collection"), command.Add("title"), command.Add("uid"));
        foreach (var entry in entries)
        {
            (collection.Value, title.Value, uid.Value) = (entry.CollectionKey, entry.SortTitle, entry.Uid);
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }
}

/// <summary>Where the row of an entry is.</summary>
internal readonly record struct ListingKey(long CollectionKey, string SortTitle, string Uid)
{
    public static ListingKey Of(EntryRow entry) => new(entry.CollectionKey, entry.SortTitle, entry.Uid);
}
