using System.Data.Common;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Npgsql;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Core.Storage.Copies;

/// <summary>Looks at a database as it lies there: read only, whatever version made it, without making it where it is missing.</summary>
public sealed class PlainDatabase : IAsyncDisposable
{
    private const string History = "__EFMigrationsHistory";

    private readonly DbConnection _connection;

    private PlainDatabase(DbConnection connection) => _connection = connection;

    private bool IsSqlite => _connection is SqliteConnection;

    /// <returns>Null where there is no such file or schema.</returns>
    /// <exception cref="DatabaseCopyException">It is there and does not open.</exception>
    public static async Task<PlainDatabase?> OpenAsync(DatabasePlace place, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(place);
        if (place is DatabasePlace.Sqlite { File: var file } && new FileInfo(file) is not { Exists: true, Length: > 0 })
            return null;
        var database = new PlainDatabase(Connection(place));
        try
        {
            await database._connection.OpenAsync(cancellationToken);
            await database.TextsAsync(place is DatabasePlace.Sqlite ? "PRAGMA query_only=ON" : "SET default_transaction_read_only = on", cancellationToken);
            if (place is not DatabasePlace.Postgres || await database.TextAsync("SELECT to_regnamespace(current_setting('search_path'))::text", cancellationToken) is not null)
                return database;
        }
        catch (Exception closed) when (closed is DbException or TimeoutException or System.Net.Sockets.SocketException)
        {
            await database.DisposeAsync();
            throw new DatabaseCopyException(closed.Message, closed);
        }
        await database.DisposeAsync();
        return null;
    }

    /// <summary>The migrations that were applied, the first first; none where it holds nothing yet.</summary>
    public async Task<IReadOnlyList<string>> MigrationsAsync(CancellationToken cancellationToken) =>
        await HasTableAsync(History, cancellationToken) ? await TextsAsync($"SELECT \"MigrationId\" FROM \"{History}\" ORDER BY \"MigrationId\"", cancellationToken) : [];

    /// <summary>Whose it is; null where nobody's yet, and in a database of users.</summary>
    public async Task<InstallationRecord?> InstallationAsync(CancellationToken cancellationToken)
    {
        if (!await HasTableAsync("installation", cancellationToken))
            return null;
        var id = await TextAsync("SELECT CAST(\"InstallationId\" AS text) FROM \"installation\"", cancellationToken);
        var epoch = await TextAsync("SELECT CAST(\"Epoch\" AS text) FROM \"installation\"", cancellationToken);
        return id is null || epoch is null ? null : new InstallationRecord(new InstallationId(Guid.Parse(id)), int.Parse(epoch, CultureInfo.InvariantCulture));
    }

    /// <summary>How many rows a table has; none where there is no such table.</summary>
    public async Task<long> CountAsync(string table, CancellationToken cancellationToken) =>
        await HasTableAsync(table, cancellationToken) && await TextAsync($"SELECT CAST(COUNT(*) AS text) FROM \"{table}\"", cancellationToken) is { } count
            ? long.Parse(count, CultureInfo.InvariantCulture)
            : 0;

    /// <summary>What is wrong with the file (<c>PRAGMA integrity_check</c>), or with how the server keeps text.</summary>
    /// <returns>Nothing where all is well.</returns>
    public async Task<IReadOnlyList<string>> ProblemsAsync(CancellationToken cancellationToken)
    {
        if (IsSqlite)
        {
            var found = await TextsAsync("PRAGMA integrity_check(10)", cancellationToken);
            return found is ["ok"] ? [] : found;
        }
        var problems = new List<string>();
        if (await TextAsync("SHOW server_encoding", cancellationToken) is var encoding && encoding != "UTF8")
            problems.Add($"The database's encoding is {encoding}, not UTF8.");
        if (await TextAsync("SHOW server_version_num", cancellationToken) is { } version && int.Parse(version, CultureInfo.InvariantCulture) < 150000)
            problems.Add($"The server is PostgreSQL {await TextAsync("SHOW server_version", cancellationToken)}; version 15 or later is needed.");
        return problems;
    }

    /// <summary>The provider's version, such as <c>SQLite 3.50.4</c>.</summary>
    public string Version => $"{(IsSqlite ? "SQLite" : "PostgreSQL")} {_connection.ServerVersion}";

    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    private static DbConnection Connection(DatabasePlace place) => place switch
    {
        // Whoever may only read a database with a journal leaves empty ones behind; who may write takes them away again.
        DatabasePlace.Sqlite sqlite => new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = sqlite.File, Mode = SqliteOpenMode.ReadWrite, Pooling = false }.ConnectionString),
        DatabasePlace.Postgres postgres => new NpgsqlConnection(
            new NpgsqlConnectionStringBuilder(postgres.ConnectionString) { SearchPath = postgres.Schema, Pooling = false, ApplicationName = "PeerWeb", Timeout = 10 }.ConnectionString),
        _ => throw new ArgumentOutOfRangeException(nameof(place)),
    };

    private async Task<bool> HasTableAsync(string table, CancellationToken cancellationToken) => await TextAsync(
        IsSqlite
            ? $"SELECT name FROM sqlite_master WHERE type = 'table' AND name = '{table}'"
            : $"SELECT to_regclass(quote_ident(current_schema()) || '.' || quote_ident('{table}'))::text",
        cancellationToken) is not null;

    private async Task<string?> TextAsync(string sql, CancellationToken cancellationToken) => (await TextsAsync(sql, cancellationToken)).FirstOrDefault();

    private async Task<List<string>> TextsAsync(string sql, CancellationToken cancellationToken)
    {
        try
        {
            await using var command = _connection.CreateCommand();
            command.CommandText = sql;
            // A large file is read from its first page to its last.
            command.CommandTimeout = 0;
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            var texts = new List<string>();
            while (await reader.ReadAsync(cancellationToken))
            {
                if (!await reader.IsDBNullAsync(0, cancellationToken))
                    texts.Add(reader.GetString(0));
            }
            return texts;
        }
        catch (DbException failed)
        {
            throw new DatabaseCopyException(failed.Message, failed);
        }
    }
}

/// <summary>A database could not be looked at, copied or put back; the message is for the admin.</summary>
public sealed class DatabaseCopyException(string reason, Exception? inner = null) : Exception(reason, inner);
