using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.Features;

namespace PeerWeb.Shell;

internal static class StatusPages
{
    /// <summary>Pages for people where an answer would have been bare. What programs ask for keeps its status and nothing else.</summary>
    public static IApplicationBuilder UseStatusPages(this IApplicationBuilder app) => app.UseStatusCodePages(ShowAsync);

    private static async Task ShowAsync(StatusCodeContext context)
    {
        var http = context.HttpContext;
        if (!IsForPeople(http.Request)) return;
        var (path, method, services) = (http.Request.Path, http.Request.Method, http.RequestServices);
        await using var scope = services.CreateAsyncScope();
        // Components refuse to render into a failed answer unless they are told that it is shown anew; those of the first run stay in its scope.
        http.Features.Set<IStatusCodeReExecuteFeature>(new StatusCodeReExecuteFeature { OriginalPathBase = http.Request.PathBase, OriginalPath = path });
        http.RequestServices = scope.ServiceProvider;
        http.Request.Path = http.Response.StatusCode == StatusCodes.Status404NotFound ? "/not-found" : "/error";
        // The page is only shown; the form that was refused must not reach it.
        http.Request.Method = HttpMethods.Get;
        http.SetEndpoint(null);
        http.Features.Get<IRouteValuesFeature>()?.RouteValues.Clear();
        try
        {
            await context.Next(http);
        }
        finally
        {
            (http.Request.Path, http.Request.Method, http.RequestServices) = (path, method, services);
            http.Features.Set<IStatusCodeReExecuteFeature>(null);
        }
    }

    /// <summary>Whether a browser shows the answer as a page.</summary>
    public static bool IsForPeople(HttpRequest request) =>
        request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase)
        && !request.Path.StartsWithSegments("/peer") && !request.Path.StartsWithSegments("/.well-known") && !request.Path.StartsWithSegments("/health");
}
