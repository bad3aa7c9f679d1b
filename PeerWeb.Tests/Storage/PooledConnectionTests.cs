using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PeerWeb.Cli;
using PeerWeb.Core.Storage;
using PeerWeb.Identity;
using PeerWeb.Shell;
using PeerWeb.Tests.Shell;
using Xunit;

namespace PeerWeb.Tests.Storage;

/// <summary>What each connection is set to, read back from connections of the pool: of entries and of identity, as the server and as the commands open them.</summary>
public sealed class PooledConnectionTests(PostgresCluster cluster)
{
    private static readonly string[] Sqlite = ["wal", "2", "1", "10000", "8000", "-16384"];

    private static readonly string[] Postgres = ["on", "10s", "read committed"];

    /// <summary>What somebody who had the connection before may have left behind.</summary>
    private const string Spoil = "SET synchronous_commit = off; SET lock_timeout = 0; SET default_transaction_isolation = 'serializable'";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Every_connection_to_sqlite_is_durable_patient_and_keeps_references(bool isServer)
    {
        await using var opened = await OpenAsync(isServer, []);
        await EachAsync(opened, async db => Assert.Equal(Sqlite, await ReadAsync(
            db, "journal_mode", "synchronous", "foreign_keys", "busy_timeout", "wal_autocheckpoint", "cache_size")));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Every_connection_to_postgresql_is_durable_and_patient_whatever_was_set_before(bool isServer)
    {
        var (connection, schema) = await cluster.NewSchemaAsync();
        await using var opened = await OpenAsync(isServer, new Dictionary<string, string?>
        {
            ["PeerWeb:Database"] = "Postgres",
            ["PeerWeb:ConnectionString"] = connection,
            ["PeerWeb:Schema"] = schema,
        });
        await EachAsync(opened, async db =>
        {
            Assert.Equal(Postgres, await db.Database.SqlQuery<string>(
                $"SELECT current_setting(name) AS \"Value\" FROM unnest(ARRAY['synchronous_commit', 'lock_timeout', 'default_transaction_isolation']) name").ToListAsync(Cancel));
            await db.Database.ExecuteSqlRawAsync(Spoil, Cancel);
        });
    }

    /// <summary>Twice as many at once as one after the other, so that some are new and some are used again.</summary>
    private static async Task EachAsync(Opened opened, Func<DbContext, Task> check)
    {
        for (var round = 0; round < 3; round++)
        {
            for (var together = 0; together < 2; together++)
            {
                await using var entries = await opened.Services.GetRequiredService<IDbContextFactory<PeerWebContext>>().CreateDbContextAsync(Cancel);
                await using var beside = await opened.Services.GetRequiredService<IDbContextFactory<PeerWebContext>>().CreateDbContextAsync(Cancel);
                await using var identity = await opened.Services.GetRequiredService<IDbContextFactory<IdentityStore>>().CreateDbContextAsync(Cancel);
                foreach (var db in new DbContext[] { entries, beside, identity })
                {
                    await db.Database.OpenConnectionAsync(Cancel);
                    await check(db);
                }
            }
            await using var scope = opened.Services.CreateAsyncScope();
            await check(scope.ServiceProvider.GetRequiredService<IdentityStore>());
            await using var read = await opened.Services.GetRequiredService<IDbContextFactory<PeerWebContext>>().CreateDbContextAsync(Cancel);
            await using (await read.BeginReadAsync(Cancel))
                await check(read);
        }
    }

    private static async Task<List<string>> ReadAsync(DbContext db, params string[] pragmas)
    {
        var read = new List<string>();
        foreach (var pragma in pragmas)
        {
            await using var command = db.Database.GetDbConnection().CreateCommand();
#pragma warning disable CA2100 // The names are those above.
            command.CommandText = "PRAGMA " + pragma;
#pragma warning restore CA2100
            await db.Database.OpenConnectionAsync(Cancel);
            read.Add(Convert.ToString(await command.ExecuteScalarAsync(Cancel), System.Globalization.CultureInfo.InvariantCulture) ?? string.Empty);
        }
        return read;
    }

    private static async Task<Opened> OpenAsync(bool isServer, Dictionary<string, string?> settings)
    {
        if (isServer)
        {
            var installation = await TestInstallation.StartAsync(settings: settings);
            return new Opened(installation.Services, installation);
        }
        var directory = Directory.CreateTempSubdirectory("peerweb-command-");
        // As Cli/CommandContext does.
        var host = Program.Build(new Dictionary<string, string?>(settings) { ["PeerWeb:DataDirectory"] = directory.FullName }, builder =>
        {
            CommandLine.Quiet(builder);
            builder.Logging.ClearProviders();
        });
        await host.Services.GetRequiredService<StartupSteps>().RunAsync(Cancel);
        return new Opened(host.Services, new Gone(host, directory));
    }

    private sealed record Opened(IServiceProvider Services, IAsyncDisposable Host) : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => Host.DisposeAsync();
    }

    private sealed record Gone(IAsyncDisposable Host, DirectoryInfo Directory) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await Host.DisposeAsync();
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            Directory.Delete(recursive: true);
        }
    }
}
