using Npgsql;
using PeerWeb.Core.Storage;
using PeerWeb.Core.Storage.Copies;
using PeerWeb.Identity;
using PeerWeb.Tests.Storage;
using Xunit;

namespace PeerWeb.Tests.Backups;

public sealed class PostgresBackupTests(PostgresCluster cluster)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Two_schemas_and_a_key_ring_are_saved_and_come_back_in_one_transaction_as_a_new_epoch()
    {
        var place = await cluster.NewSchemaAsync();
        using var saved = new SavedInstallation(new Dictionary<string, string?>
        {
            ["PeerWeb:Database"] = "Postgres",
            ["PeerWeb:ConnectionString"] = place.ConnectionString,
            ["PeerWeb:Schema"] = place.Schema,
        });
        await saved.PrepareAsync("first");
        var later = await saved.StartAsync();
        await SavedInstallation.PutAsync(later, await SavedInstallation.CalendarAsync(later), "later");
        await SavedInstallation.StopAsync(later);
        var ring = Directory.GetFiles(Path.Combine(saved.Data, "keys"));

        Assert.Equal(1, (await saved.RestoreAsync()).Code);
        Directory.Delete(Path.Combine(saved.Data, "keys"), recursive: true);
        var report = (await saved.RestoreAsync(more: ["--force", "--output", "json"])).Succeeded().Json;

        await using var restored = await saved.StartAsync();
        Assert.Equal(["first"], await SavedInstallation.EventsAsync(restored));
        Assert.Equal(report.GetProperty("note").GetProperty("epoch").GetInt32(), await SavedInstallation.EpochAsync(restored));
        Assert.True(await SavedInstallation.EpochAsync(restored) > 1);
        Assert.Equal(ring, Directory.GetFiles(Path.Combine(saved.Data, "keys")));
        var before = report.GetProperty("before").EnumerateArray().Select(name => name.GetString() ?? "").ToList();
        Assert.Equal(2, before.Count);
        await using var kept = await PlainDatabase.OpenAsync(place with { Schema = before[0] }, Cancel);
        Assert.NotNull(kept);
        Assert.Equal((2, 1), (await kept.CountAsync("entries", Cancel), (await kept.InstallationAsync(Cancel))?.Epoch));
    }

    [Fact]
    public async Task A_dump_that_cannot_be_put_back_leaves_what_is_there()
    {
        var entries = await cluster.NewSchemaAsync();
        var copy = new PostgresCopy(entries, entries with { Schema = entries.Schema + PostgresIdentityStore.Suffix });
        await ExecuteAsync(entries, $"CREATE SCHEMA {entries.Schema}; CREATE TABLE {entries.Schema}.entries (a int); INSERT INTO {entries.Schema}.entries VALUES (1), (2); CREATE SCHEMA {copy.Identity.Schema}");
        var file = Path.GetTempFileName();
        try
        {
            await copy.TakeAsync(file, Cancel);
            await ExecuteAsync(entries, $"INSERT INTO {entries.Schema}.entries VALUES (3)");

            // The dump is read to its end; what is to be changed in it is not there.
            var failed = await Assert.ThrowsAsync<DatabaseCopyException>(() => copy.PutBackAsync(file, "20261123T120000Z", ["UPDATE installation SET a = 1"], [], Cancel));

            Assert.Contains("\"installation\" does not exist", failed.Message, StringComparison.Ordinal);
            await using var there = await PlainDatabase.OpenAsync(entries, Cancel);
            Assert.NotNull(there);
            Assert.Equal(3, await there.CountAsync("entries", Cancel));
            Assert.Null(await PlainDatabase.OpenAsync(entries with { Schema = $"{entries.Schema}_20261123t120000z_e" }, Cancel));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task A_password_goes_by_the_environment_and_never_by_the_arguments()
    {
        var place = new DatabasePlace.Postgres("Host=db.example;Port=5433;Username=peerweb;Password=hunter2;Database=groupware;SSL Mode=VerifyFull", "peerweb");
        // Any program that prints what it was given stands for pg_dump.
        using var process = PostgresTool.Start("env", place);
        process.StandardInput.Close();
        var lines = (await process.StandardOutput.ReadToEndAsync(Cancel)).Split('\n');

        Assert.Superset(new HashSet<string> { "PGHOST=db.example", "PGPORT=5433", "PGUSER=peerweb", "PGPASSWORD=hunter2", "PGDATABASE=groupware", "PGSSLMODE=verify-full" }, lines.ToHashSet());
        Assert.DoesNotContain("hunter2", string.Join(' ', process.StartInfo.ArgumentList), StringComparison.Ordinal);
        var missing = Assert.Throws<DatabaseCopyException>(() => PostgresTool.Start("pg_elephant", place));
        Assert.StartsWith("pg_elephant is not installed.", missing.Message, StringComparison.Ordinal);
    }

    private static async Task ExecuteAsync(DatabasePlace.Postgres place, string sql)
    {
        await using var connection = new NpgsqlConnection(place.ConnectionString);
        await connection.OpenAsync(Cancel);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(Cancel);
    }
}
