using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace PeerWeb.Identity;

/// <summary>Whether the identity database answers.</summary>
internal sealed class IdentityStoreHealth(IDbContextFactory<IdentityStore> stores) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        await using var store = await stores.CreateDbContextAsync(cancellationToken);
        return await store.Database.CanConnectAsync(cancellationToken) ? HealthCheckResult.Healthy() : new(context.Registration.FailureStatus, "The database of users and keys does not open.");
    }
}
