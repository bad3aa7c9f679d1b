using Microsoft.Extensions.Options;
using MudBlazor.Services;
using PeerWeb.Identity;
using PeerWeb.Identity.Setup;
using PeerWeb.Shell.Stop;

namespace PeerWeb.Shell;

internal static class ShellSetup
{
    private const int HubMessageBytes = 32 * 1024;

    public static IServiceCollection AddShell(this IServiceCollection services)
    {
        services.AddRazorComponents().AddInteractiveServerComponents().AddHubOptions(hub => hub.MaximumReceiveMessageSize = HubMessageBytes);
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
        app.UseSecurityHeaders();
        app.UseExceptionHandler("/error", createScopeForErrors: true);
        app.UseStatusPages();
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
