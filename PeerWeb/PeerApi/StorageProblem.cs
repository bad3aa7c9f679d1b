using PeerWeb.Core.Entries;
using PeerWeb.Core.Federation.Wire;
using PeerWeb.PeerApi.Signing;

namespace PeerWeb.PeerApi;

/// <summary>A database that is full, busy or broken, as a problem: 507 or 503, which say that it is not the caller's fault and may be over soon.</summary>
internal static class StorageProblem
{
    /// <summary>Somebody has to make room, but a lock is gone with its writer.</summary>
    private static readonly TimeSpan BusyFor = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan BrokenFor = TimeSpan.FromSeconds(30);

    public static int StatusOf(StoreUnavailableException unavailable) =>
        unavailable.Fault == StoreFault.Full ? StatusCodes.Status507InsufficientStorage : StatusCodes.Status503ServiceUnavailable;

    public static Task WriteAsync(HttpContext context, StoreUnavailableException unavailable)
    {
        var slug = unavailable.Fault switch
        {
            StoreFault.Full => PeerProblems.StorageFull,
            StoreFault.Busy => PeerProblems.StorageBusy,
            StoreFault.Broken => PeerProblems.StorageBroken,
        };
        if (unavailable.Fault != StoreFault.Full)
            RetryAfter.Set(context.Response, unavailable.Fault == StoreFault.Busy ? BusyFor : BrokenFor);
        return PeerProblemWriter.WriteAsync(context, StatusOf(unavailable), slug, unavailable.Message, context.RequestAborted);
    }
}
