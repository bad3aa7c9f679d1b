using System.Buffers;
using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace PeerWeb.Core.Storage;

/// <summary>By the statement itself: commands and parameters cost several times what SQLite takes for the row.</summary>
internal sealed class SqliteRowInsert : RowInsert
{
    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _statement;
    private byte[] _text = ArrayPool<byte>.Shared.Rent(4096);

    /// <exception cref="SqliteException">There is no such table or column.</exception>
    public SqliteRowInsert(SqliteConnection connection, string table, IReadOnlyList<string> columns)
    {
        _database = connection.Handle ?? throw new InvalidOperationException("The connection is not open.");
        var names = string.Join(", ", columns.Select(column => $"\"{column}\""));
        var places = string.Join(", ", columns.Select(_ => "?"));
        Check(raw.sqlite3_prepare_v2(_database, $"INSERT INTO \"{table}\" ({names}) VALUES ({places})", out _statement));
    }

    /// <exception cref="SqliteException">The row breaks a constraint, or the database cannot take it.</exception>
    public override long Add(params ReadOnlySpan<ColumnValue> values)
    {
        for (var i = 0; i < values.Length; i++)
            Check(Bind(i + 1, values[i]));
        var result = raw.sqlite3_step(_statement);
        var end = raw.sqlite3_reset(_statement);
        Check(result == raw.SQLITE_DONE ? end : result);
        return raw.sqlite3_last_insert_rowid(_database);
    }

    protected override void Dispose(bool disposing)
    {
        if (!disposing)
            return;
        _statement.Dispose();
        ArrayPool<byte>.Shared.Return(_text);
        _text = [];
    }

    private int Bind(int place, ColumnValue value)
    {
        if (value.Number is { } number)
            return raw.sqlite3_bind_int64(_statement, place, number);
        if (value.Truth is { } truth)
            return raw.sqlite3_bind_int64(_statement, place, truth ? 1 : 0);
        if (value.Text is not { } text)
            return raw.sqlite3_bind_null(_statement, place);
        var most = Encoding.UTF8.GetMaxByteCount(text.Length);
        if (most > _text.Length)
        {
            ArrayPool<byte>.Shared.Return(_text);
            _text = ArrayPool<byte>.Shared.Rent(most);
        }
        return raw.sqlite3_bind_text(_statement, place, _text.AsSpan(0, Encoding.UTF8.GetBytes(text, _text)));
    }

    private void Check(int result) => SqliteException.ThrowExceptionForRC(result, _database);
}
