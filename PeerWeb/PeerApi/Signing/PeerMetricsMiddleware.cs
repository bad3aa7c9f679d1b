using PeerWeb.Core.Federation;

namespace PeerWeb.PeerApi.Signing;

/// <summary>A linked peer whose signature holds; a feature of its request, also where that is refused then.</summary>
/// <param name="Domain">Of the link.</param>
internal sealed record PeerCaller(string Domain);

/// <summary>Counts the requests of peers with all that answering them takes. What a stranger sends names nothing.</summary>
internal sealed class PeerMetricsMiddleware(RequestDelegate next, PeerMetrics metrics, TimeProvider time)
{
    private static readonly string[] Methods = [HttpMethods.Get, HttpMethods.Post, HttpMethods.Put, HttpMethods.Delete];

    public async Task InvokeAsync(HttpContext context)
    {
        if (!context.Request.Path.StartsWithSegments("/peer", StringComparison.OrdinalIgnoreCase))
        {
            await next(context);
            return;
        }
        var start = time.GetTimestamp();
        var received = context.Request.ContentLength ?? 0;
        try
        {
            await next(context);
        }
        finally
        {
            var caller = context.Features.Get<PeerCaller>();
            var method = Methods.Contains(context.Request.Method, StringComparer.Ordinal) ? context.Request.Method : "_OTHER";
            var route = (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText;
            metrics.Served(caller?.Domain, method, route, context.Response.StatusCode, time.GetElapsedTime(start), received, context.Response.ContentLength ?? 0);
        }
    }
}
