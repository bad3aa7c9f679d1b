using System.Net.Mime;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using PeerWeb.Identity;

namespace PeerWeb.Shell.Ready;

internal static class Health
{
    /// <summary>Peers are not among the checks: what another installation does never makes this one unready.</summary>
    public static IServiceCollection AddHealth(this IServiceCollection services)
    {
        services.AddHealthChecks()
            .AddCheck<EntryDatabaseHealth>("entries").AddCheck<IdentityStoreHealth>("identity").AddCheck<DataDirectoryHealth>("data").AddCheck<InstanceHealth>("instances");
        services.AddSingleton<HealthAnswers>();
        return services;
    }

    /// <summary><c>/health/live</c>: the process answers. <c>/health/ready</c>: what it needs answers too. Both say one word, to anyone; who asks <c>/health/ready</c> for JSON reads more.</summary>
    public static IEndpointRouteBuilder MapHealth(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false }).AllowAnonymous();
        endpoints.MapMethods("/health/ready", [HttpMethods.Get, HttpMethods.Head], ReadyAsync).AllowAnonymous();
        return endpoints;
    }

    private static async Task ReadyAsync(HttpContext context, HealthAnswers answers)
    {
        var report = await answers.AskAsync(context.RequestAborted);
        context.Response.StatusCode = report.Status == HealthStatus.Unhealthy ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK;
        context.Response.Headers.CacheControl = "no-store";
        await WriteAsync(context, report);
    }

    /// <summary>Shares and states, never counts or names, nor what an exception says: anyone may ask.</summary>
    internal static Task WriteAsync(HttpContext context, HealthReport report)
    {
        var wantsJson = context.Request.GetTypedHeaders().Accept.Any(type => type.MediaType == MediaTypeNames.Application.Json);
        if (!wantsJson)
        {
            context.Response.ContentType = MediaTypeNames.Text.Plain;
            return context.Response.WriteAsync(report.Status.ToString());
        }
        return context.Response.WriteAsJsonAsync(new
        {
            status = report.Status.ToString(),
            checks = report.Entries.ToDictionary(entry => entry.Key, entry => new { status = entry.Value.Status.ToString(), description = DescriptionOf(entry.Value) }),
        });
    }

    // Of a check that threw, the framework makes the exception's text the description.
    private static string? DescriptionOf(HealthReportEntry entry) => entry.Exception is null ? entry.Description : "This cannot be looked at now; the log says why";
}
