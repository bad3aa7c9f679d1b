using System.Net;
using PeerWeb.Core.Federation.Wire;
using Polly;
using Polly.Retry;

namespace PeerWeb.Core.Federation.Client.Http;

/// <summary>Retries what may be repeated and leaves a dead peer alone; it stands outside of the signing, so that each attempt has its own nonce.</summary>
public sealed class PeerResilienceHandler : DelegatingHandler
{
    public const int MostRetries = 2;

    private const string QueryPath = "/peer/v1/query";

    private static readonly ResiliencePropertyKey<HttpRequestMessage> RequestKey = new("request");

    private readonly PeerCircuit _circuit;
    private readonly ResiliencePipeline<HttpResponseMessage> _retries;

    public PeerResilienceHandler(PeerCircuit circuit, TimeProvider clock)
    {
        _circuit = circuit;
        _retries = new ResiliencePipelineBuilder<HttpResponseMessage> { TimeProvider = clock }
            .AddRetry(new RetryStrategyOptions<HttpResponseMessage>
            {
                MaxRetryAttempts = MostRetries,
                BackoffType = DelayBackoffType.Exponential,
                Delay = TimeSpan.FromMilliseconds(100),
                MaxDelay = TimeSpan.FromSeconds(1),
                UseJitter = true,
                // Once the circuit is open nothing is sent any more, and the last failure says more than that.
                ShouldHandle = arguments => ValueTask.FromResult(
                    _circuit.OpenSince is null && arguments.Context.Properties.TryGetValue(RequestKey, out var request) && MayRepeat(request) && IsPassing(arguments.Outcome)),
            })
            .Build();
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var context = ResilienceContextPool.Shared.Get(cancellationToken);
        context.Properties.Set(RequestKey, request);
        try
        {
            return await _retries.ExecuteAsync(async attempt => await SendOnceAsync(request, attempt.CancellationToken), context);
        }
        catch (PeerUnavailableException last) when (!last.MayHaveArrived && request.Options.TryGetValue(PeerRequestOptions.EarlierMayHaveArrived, out _))
        {
            throw new PeerUnavailableException(last.Reason, last.Message, last) { MayHaveArrived = true };
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    /// <summary>Reads, and writes whose Idempotency-Key makes a repetition harmless.</summary>
    internal static bool MayRepeat(HttpRequestMessage request) =>
        request.Method == HttpMethod.Get
        || (request.Method == HttpMethod.Post && request.RequestUri?.AbsolutePath.EndsWith(QueryPath, StringComparison.Ordinal) == true)
        || request.Headers.Contains(PeerHeaders.IdempotencyKey)
        || request.Options.TryGetValue(PeerRequestOptions.IdempotencyKey, out _);

    private static bool IsPassing(Outcome<HttpResponseMessage> outcome) =>
        outcome.Exception is PeerUnavailableException { Reason: UnavailableReason.Transport or UnavailableReason.NotConnected }
        || outcome.Result?.StatusCode == HttpStatusCode.ServiceUnavailable;

    private async Task<HttpResponseMessage> SendOnceAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (!_circuit.TryEnter()) throw Open();
        try
        {
            var answer = await base.SendAsync(request, cancellationToken);
            if (answer.StatusCode != HttpStatusCode.ServiceUnavailable)
            {
                _circuit.Succeeded();
                return answer;
            }
            _circuit.Failed();
            request.Options.Set(PeerRequestOptions.EarlierMayHaveArrived, true);
            return answer;
        }
        catch (PeerUnavailableException unavailable)
        {
            if (unavailable.Reason == UnavailableReason.BudgetSpent) _circuit.Abandoned();
            else _circuit.Failed();
            if (unavailable.MayHaveArrived) request.Options.Set(PeerRequestOptions.EarlierMayHaveArrived, true);
            throw;
        }
        catch (OperationCanceledException)
        {
            _circuit.Abandoned();
            throw;
        }
    }

    private static PeerUnavailableException Open() =>
        new(UnavailableReason.CircuitOpen, "The peer did not answer several times in a row; it is asked again shortly.");
}
