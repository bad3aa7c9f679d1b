using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using PeerWeb.Identity;

namespace PeerWeb.Shell;

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
