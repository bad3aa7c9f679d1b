using System.Data.Common;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Npgsql;
using PeerWeb.Tests.Storage;

namespace PeerWeb.Tests.Faults.Kills;

/// <summary>What the installations that are killed keep their data in.</summary>
/// <param name="server">Null for files.</param>
internal sealed class KillPlace(PostgresServer? server) : IAsyncDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("peerweb-kills-");

    /// <summary>Null for files.</summary>
    public PostgresServer? Server => server;

    public static KillPlace Sqlite() => new(server: null);

    public static async Task<KillPlace> PostgresAsync() => new(await PostgresServer.StartNewAsync(isDurable: true));

    /// <summary>Settings of an installation of this name.</summary>
    public Dictionary<string, string?> SettingsOf(string name)
    {
        var settings = new Dictionary<string, string?> { ["PeerWeb:DataDirectory"] = Path.Combine(_directory.FullName, name) };
        if (server is null)
            return settings;
        settings["PeerWeb:Database"] = "Postgres";
        settings["PeerWeb:ConnectionString"] = server.ConnectionString;
        settings["PeerWeb:Schema"] = name;
        return settings;
    }

    /// <summary>The first column of each row, as text, by a connection that nobody uses again.</summary>
    public async Task<IReadOnlyList<string>> RowsAsync(string name, string query, CancellationToken cancellationToken)
    {
        await using var connection = Open(name);
        await connection.OpenAsync(cancellationToken);
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Queries of these tests.
        command.CommandText = query;
#pragma warning restore CA2100
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var rows = new List<string>();
        while (await reader.ReadAsync(cancellationToken))
            rows.Add(Convert.ToString(reader.GetValue(0), CultureInfo.InvariantCulture) ?? string.Empty);
        return rows;
    }

    public async Task<int> CountAsync(string name, string query, CancellationToken cancellationToken) =>
        int.Parse((await RowsAsync(name, query, cancellationToken)).Single(), CultureInfo.InvariantCulture);

    /// <summary>Everything that the database itself can check.</summary>
    /// <exception cref="InvalidOperationException">It is damaged.</exception>
    public async Task CheckAsync(string name, CancellationToken cancellationToken)
    {
        if (server is null)
        {
            string[] found = [.. await RowsAsync(name, "PRAGMA integrity_check", cancellationToken), .. await RowsAsync(name, "PRAGMA foreign_key_check", cancellationToken)];
            if (found is not ["ok"])
                throw new InvalidOperationException($"{name} is damaged: {string.Join(", ", found.Take(5))}");
            return;
        }
        // Each index is walked and compared with its table; what is wrong is an error.
        await RowsAsync(name, "CREATE EXTENSION IF NOT EXISTS amcheck SCHEMA public", cancellationToken);
        await RowsAsync(
            name,
            """
            SELECT public.bt_index_check(c.oid::regclass, true) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_am a ON a.oid = c.relam
            WHERE n.nspname = current_schema() AND c.relkind = 'i' AND a.amname = 'btree'
            """,
            cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (server is not null)
            await server.DisposeAsync();
        _directory.Delete(recursive: true);
    }

    private DbConnection Open(string name) => server is null
        ? new SqliteConnection($"Data Source={Path.Combine(_directory.FullName, name, "entries.db")};Pooling=False")
        : new NpgsqlConnection($"{server.ConnectionString};Pooling=false;Search Path={name}");
}
