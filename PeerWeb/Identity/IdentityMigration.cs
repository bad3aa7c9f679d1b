using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using PeerWeb.Shell;

namespace PeerWeb.Identity;

/// <summary>Brings <c>identity.db</c> to the current schema; a file that has data is copied first.</summary>
internal sealed class IdentityMigration(IDbContextFactory<IdentityStore> stores, DataDirectory data) : IStartupStep
{
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        // Before SQLite makes it: its own files, and the journals beside it, take the mode of this one.
        data.EnsureFile(IdentityStore.FileName);
        await using var store = await stores.CreateDbContextAsync(cancellationToken);
        var applied = await store.Database.GetAppliedMigrationsAsync(cancellationToken);
        if (!(await store.Database.GetPendingMigrationsAsync(cancellationToken)).Any()) return;
        if (applied.LastOrDefault() is { } last)
        {
            var copy = data.PathOf($"identity-{last}.db");
            File.Delete(copy);
            await store.Database.ExecuteSqlAsync($"VACUUM INTO {data.EnsureFile(Path.GetFileName(copy))}", cancellationToken);
        }
        await store.Database.ExecuteSqlRawAsync("PRAGMA journal_mode = WAL", cancellationToken);
        await store.Database.MigrateAsync(cancellationToken);
    }
}

/// <summary>For <c>dotnet ef migrations add NAME --project PeerWeb --output-dir Identity/Migrations</c>.</summary>
internal sealed class IdentityStoreAtDesignTime : IDesignTimeDbContextFactory<IdentityStore>
{
    public IdentityStore CreateDbContext(string[] args) => new(new DbContextOptionsBuilder<IdentityStore>().UseSqlite("Data Source=design.db").Options);
}
