using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using PeerWeb.Core.Primitives;
using PeerWeb.Core.Storage.Rows;

namespace PeerWeb.Core.Storage;

/// <summary>Which installation this is and which of its lives: a restore starts a new epoch.</summary>
public sealed record InstallationRecord(InstallationId Id, int Epoch);

/// <summary>Brings the entry database to this version and says whose it is.</summary>
public sealed class EntryDatabase(IDbContextFactory<PeerWebContext> contexts)
{
    /// <summary>Migrates, and makes the installation's id at the first start. To be called once, before anything else reads.</summary>
    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await db.EnsurePlaceAsync(cancellationToken);
        var applied = await db.Database.GetAppliedMigrationsAsync(cancellationToken);
        if (applied.LastOrDefault() is { } version && (await db.Database.GetPendingMigrationsAsync(cancellationToken)).Any())
            await db.CopyBeforeUpgradeAsync(version, cancellationToken);
        await db.Database.MigrateAsync(cancellationToken);
        await using var transaction = await db.BeginWriteAsync(cancellationToken);
        if (await db.Installation.AnyAsync(cancellationToken))
            return;
        db.Installation.Add(new InstallationRow { InstallationId = Guid.NewGuid(), Epoch = 1, TokenKey = RandomNumberGenerator.GetBytes(32) });
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>Lets go of the files of SQLite, whose journal is written to its place with that. To be called last; whoever asks again opens them again.</summary>
    public async Task CloseAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        db.LetGo();
    }

    /// <summary>The migrations that this version has, the first first; asks no database.</summary>
    public IReadOnlyList<string> KnownMigrations()
    {
        using var db = contexts.CreateDbContext();
        return [.. db.Database.GetMigrations()];
    }

    public async Task<InstallationRecord> InstallationAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var row = await db.Installation.AsNoTracking().SingleAsync(cancellationToken);
        return new InstallationRecord(new InstallationId(row.InstallationId), row.Epoch);
    }
}
