using PeerWeb.Core.Storage.Rows;

namespace PeerWeb.Core.Storage;

/// <summary>Writes new entries, and the log of what changed, as <see cref="InstanceTable"/> does: an import adds thousands, and nobody tracks them.</summary>
internal static class EntryTable
{
    private static readonly string[] Columns =
    [
        nameof(EntryRow.CollectionKey), nameof(EntryRow.Uid), nameof(EntryRow.Epoch), nameof(EntryRow.Sequence), nameof(EntryRow.Title),
        nameof(EntryRow.SortTitle), nameof(EntryRow.IsPrivate), nameof(EntryRow.Detail), nameof(EntryRow.FirstStart), nameof(EntryRow.LastEnd),
        nameof(EntryRow.HorizonStart), nameof(EntryRow.HorizonEnd), nameof(EntryRow.TzdbVersion), nameof(EntryRow.CreatedAt), nameof(EntryRow.ModifiedAt),
        nameof(EntryRow.Text),
    ];

    private static readonly string[] LogColumns =
    [
        nameof(ChangeRow.CollectionKey), nameof(ChangeRow.Sequence), nameof(ChangeRow.Uid), nameof(ChangeRow.WasPublicBefore), nameof(ChangeRow.WasPublicAfter),
        nameof(ChangeRow.Actor), nameof(ChangeRow.IdempotencyKey), nameof(ChangeRow.At),
    ];

    /// <summary>Gives each row the key that the database gave it.</summary>
    public static void Insert(PeerWebContext db, IReadOnlyList<EntryRow> rows)
    {
        using var insert = db.InsertInto("entries", Columns);
        foreach (var row in rows)
        {
            row.Key = insert.Add(
                row.CollectionKey, row.Uid, row.Epoch, row.Sequence, row.Title,
                row.SortTitle, row.IsPrivate, row.Detail, row.FirstStart, row.LastEnd,
                row.HorizonStart, row.HorizonEnd, row.TzdbVersion, row.CreatedAt, row.ModifiedAt,
                row.Text);
        }
    }

    public static void Log(PeerWebContext db, IReadOnlyList<ChangeRow> rows)
    {
        using var insert = db.InsertInto("changes", LogColumns);
        foreach (var row in rows)
            insert.Add(row.CollectionKey, row.Sequence, row.Uid, row.WasPublicBefore, row.WasPublicAfter, row.Actor, row.IdempotencyKey, row.At);
    }
}
