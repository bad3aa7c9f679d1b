using System.Data.Common;
using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace PeerWeb.Core.Storage;

/// <summary>What SQLite forgets with every connection is said to every one: a commit is on the disk, a busy database is waited for, references hold, and a month's pages are kept.</summary>
/// <param name="busyTimeout">In milliseconds.</param>
public sealed class SqliteDurability(int busyTimeout) : DbConnectionInterceptor
{
    // 16 MiB at most, of the pages that were read: with the 2 MiB of SQLite itself a month of 2,000 entries is read from the file each time.
    // Up to 32 MiB wait in the journal: an import touches the same pages in each of its writes, and they go to their place once.
    private readonly string _always = string.Create(
        CultureInfo.InvariantCulture,
        $"PRAGMA synchronous=FULL; PRAGMA busy_timeout={busyTimeout}; PRAGMA foreign_keys=ON; PRAGMA wal_autocheckpoint=8000; PRAGMA cache_size=-16384;");

    // What a handle was told it keeps, and the pool hands out the same ones again.
    private readonly ConditionalWeakTable<SQLitePCL.sqlite3, object> _told = [];

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        if (connection is not SqliteConnection { Handle: { } handle } || _told.TryGetValue(handle, out _))
            return;
        using var command = CommandFor(connection);
        command.ExecuteNonQuery();
        _told.TryAdd(handle, _always);
    }

    public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        // SQLite answers at once or not at all.
        ConnectionOpened(connection, eventData);
        return Task.CompletedTask;
    }

    private DbCommand CommandFor(DbConnection connection)
    {
        var command = connection.CreateCommand();
        // EF Core looks for the database with a connection that may not write.
        command.CommandText = connection.ConnectionString.Contains("Mode=ReadOnly", StringComparison.Ordinal) ? _always : "PRAGMA journal_mode=WAL; " + _always;
        return command;
    }
}
