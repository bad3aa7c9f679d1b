using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using PeerWeb.Core.Storage;
using PeerWeb.Shell;

namespace PeerWeb.Identity;

/// <summary>Users and private keys in a schema of their own, so that the entries' can be given to others without them.</summary>
internal sealed class PostgresIdentityStore(DbContextOptions<PostgresIdentityStore> options) : IdentityStore(options)
{
    /// <summary>What the name of the entries' schema is followed by.</summary>
    public const string Suffix = "_identity";

    internal override Task PrepareAsync(string? last, DataDirectory data, CancellationToken cancellationToken) => PostgresSchema.EnsureAsync(Database, cancellationToken);

    internal override Task LockUsersAsync(CancellationToken cancellationToken) =>
        Database.ExecuteSqlAsync($"LOCK TABLE \"Users\" IN SHARE ROW EXCLUSIVE MODE", cancellationToken);
}

/// <summary>For <c>dotnet ef migrations add NAME --project PeerWeb --context PostgresIdentityStore --output-dir Identity/Migrations/Postgres</c>.</summary>
internal sealed class PostgresIdentityStoreDesign : IDesignTimeDbContextFactory<PostgresIdentityStore>
{
    public PostgresIdentityStore CreateDbContext(string[] args)
    {
        var options = new DbContextOptionsBuilder<PostgresIdentityStore>();
        new DatabasePlace.Postgres("Host=/nowhere", "peerweb" + PostgresIdentityStore.Suffix).Configure(options);
        return new PostgresIdentityStore(options.Options);
    }
}
