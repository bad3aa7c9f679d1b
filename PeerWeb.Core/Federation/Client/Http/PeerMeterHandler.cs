namespace PeerWeb.Core.Federation.Client.Http;

/// <summary>Counts each attempt; stands inside of the retries and outside of everything that may refuse it.</summary>
public sealed class PeerMeterHandler(PeerMetrics metrics, string domain, TimeProvider clock) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var start = clock.GetTimestamp();
        try
        {
            var answer = await base.SendAsync(request, cancellationToken);
            metrics.Asked(
                domain, request.Method.Method, (int)answer.StatusCode, clock.GetElapsedTime(start),
                request.Content?.Headers.ContentLength ?? 0, answer.Content.Headers.ContentLength ?? 0);
            return answer;
        }
        catch (PeerUnavailableException unavailable)
        {
            metrics.AskedInVain(domain, request.Method.Method, unavailable.Reason.ToString(), clock.GetElapsedTime(start));
            throw;
        }
    }
}
