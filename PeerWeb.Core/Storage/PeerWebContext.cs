using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using PeerWeb.Core.Storage.Rows;

namespace PeerWeb.Core.Storage;

/// <summary>The entry database: collections, entries, change log, grants, peers, outbox. A provider derives from it and brings its own migrations.</summary>
/// <remarks>Each row maps itself in its own file; a context lives for one operation.</remarks>
public abstract class PeerWebContext(DbContextOptions options) : DbContext(options)
{
    internal DbSet<InstallationRow> Installation => Set<InstallationRow>();

    internal DbSet<CollectionRow> Collections => Set<CollectionRow>();

    internal DbSet<EntryRow> Entries => Set<EntryRow>();

    internal DbSet<ListingRow> Listings => Set<ListingRow>();

    internal DbSet<InstanceRow> Instances => Set<InstanceRow>();

    internal DbSet<ChangeRow> Changes => Set<ChangeRow>();

    internal DbSet<RevisionRow> Revisions => Set<RevisionRow>();

    internal DbSet<GrantRow> Grants => Set<GrantRow>();

    internal DbSet<CeilingRow> Ceilings => Set<CeilingRow>();

    internal DbSet<ReceivedWriteRow> ReceivedWrites => Set<ReceivedWriteRow>();

    internal DbSet<DraftRow> Drafts => Set<DraftRow>();

    internal DbSet<PreferenceRow> Preferences => Set<PreferenceRow>();

    /// <summary>One snapshot for everything read in it; never waits for a writer.</summary>
    public abstract Task<IDbContextTransaction> BeginReadAsync(CancellationToken cancellationToken);

    /// <summary>Takes the write lock first, so that what is decided in it still holds when it commits.</summary>
    public abstract Task<IDbContextTransaction> BeginWriteAsync(CancellationToken cancellationToken);

    /// <summary>Makes what migrations stand on, where it is missing.</summary>
    public virtual Task EnsurePlaceAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Keeps the database as it is beside itself, before a newer version changes it.</summary>
    /// <param name="version">The last migration that was applied.</param>
    public abstract Task CopyBeforeUpgradeAsync(string version, CancellationToken cancellationToken);

    /// <summary>Closes the connections that are kept for the next caller.</summary>
    public virtual void LetGo()
    {
    }

    /// <summary>Adds rows in the current transaction; the connection is open.</summary>
    internal abstract RowInsert InsertInto(string table, IReadOnlyList<string> columns);

    protected override void OnModelCreating(ModelBuilder modelBuilder) =>
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(PeerWebContext).Assembly);
}
