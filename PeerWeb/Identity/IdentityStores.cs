using Microsoft.EntityFrameworkCore;
using PeerWeb.Core.Storage;
using PeerWeb.Shell;

namespace PeerWeb.Identity;

/// <summary>Lets everything that needs users or keys ask for them, whichever database is chosen.</summary>
internal sealed class IdentityStores(DatabaseChoice choice, IServiceProvider services) : IDbContextFactory<IdentityStore>
{
    public IdentityStore CreateDbContext() => choice.Identity is DatabasePlace.Sqlite
        ? services.GetRequiredService<IDbContextFactory<SqliteIdentityStore>>().CreateDbContext()
        : services.GetRequiredService<IDbContextFactory<PostgresIdentityStore>>().CreateDbContext();
}
