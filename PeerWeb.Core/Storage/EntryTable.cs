using System.Data.Common;
using PeerWeb.Core.Storage.Rows;

namespace PeerWeb.Core.Storage;

/// <summary>Writes new entries, and the log of what changed, by prepared statements as <see cref="InstanceTable"/> does: an import adds thousands, and nobody tracks them.</summary>
internal static class EntryTable
{
    private static readonly (string Name, Func<EntryRow, object?> Value)[] Columns =
    [
        (nameof(EntryRow.CollectionKey), row => row.CollectionKey), (nameof(EntryRow.Uid), row => row.Uid), (nameof(EntryRow.Epoch), row => row.Epoch),
        (nameof(EntryRow.Sequence), row => row.Sequence), (nameof(EntryRow.Text), row => row.Text), (nameof(EntryRow.Title), row => row.Title),
        (nameof(EntryRow.SortTitle), row => row.SortTitle), (nameof(EntryRow.SearchText), row => row.SearchText), (nameof(EntryRow.IsPrivate), row => row.IsPrivate),
        (nameof(EntryRow.Detail), row => row.Detail), (nameof(EntryRow.FirstStart), row => row.FirstStart), (nameof(EntryRow.LastEnd), row => row.LastEnd),
        (nameof(EntryRow.HorizonStart), row => row.HorizonStart), (nameof(EntryRow.HorizonEnd), row => row.HorizonEnd),
        (nameof(EntryRow.TzdbVersion), row => row.TzdbVersion), (nameof(EntryRow.CreatedAt), row => row.CreatedAt), (nameof(EntryRow.ModifiedAt), row => row.ModifiedAt),
    ];

    private static readonly (string Name, Func<ChangeRow, object?> Value)[] LogColumns =
    [
        (nameof(ChangeRow.CollectionKey), row => row.CollectionKey), (nameof(ChangeRow.Sequence), row => row.Sequence), (nameof(ChangeRow.Uid), row => row.Uid),
        (nameof(ChangeRow.WasPublicBefore), row => row.WasPublicBefore), (nameof(ChangeRow.WasPublicAfter), row => row.WasPublicAfter),
        (nameof(ChangeRow.Actor), row => row.Actor), (nameof(ChangeRow.IdempotencyKey), row => row.IdempotencyKey), (nameof(ChangeRow.At), row => row.At),
    ];

    private static readonly string Insert = InsertInto("entries", Columns.Select(column => column.Name)) + $" RETURNING \"{nameof(EntryRow.Key)}\"";
    private static readonly string InsertLog = InsertInto("changes", LogColumns.Select(column => column.Name));

    /// <summary>Gives each row the key that the database gave it.</summary>
    public static async Task InsertAsync(PeerWebContext db, IReadOnlyList<EntryRow> rows, CancellationToken cancellationToken)
    {
        await using var command = InstanceTable.CommandOf(db, Insert);
        var parameters = Columns.Select(column => command.Add(column.Name)).ToList();
        foreach (var row in rows)
        {
            Set(parameters, Columns, row);
            row.Key = (long)(await command.ExecuteScalarAsync(cancellationToken) ?? throw new InvalidOperationException("The database gave the entry no key."));
        }
    }

    public static async Task LogAsync(PeerWebContext db, IReadOnlyList<ChangeRow> rows, CancellationToken cancellationToken)
    {
        await using var command = InstanceTable.CommandOf(db, InsertLog);
        var parameters = LogColumns.Select(column => command.Add(column.Name)).ToList();
        foreach (var row in rows)
        {
            Set(parameters, LogColumns, row);
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    private static void Set<TRow>(List<DbParameter> parameters, (string Name, Func<TRow, object?> Value)[] columns, TRow row)
    {
        for (var i = 0; i < columns.Length; i++)
            parameters[i].Value = columns[i].Value(row) ?? DBNull.Value;
    }

    private static string InsertInto(string table, IEnumerable<string> columns) =>
        $"INSERT INTO \"{table}\" ({string.Join(", ", columns.Select(column => $"\"{column}\""))}) VALUES ({string.Join(", ", columns.Select(column => "@" + column))})";
}
