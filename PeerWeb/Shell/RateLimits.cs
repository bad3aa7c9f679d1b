using System.Globalization;
using System.Net;
using System.Threading.RateLimiting;
using PeerWeb.Shared;
using PeerWeb.Shell.Circuits;

namespace PeerWeb.Shell;

/// <summary>How often one caller may ask for what costs more than a page. Sign-in and link requests have limits of their own, and so has what comes unsigned to the peer API.</summary>
internal static class RateLimits
{
    /// <summary>Connections of one user: their seats, and as many again that are refused one or on their way out.</summary>
    public const int Connections = 2 * CircuitSeats.PerUser;

    /// <summary>Of <c>/health/ready</c> for each address; each is a look at the databases.</summary>
    public const int ReadinessPerMinute = 300;

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    public static IServiceCollection AddRateLimits(this IServiceCollection services) => services.AddRateLimiter(limiter =>
    {
        limiter.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        limiter.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(Everywhere);
        limiter.AddPolicy(Downloads.RateLimit, context => PerMinute(UserOf(context), Downloads.PerMinute));
        limiter.AddPolicy(Downloads.PictureRateLimit, context => PerMinute(UserOf(context), Downloads.PicturesPerMinute));
        limiter.OnRejected = (rejected, _) =>
        {
            var wait = rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var told) ? told : Window;
            rejected.HttpContext.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
            return ValueTask.CompletedTask;
        };
    });

    private static RateLimitPartition<string> Everywhere(HttpContext context)
    {
        var request = context.Request;
        // A web socket is one request as long as it is open.
        if (HttpMethods.IsGet(request.Method) && request.Path == CircuitsSetup.Path)
            return RateLimitPartition.GetConcurrencyLimiter($"circuits {UserOf(context)}", _ => new() { PermitLimit = Connections });
        if (request.Path == "/health/ready" && !IsMonitor(context))
            return PerMinute($"ready {ClientAddress.KeyOf(context.Connection.RemoteIpAddress)}", ReadinessPerMinute);
        return RateLimitPartition.GetNoLimiter("");
    }

    private static RateLimitPartition<string> PerMinute(string caller, int most) =>
        RateLimitPartition.GetFixedWindowLimiter(caller, _ => new() { PermitLimit = most, Window = Window });

    private static string UserOf(HttpContext context) => context.User.Identity?.Name ?? "";

    /// <summary>Asks from this machine, and not for somebody else: a flood that comes through the proxy must not make us look unready.</summary>
    private static bool IsMonitor(HttpContext context) =>
        context.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address)
        && !context.Request.Headers.ContainsKey("X-Forwarded-For") && !context.Request.Headers.ContainsKey("Forwarded");
}
