using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using PeerWeb.Identity;

namespace PeerWeb.Shell;

/// <summary>Whether the identity database answers.</summary>
internal sealed class IdentityStoreHealth(IDbContextFactory<IdentityStore> stores) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        await using var store = await stores.CreateDbContextAsync(cancellationToken);
        return await store.Database.CanConnectAsync(cancellationToken) ? HealthCheckResult.Healthy() : new(context.Registration.FailureStatus, "identity.db does not open");
    }
}

internal static class Health
{
    public static IServiceCollection AddHealth(this IServiceCollection services)
    {
        services.AddHealthChecks().AddCheck<IdentityStoreHealth>("identity");
        return services;
    }

    /// <summary><c>/health/live</c>: the process answers. <c>/health/ready</c>: what it needs answers too. Both say one word, to anyone.</summary>
    public static IEndpointRouteBuilder MapHealth(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false }).AllowAnonymous();
        endpoints.MapHealthChecks("/health/ready").AllowAnonymous();
        return endpoints;
    }
}
