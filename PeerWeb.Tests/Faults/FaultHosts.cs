using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using PeerWeb.Core.Storage;
using PeerWeb.Tests.Federation.Hosts;
using PeerWeb.Tests.PeerApi.Links;
using PeerWeb.Tests.Storage;
using Xunit;

namespace PeerWeb.Tests.Faults;

/// <summary>Two installations, of which Acme's database can be filled up and held.</summary>
public abstract class FaultHosts : LinkedHosts
{
    /// <summary>Real time: a test waits for it.</summary>
    protected static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(100);

    private protected SmallDisk Disk { get; } = SmallDisk.Mount(24);

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <param name="left">Bytes that are left.</param>
    internal abstract Task FillAsync(int left);

    internal abstract Task FreeAsync();

    /// <summary>Another one writes, until this is disposed of.</summary>
    internal abstract Task<IAsyncDisposable> HoldAsync();

    /// <summary>Everything that the database itself can check about its own files.</summary>
    internal abstract Task AssertSoundAsync();

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await EndAsync();
        Disk.Dispose();
        GC.SuppressFinalize(this);
    }

    protected virtual ValueTask EndAsync() => ValueTask.CompletedTask;
}

/// <summary>Files on a small disk.</summary>
public sealed class SqliteFaultHosts : FaultHosts
{
    private string File => Disk.PathOf("acme/entries.db");

    private protected override HostOptions AcmeOptions(HostOptions options) => options with
    {
        Directory = Disk.PathOf("acme"),
        Configure = builder =>
        {
            Disk.Limit(builder);
            builder.Services.ConfigureDbContext<SqliteContext>(context => SqliteContext.Configure(context, new DatabasePlace.Sqlite(File) { LockTimeout = Patience }));
        },
    };

    internal override Task FillAsync(int left)
    {
        Disk.Fill(left);
        return Task.CompletedTask;
    }

    internal override Task FreeAsync()
    {
        Disk.Free();
        return Task.CompletedTask;
    }

    internal override async Task<IAsyncDisposable> HoldAsync()
    {
        var other = await OpenAsync();
        await using var command = other.CreateCommand();
        command.CommandText = "BEGIN IMMEDIATE";
        await command.ExecuteNonQueryAsync(Cancel);
        return other;
    }

    internal override async Task AssertSoundAsync()
    {
        await using var file = await OpenAsync();
        await using var command = file.CreateCommand();
        command.CommandText = "SELECT (SELECT group_concat(integrity_check) FROM pragma_integrity_check) || ' ' || (SELECT COUNT(*) FROM pragma_foreign_key_check)";
        Assert.Equal("ok 0", await command.ExecuteScalarAsync(Cancel));
    }

    private async Task<SqliteConnection> OpenAsync()
    {
        var connection = new SqliteConnection($"Data Source={File};Pooling=False");
        await connection.OpenAsync(Cancel);
        return connection;
    }
}

/// <summary>A server of its own with its tables on a small disk; where there is none, a trigger that says what a full disk says.</summary>
public sealed class PostgresFaultHosts : FaultHosts
{
    private const string Schema = "acme";

    private PostgresServer? _server;
    private bool _isAcme = true;

    internal PostgresServer Server => _server ?? throw new InvalidOperationException("Not started.");

    protected override async Task<IReadOnlyDictionary<string, string?>?> SettingsAsync()
    {
        if (!_isAcme)
            return null;
        _isAcme = false;
        _server = await PostgresServer.StartNewAsync(isDurable: true);
        if (Disk.IsMounted)
        {
            var tables = Directory.CreateDirectory(Disk.PathOf("tables")).FullName;
            await PostgresServer.OwnAsync(tables);
            await RunAsync($"CREATE TABLESPACE small LOCATION '{tables}'");
            await RunAsync("ALTER ROLE peerweb SET default_tablespace = small");
        }
        return new Dictionary<string, string?>
        {
            ["PeerWeb:Database"] = "Postgres",
            ["PeerWeb:ConnectionString"] = Server.ConnectionString,
            ["PeerWeb:Schema"] = Schema,
        };
    }

    private protected override HostOptions AcmeOptions(HostOptions options) => options with
    {
        Configure = builder => builder.Services.ConfigureDbContext<PostgresContext>(
            context => new DatabasePlace.Postgres(Server.ConnectionString, Schema) { LockTimeout = Patience }.Configure(context)),
    };

    internal override async Task FillAsync(int left)
    {
        Disk.Fill(left);
        if (Disk.IsMounted)
            return;
        await RunAsync(
            """
            CREATE FUNCTION acme.full() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'no space left' USING ERRCODE = '53100'; END $$;
            CREATE TRIGGER full BEFORE INSERT ON acme.entries EXECUTE FUNCTION acme.full()
            """);
    }

    internal override async Task FreeAsync()
    {
        Disk.Free();
        if (!Disk.IsMounted)
            await RunAsync("DROP FUNCTION acme.full CASCADE");
    }

    internal override async Task<IAsyncDisposable> HoldAsync()
    {
        var other = await OpenAsync();
        await using var command = other.CreateCommand();
        command.CommandText = "SELECT pg_advisory_lock(hashtextextended('peerweb.acme', 0))";
        await command.ExecuteNonQueryAsync(Cancel);
        return other;
    }

    internal override async Task AssertSoundAsync()
    {
        // Every index is walked and compared with its table.
        await RunAsync("CREATE EXTENSION IF NOT EXISTS amcheck");
        await RunAsync(
            """
            SELECT bt_index_check(c.oid::regclass, true) FROM pg_class c
            JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_am a ON a.oid = c.relam
            WHERE n.nspname = 'acme' AND c.relkind = 'i' AND a.amname = 'btree'
            """);
    }

    protected override ValueTask EndAsync() => _server?.DisposeAsync() ?? ValueTask.CompletedTask;

    private async Task RunAsync(string statement)
    {
        await using var connection = await OpenAsync();
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The statements are those above.
        command.CommandText = statement;
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync(Cancel);
    }

    private async Task<NpgsqlConnection> OpenAsync()
    {
        var connection = new NpgsqlConnection(Server.ConnectionString + ";Pooling=false");
        await connection.OpenAsync(Cancel);
        return connection;
    }
}
