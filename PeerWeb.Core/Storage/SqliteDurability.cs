using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace PeerWeb.Core.Storage;

/// <summary>What SQLite forgets with every connection is said again on every one: a commit is on the disk, a busy database is waited for, references hold.</summary>
public sealed class SqliteDurability : DbConnectionInterceptor
{
    private const string Always = "PRAGMA synchronous=FULL; PRAGMA busy_timeout=10000; PRAGMA foreign_keys=ON;";

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        using var command = CommandFor(connection);
        command.ExecuteNonQuery();
    }

    public override async Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        await using var command = CommandFor(connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static DbCommand CommandFor(DbConnection connection)
    {
        var command = connection.CreateCommand();
        // EF Core looks for the database with a connection that may not write.
        command.CommandText = connection.ConnectionString.Contains("Mode=ReadOnly", StringComparison.Ordinal) ? Always : "PRAGMA journal_mode=WAL; " + Always;
        return command;
    }
}
