using Microsoft.Extensions.Options;

namespace PeerWeb.Shell;

internal static class SecurityHeaders
{
    /// <summary>Whole sensors and devices that no page of ours asks for.</summary>
    private const string NoDevices =
        "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), serial=(), usb=()";

    /// <summary>What browsers may do with our answers. Scripts come from files of ours only; styles may be inline, because MudBlazor writes its theme so.</summary>
    /// <remarks>Goes before everything that answers. Written when an answer starts, because an answer that fails half-way loses the fields it had.</remarks>
    public static IApplicationBuilder UseSecurityHeaders(this IApplicationBuilder app)
    {
        var options = app.ApplicationServices.GetRequiredService<IOptions<PeerWebOptions>>().Value;
        // Not every browser takes 'self' to include web sockets.
        var socket = $"{(options.IsSecure ? "wss" : "ws")}://{options.Endpoint.Authority}";
        var policy = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; "
            + $"connect-src 'self' {socket}; manifest-src 'self'; form-action 'self'; base-uri 'self'; frame-ancestors 'none'";
        return app.Use((http, next) =>
        {
            http.Response.OnStarting(() =>
            {
                Write(http.Response.Headers, policy, options.IsSecure);
                return Task.CompletedTask;
            });
            return next(http);
        });
    }

    private static void Write(IHeaderDictionary headers, string policy, bool isSecure)
    {
        headers.ContentSecurityPolicy = policy;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Permissions-Policy"] = NoDevices;
        if (isSecure) headers.StrictTransportSecurity = "max-age=31536000";
        // Assets say how long they hold; everything else is somebody's.
        if (headers.CacheControl.Count == 0) headers.CacheControl = "no-store";
    }
}
