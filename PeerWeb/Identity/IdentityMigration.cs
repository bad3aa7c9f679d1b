using Microsoft.EntityFrameworkCore;
using PeerWeb.Shell;

namespace PeerWeb.Identity;

/// <summary>Brings the identity database to the current schema.</summary>
internal sealed class IdentityMigration(IDbContextFactory<IdentityStore> stores, DatabaseChoice database, DataDirectory data) : IStartupStep
{
    /// <summary>The migrations that this version has, the first first; asks no database.</summary>
    public IReadOnlyList<string> Known()
    {
        using var store = stores.CreateDbContext();
        return [.. store.Database.GetMigrations()];
    }

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        database.EnsureFiles();
        await using var store = await stores.CreateDbContextAsync(cancellationToken);
        var applied = await store.Database.GetAppliedMigrationsAsync(cancellationToken);
        if (!(await store.Database.GetPendingMigrationsAsync(cancellationToken)).Any()) return;
        await store.PrepareAsync(applied.LastOrDefault(), data, cancellationToken);
        await store.Database.MigrateAsync(cancellationToken);
    }
}

/// <summary>What was committed is in the file itself, without a journal beside it.</summary>
internal sealed class IdentityClosed(IDbContextFactory<IdentityStore> stores) : IStopStep
{
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await using var store = await stores.CreateDbContextAsync(cancellationToken);
        store.LetGo();
    }
}
