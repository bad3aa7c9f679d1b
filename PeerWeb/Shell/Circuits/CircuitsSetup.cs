using Microsoft.AspNetCore.Components.Server;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Options;

namespace PeerWeb.Shell.Circuits;

/// <summary>What a browser may hold and send over its open connection.</summary>
internal static class CircuitsSetup
{
    /// <summary>Path of the connections, framework's own.</summary>
    public const string Path = "/_blazor";

    /// <summary>A larger message ends the connection it came by, and no other.</summary>
    public const int HubMessageBytes = 32 * 1024;

    public static IServiceCollection AddCircuits(this IServiceCollection services)
    {
        services.AddSingleton<CircuitSeats>();
        services.AddScoped<CircuitSeat>();
        services.AddScoped<CircuitHandler>(provider => provider.GetRequiredService<CircuitSeat>());
        services.Configure<CircuitOptions>(circuits =>
        {
            circuits.DetailedErrors = false;
            circuits.DisconnectedCircuitMaxRetained = 100;
            circuits.DisconnectedCircuitRetentionPeriod = TimeSpan.FromMinutes(3);
            circuits.JSInteropDefaultCallTimeout = TimeSpan.FromSeconds(30);
            circuits.MaxBufferedUnacknowledgedRenderBatches = 10;
        });
        return services;
    }

    public static void Limit(HubOptions hub)
    {
        hub.MaximumReceiveMessageSize = HubMessageBytes;
        hub.MaximumParallelInvocationsPerClient = 1;
        hub.StreamBufferCapacity = 10;
        hub.HandshakeTimeout = TimeSpan.FromSeconds(15);
        hub.ClientTimeoutInterval = TimeSpan.FromSeconds(30);
        hub.KeepAliveInterval = TimeSpan.FromSeconds(15);
        hub.EnableDetailedErrors = false;
    }

    /// <summary>A browser asks nobody before it opens a web socket for a page of another site, and sends the cookies of ours along where that site is a neighbour.</summary>
    public static IApplicationBuilder UseCircuitOrigins(this IApplicationBuilder app)
    {
        var own = app.ApplicationServices.GetRequiredService<IOptions<PeerWebOptions>>().Value.Endpoint.Authority;
        return app.Use((http, next) =>
        {
            if (!http.Request.Path.StartsWithSegments(Path, StringComparison.OrdinalIgnoreCase) || IsOurs(http.Request, own))
                return next(http);
            http.Response.StatusCode = StatusCodes.Status403Forbidden;
            return Task.CompletedTask;
        });
    }

    private static bool IsOurs(HttpRequest request, string own) =>
        request.Headers.Origin.ToString() is not { Length: > 0 } origin
        || (Uri.TryCreate(origin, UriKind.Absolute, out var from) && (from.Authority == own || from.Authority == request.Host.Value));
}
