using Microsoft.EntityFrameworkCore;
using PeerWeb.Shell;

namespace PeerWeb.Identity;

/// <summary>Which installation this is.</summary>
/// <param name="Id">Random, made at the first start; what peers store.</param>
/// <param name="Epoch">Starts at 1; a restore from a backup starts the next.</param>
public sealed record InstallationRecord(Guid Id, int Epoch);

internal sealed class InstallationRow
{
    /// <summary>Always 1: the table has one row.</summary>
    public int Only { get; init; } = 1;

    public required Guid Id { get; init; }

    public required int Epoch { get; init; }
}

/// <summary>Keeps the <see cref="InstallationRecord"/>.</summary>
public sealed class InstallationStore(IDbContextFactory<IdentityStore> stores) : IStartupStep
{
    public async Task<InstallationRecord> GetAsync(CancellationToken cancellationToken)
    {
        await using var store = await stores.CreateDbContextAsync(cancellationToken);
        return await store.Installation.Select(row => new InstallationRecord(row.Id, row.Epoch)).SingleAsync(cancellationToken);
    }

    async Task IStartupStep.RunAsync(CancellationToken cancellationToken)
    {
        await using var store = await stores.CreateDbContextAsync(cancellationToken);
        await store.Database.ExecuteSqlAsync($"""INSERT INTO "Installation" ("Only", "Id", "Epoch") VALUES (1, {Guid.NewGuid()}, 1) ON CONFLICT DO NOTHING""", cancellationToken);
    }
}
