using System.Data.Common;
using Microsoft.EntityFrameworkCore;

namespace PeerWeb.Core.Storage;

/// <summary>By a command that the connection prepares.</summary>
internal sealed class PostgresRowInsert : RowInsert
{
    private readonly DbCommand _command;
    private readonly DbParameter[] _parameters;
    private readonly bool _hasKey;

    public PostgresRowInsert(PostgresContext db, string table, IReadOnlyList<string> columns)
    {
        var entity = db.Model.GetEntityTypes().Single(type => type.GetTableName() == table);
        // A key that no column brings is the database's to give.
        var given = entity.FindPrimaryKey()?.Properties.Select(property => property.Name).Except(columns).SingleOrDefault();
        var names = string.Join(", ", columns.Select(column => $"\"{column}\""));
        var places = string.Join(", ", columns.Select(column => "@" + column));
        _command = InstanceTable.CommandOf(db, $"INSERT INTO \"{table}\" ({names}) VALUES ({places})" + (given is null ? string.Empty : $" RETURNING \"{given}\""));
        _parameters = [.. columns.Select(column => _command.Add(column))];
        _hasKey = given is not null;
    }

    /// <exception cref="DbException">The row breaks a constraint, or the database cannot take it.</exception>
    public override long Add(params ReadOnlySpan<ColumnValue> values)
    {
        for (var i = 0; i < values.Length; i++)
            _parameters[i].Value = (object?)values[i].Number ?? (object?)values[i].Truth ?? (object?)values[i].Text ?? DBNull.Value;
        if (_hasKey)
            return (long)(_command.ExecuteScalar() ?? throw new InvalidOperationException("The database gave the row no key."));
        _command.ExecuteNonQuery();
        return 0;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _command.Dispose();
    }
}
