using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using PeerWeb.Shell;

namespace PeerWeb.Identity;

/// <summary>Users and private keys in a file of their own.</summary>
internal sealed class SqliteIdentityStore(DbContextOptions<SqliteIdentityStore> options) : IdentityStore(options)
{
    public const string FileName = "identity.db";

    /// <remarks>VACUUM INTO <c>identity-VERSION.db</c>.</remarks>
    internal override async Task PrepareAsync(string? last, DataDirectory data, CancellationToken cancellationToken)
    {
        if (last is not null)
        {
            var copy = data.PathOf($"identity-{last}.db");
            File.Delete(copy);
            await Database.ExecuteSqlAsync($"VACUUM INTO {data.EnsureFile(Path.GetFileName(copy))}", cancellationToken);
        }
        await Database.ExecuteSqlRawAsync("PRAGMA journal_mode = WAL", cancellationToken);
    }

    internal override void LetGo() => SqliteConnection.ClearPool((SqliteConnection)Database.GetDbConnection());

    /// <remarks>A transaction begins with the lock on the whole file.</remarks>
    internal override Task LockUsersAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}

/// <summary>For <c>dotnet ef migrations add NAME --project PeerWeb --context SqliteIdentityStore --output-dir Identity/Migrations/Sqlite</c>.</summary>
internal sealed class SqliteIdentityStoreDesign : IDesignTimeDbContextFactory<SqliteIdentityStore>
{
    public SqliteIdentityStore CreateDbContext(string[] args) => new(new DbContextOptionsBuilder<SqliteIdentityStore>().UseSqlite("Data Source=design.db").Options);
}
