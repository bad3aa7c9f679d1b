using System.Net;
using PeerWeb.Core.Federation.Budgets;
using PeerWeb.Core.Federation.Wire;
using PeerWeb.PeerApi.Signing;
using PeerWeb.Shell;

namespace PeerWeb.PeerApi;

/// <summary>What anyone may ask without a signature, for each address they come from: discovery, and calls of the peer API that will be refused.</summary>
/// <remarks>Signed calls never count here: behind a proxy all peers share one address, and a flood from there must not lock them out.</remarks>
internal sealed class UnsignedBudgets(TimeProvider clock)
{
    public const int PerMinute = 300;

    private const int MostAddresses = 10_000;

    private static readonly PeerBudgetOptions Limits = new() { RequestsPerMinute = PerMinute };

    private readonly Lock _gate = new();
    private readonly Dictionary<UInt128, PeerBudget> _budgets = [];
    private readonly PeerBudget _crowd = new(Limits, clock);

    public bool TryTake(IPAddress? address, out TimeSpan retryAfter) => Of(ClientAddress.KeyOf(address)).TryTake(0, out retryAfter);

    private PeerBudget Of(UInt128 address)
    {
        lock (_gate)
        {
            if (_budgets.TryGetValue(address, out var known))
                return known;
            if (_budgets.Count >= MostAddresses)
            {
                foreach (var idle in _budgets.Where(pair => pair.Value.IsFull).Select(pair => pair.Key).ToList())
                    _budgets.Remove(idle);
            }
            // So many at once is a flood; those who come on top share one budget.
            return _budgets.Count >= MostAddresses ? _crowd : _budgets[address] = new PeerBudget(Limits, clock);
        }
    }
}

internal static class UnsignedBudgetsSetup
{
    /// <summary>Goes before authentication, which refuses unsigned calls without counting them.</summary>
    public static IApplicationBuilder UseUnsignedBudgets(this IApplicationBuilder app) =>
        app.UseWhen(IsUnsigned, unsigned => unsigned.Use(async (HttpContext context, RequestDelegate next) =>
        {
            var budgets = context.RequestServices.GetRequiredService<UnsignedBudgets>();
            if (budgets.TryTake(context.Connection.RemoteIpAddress, out var retryAfter))
            {
                await next(context);
                return;
            }
            RetryAfter.Set(context.Response, retryAfter);
            await PeerProblemWriter.WriteAsync(
                context, StatusCodes.Status429TooManyRequests, PeerProblems.TooManyRequests, "Too many unsigned requests came from this address.", context.RequestAborted);
        }));

    private static bool IsUnsigned(HttpContext context) =>
        (context.Request.Path.StartsWithSegments("/peer", StringComparison.OrdinalIgnoreCase)
            || context.Request.Path.StartsWithSegments("/.well-known", StringComparison.OrdinalIgnoreCase))
        && !context.Request.Headers.ContainsKey(PeerHeaders.Signature);
}
