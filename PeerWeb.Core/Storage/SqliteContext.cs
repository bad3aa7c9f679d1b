using Microsoft.EntityFrameworkCore;

namespace PeerWeb.Core.Storage;

public sealed class SqliteContext(DbContextOptions<SqliteContext> options) : PeerWebContext(options);

/// <summary>Lets everything that needs only the base context ask for it, whichever provider is configured.</summary>
public sealed class SqliteContextFactory(IDbContextFactory<SqliteContext> inner) : IDbContextFactory<PeerWebContext>
{
    public PeerWebContext CreateDbContext() => inner.CreateDbContext();

    public async Task<PeerWebContext> CreateDbContextAsync(CancellationToken cancellationToken) =>
        await inner.CreateDbContextAsync(cancellationToken);
}
