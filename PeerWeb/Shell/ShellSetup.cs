using Microsoft.Extensions.Options;
using MudBlazor.Services;
using PeerWeb.Core.Storage;
using PeerWeb.Identity;
using PeerWeb.Identity.Setup;
using PeerWeb.PeerApi;
using PeerWeb.Shell.Circuits;
using PeerWeb.Shell.Stop;

namespace PeerWeb.Shell;

internal static class ShellSetup
{
    public static IServiceCollection AddShell(this IServiceCollection services)
    {
        services.AddRazorComponents().AddInteractiveServerComponents().AddHubOptions(CircuitsSetup.Limit);
        services.AddCircuits();
        services.AddRateLimits();
        services.AddMudServices();
        services.AddFluxor(flux => flux.ScanAssemblies(typeof(ShellSetup).Assembly));
        return services;
    }

    /// <summary>What every request passes, in this order.</summary>
    public static WebApplication UseShell(this WebApplication app)
    {
        // What browsers speak is what is configured, also where a proxy ends TLS and speaks http to us.
        var scheme = app.Services.GetRequiredService<IOptions<PeerWebOptions>>().Value.Endpoint.Scheme;
        app.Use((context, next) =>
        {
            context.Request.Scheme = scheme;
            return next(context);
        });
        app.UseFarewell();
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            ExceptionHandlingPath = "/error",
            CreateScopeForErrors = true,
            StatusCodeSelector = failure => StoreFaults.In(failure) is { } unavailable ? StorageProblem.StatusOf(unavailable) : StatusCodes.Status500InternalServerError,
        });
        app.UseStatusPages();
        app.UseCircuitOrigins();
        app.UsePeerCallBoundary();
        app.UseRouting();
        app.UseFirstRun();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseRateLimiter();
        app.UseAntiforgery();
        return app;
    }

    public static WebApplication MapShell(this WebApplication app)
    {
        app.MapStaticAssets().AllowAnonymous();
        app.MapGet("/", () => TypedResults.LocalRedirect(ReturnUrl.Home)).RequireAuthorization();
        // Framing is refused by our own header.
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode(server => server.ContentSecurityFrameAncestorsPolicy = null);
        return app;
    }
}
