using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;
using PeerWeb.Core.Federation.Wire;
using PeerWeb.PeerApi.Signing;
using PeerWeb.Shell;

namespace PeerWeb.PeerApi.Links;

/// <summary>Anyone may ask for a link, but not often: 20 requests a minute for each address.</summary>
internal sealed class LinkRequestLimit : IRateLimiterPolicy<UInt128>
{
    public const string Policy = "link-request";
    private const int PerMinute = 20;

    public Func<OnRejectedContext, CancellationToken, ValueTask>? OnRejected { get; } = async (rejected, cancellationToken) =>
    {
        rejected.HttpContext.Response.Headers.RetryAfter = "60";
        await PeerProblemWriter.WriteAsync(
            rejected.HttpContext, StatusCodes.Status429TooManyRequests, PeerProblems.TooManyRequests,
            "Too many link requests came from this address.", cancellationToken);
    };

    public RateLimitPartition<UInt128> GetPartition(HttpContext httpContext) => RateLimitPartition.GetFixedWindowLimiter(
        ClientAddress.KeyOf(httpContext.Connection.RemoteIpAddress),
        _ => new FixedWindowRateLimiterOptions { PermitLimit = PerMinute, Window = TimeSpan.FromMinutes(1) });
}
