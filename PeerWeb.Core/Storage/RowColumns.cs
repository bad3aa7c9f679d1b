using System.Data.Common;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace PeerWeb.Core.Storage;

/// <summary>Columns of the row a reader is at, for what reads thousands: SQLite's reader makes three native calls of each value (is there a row, a value, and which), these make one.</summary>
internal static class RowColumns
{
    /// <param name="column">Of a column that is NOT NULL.</param>
    public static long Int64(this DbDataReader reader, int column) =>
        reader is SqliteDataReader { Handle: { } row } ? raw.sqlite3_column_int64(row, column) : reader.GetInt64(column);

    /// <param name="column">Of a column that is NOT NULL.</param>
    public static string Text(this DbDataReader reader, int column) => reader.TextOrNull(column) ?? throw new InvalidCastException($"Column {column} holds no text.");

    public static string? TextOrNull(this DbDataReader reader, int column)
    {
        if (reader is SqliteDataReader { Handle: { } row })
            return raw.sqlite3_column_text(row, column).utf8_to_string();
        return reader.IsDBNull(column) ? null : reader.GetString(column);
    }
}
