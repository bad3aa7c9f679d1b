using Microsoft.Extensions.Options;

namespace PeerWeb.Shell;

internal static class SecurityHeaders
{
    /// <summary>What browsers may do with our answers. Scripts come from files of ours only; styles may be inline, because MudBlazor writes its theme so.</summary>
    public static IApplicationBuilder UseSecurityHeaders(this IApplicationBuilder app)
    {
        var options = app.ApplicationServices.GetRequiredService<IOptions<PeerWebOptions>>().Value;
        // Not every browser takes 'self' to include web sockets.
        var socket = $"{(options.IsSecure ? "wss" : "ws")}://{options.Endpoint.Authority}";
        var policy = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; "
            + $"connect-src 'self' {socket}; manifest-src 'self'; form-action 'self'; base-uri 'self'; frame-ancestors 'none'";
        return app.Use((http, next) =>
        {
            var headers = http.Response.Headers;
            headers.ContentSecurityPolicy = policy;
            headers.XContentTypeOptions = "nosniff";
            headers.XFrameOptions = "DENY";
            headers["Referrer-Policy"] = "same-origin";
            headers["Cross-Origin-Opener-Policy"] = "same-origin";
            if (options.IsSecure) headers.StrictTransportSecurity = "max-age=31536000";
            return next(http);
        });
    }
}
