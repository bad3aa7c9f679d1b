using PeerWeb.Backups;
using PeerWeb.Core.Federation.Signing;
using PeerWeb.Core.Federation.Wire;

namespace PeerWeb.PeerApi.Signing;

/// <summary>Records each nonce once: of safe requests in memory, of the others in the ledger, in a commit before the handler runs.</summary>
public sealed class NonceRules(NonceCache cache, INonceLedger ledger, TimeProvider clock, RestoredSince? restored = null)
{
    /// <summary>Requests that change nothing, so that their nonces need not outlive the process.</summary>
    public static bool IsSafe(HttpRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return HttpMethods.IsGet(request.Method) || (HttpMethods.IsPost(request.Method) && request.Path == "/peer/v1/query");
    }

    /// <summary>Null where the nonce is fresh.</summary>
    internal async Task<RequestVerification.Refused?> RecordAsync(
        Guid peer, RequestVerification.Verified verified, bool safe, CancellationToken cancellationToken)
    {
        // What came since the backup is forgotten, its nonces too.
        if (verified.Created < restored?.At)
            return Restarted();
        if (!safe)
            return await ledger.TryBurnAsync(peer, verified.Nonce, clock.GetUtcNow() + NonceCache.KeepFor, cancellationToken) ? null : Replayed();
        return cache.Record(peer, verified.Nonce, verified.Created) switch
        {
            NonceOutcome.Fresh => null,
            NonceOutcome.Replayed => Replayed(),
            NonceOutcome.Full => new(PeerProblems.TooManyRequests, "This peer has sent too many requests within the last minutes."),
            NonceOutcome.Restarted => Restarted(),
        };
    }

    private static RequestVerification.Refused Restarted() => new(PeerProblems.Restarted, "The request was signed before this installation started; sign it anew.");

    private static RequestVerification.Refused Replayed() => new(PeerProblems.Replayed, "This very request has been received before.");
}
