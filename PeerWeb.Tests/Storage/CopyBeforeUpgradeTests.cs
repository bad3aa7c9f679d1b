using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.DependencyInjection;
using PeerWeb.Core.Storage;
using PeerWeb.Core.Storage.Copies;
using PeerWeb.Identity;
using PeerWeb.Shell;
using PeerWeb.Tests.Shell;
using Xunit;

namespace PeerWeb.Tests.Storage;

public sealed class CopyBeforeUpgradeTests
{
    private const string Older = "20261123060828_Preferences";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Before_a_newer_version_changes_the_entries_they_are_copied_as_they_are()
    {
        var directory = Directory.CreateTempSubdirectory("peerweb-older-").FullName;
        var options = new DbContextOptionsBuilder<SqliteContext>();
        SqliteContext.Configure(options, new DatabasePlace.Sqlite(Path.Combine(directory, "entries.db")));
        await using (var older = new SqliteContext(options.Options))
        {
            await older.GetService<IMigrator>().MigrateAsync(Older, Cancel);
            older.Installation.Add(new() { InstallationId = Guid.NewGuid(), Epoch = 7, TokenKey = new byte[32] });
            await older.SaveChangesAsync(Cancel);
        }
        SqliteConnection.ClearAllPools();

        await using var installation = await TestInstallation.StartAsync(directory);

        await using var copy = await OpenAsync(Path.Combine(directory, $"entries-{Older}.db"));
        Assert.Equal(Older, (await copy.MigrationsAsync(Cancel))[^1]);
        Assert.Equal(7, (await copy.InstallationAsync(Cancel))?.Epoch);
        await using var now = await OpenAsync(Path.Combine(directory, "entries.db"));
        Assert.Equal(installation.Services.GetRequiredService<EntryDatabase>().KnownMigrations(), await now.MigrationsAsync(Cancel));
    }

    [Fact]
    public async Task The_copy_of_users_and_keys_is_whole_and_the_owners_only()
    {
        await using var installation = await TestInstallation.StartAsync();
        await installation.AddUserAsync("ada");
        await using (var store = installation.Services.GetRequiredService<IDbContextFactory<IdentityStore>>().CreateDbContext())
            await store.PrepareAsync("version", installation.Services.GetRequiredService<DataDirectory>(), Cancel);

        var file = Path.Combine(installation.Directory, "identity-version.db");
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        await using var copy = await OpenAsync(file);
        Assert.Equal((1, 1), (await copy.CountAsync("Users", Cancel), await copy.CountAsync("SigningKeys", Cancel)));
    }

    private static async Task<PlainDatabase> OpenAsync(string file)
    {
        var database = await PlainDatabase.OpenAsync(new DatabasePlace.Sqlite(file), Cancel) ?? throw new InvalidOperationException($"There is no {file}.");
        Assert.Empty(await database.ProblemsAsync(Cancel));
        return database;
    }
}
