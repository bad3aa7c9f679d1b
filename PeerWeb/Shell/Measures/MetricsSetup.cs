using System.Net;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using PeerWeb.Core.Federation;
using PeerWeb.Core.Storage;

namespace PeerWeb.Shell.Measures;

/// <summary>Hands out the numbers that the product keeps, where somebody asked for them: at an address of their own for Prometheus, or by OTLP. Otherwise nothing listens, and keeping them costs next to nothing.</summary>
internal static class MetricsSetup
{
    /// <summary>Of OpenTelemetry's specification; its other variables count too.</summary>
    private const string OtlpEndpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    private static readonly string[] Meters =
    [
        PeerMetrics.MeterName, StoreMetrics.MeterName,
        "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "Microsoft.AspNetCore.Components.Server.Circuits", "System.Runtime",
    ];

    public static IServiceCollection AddMetricsExport(this IServiceCollection services, IConfiguration configuration)
    {
        var (isScraped, isSent) = (!string.IsNullOrEmpty(configuration["PeerWeb:Metrics"]), !string.IsNullOrEmpty(configuration[OtlpEndpoint]));
        if (!isScraped && !isSent)
            return services;
        services.AddHostedService<OutboxSampling>();
        services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService("peerweb"))
            .WithMetrics(metrics =>
            {
                metrics.AddMeter(Meters);
                if (isScraped)
                    metrics.AddPrometheusExporter(prometheus => prometheus.ScrapeResponseCacheDurationMilliseconds = 1000);
                if (isSent)
                    metrics.AddOtlpExporter();
            });
        return services;
    }

    /// <summary>Goes first: what comes in at the address of the metrics reaches nothing else, whatever host it names.</summary>
    public static WebApplication UseMetricsExport(this WebApplication app)
    {
        if (app.Configuration["PeerWeb:Metrics"] is not { Length: > 0 } address || !IPEndPoint.TryParse(address, out var place))
            return app;
        app.MapWhen(context => context.Connection.LocalPort == place.Port, branch =>
        {
            branch.UseOpenTelemetryPrometheusScrapingEndpoint("/metrics");
            branch.Run(context =>
            {
                context.Response.StatusCode = StatusCodes.Status404NotFound;
                return Task.CompletedTask;
            });
        });
        return app;
    }
}
