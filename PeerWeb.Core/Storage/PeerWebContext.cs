using Microsoft.EntityFrameworkCore;

namespace PeerWeb.Core.Storage;

/// <summary>The entry database: collections, entries, change log, grants, peers, outbox. A provider derives from it and brings its own migrations.</summary>
/// <remarks>Each row maps itself in its own file; a context lives for one operation.</remarks>
public abstract class PeerWebContext(DbContextOptions options) : DbContext(options)
{
    protected override void OnModelCreating(ModelBuilder modelBuilder) =>
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(PeerWebContext).Assembly);
}
