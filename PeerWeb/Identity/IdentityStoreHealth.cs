using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using PeerWeb.Core.Storage;
using PeerWeb.Shell;

namespace PeerWeb.Identity;

/// <summary>Whether the database of users and keys is there and answers.</summary>
internal sealed class IdentityStoreHealth(IDbContextFactory<IdentityStore> stores, DatabaseChoice choice) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (choice.Identity is DatabasePlace.Sqlite { File: var file } && !File.Exists(file))
            return HealthCheckResult.Unhealthy("The database of users and keys is gone");
        await using var store = await stores.CreateDbContextAsync(cancellationToken);
        return await store.SigningKeys.AnyAsync(cancellationToken) ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy("The database of users and keys is empty");
    }
}
