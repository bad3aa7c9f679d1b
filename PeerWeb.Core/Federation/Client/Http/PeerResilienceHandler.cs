using System.Globalization;
using System.Net;
using Polly;
using Polly.Retry;
using PeerWeb.Core.Federation.Wire;

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
                ShouldHandle = arguments => ValueTask.FromResult(
                    arguments.Context.Properties.TryGetValue(RequestKey, out var request) && MayRepeat(request) && IsPassing(arguments.Outcome)),
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
        outcome.Exception is PeerUnavailableException { Reason: UnavailableReason.Transport }
        || outcome.Result?.StatusCode == HttpStatusCode.ServiceUnavailable;

    private async Task<HttpResponseMessage> SendOnceAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (!_circuit.TryEnter()) throw Open();
        try
        {
            var answer = await base.SendAsync(request, cancellationToken);
            if (answer.StatusCode == HttpStatusCode.ServiceUnavailable) _circuit.Failed();
            else _circuit.Succeeded();
            return answer;
        }
        catch (PeerUnavailableException unavailable)
        {
            if (unavailable.Reason == UnavailableReason.BudgetSpent) _circuit.Abandoned();
            else _circuit.Failed();
            throw;
        }
        catch (OperationCanceledException)
        {
            _circuit.Abandoned();
            throw;
        }
    }

    private PeerUnavailableException Open() => new(UnavailableReason.CircuitOpen, string.Create(CultureInfo.InvariantCulture,
        $"The peer has not answered since {_circuit.OpenSince:yyyy-MM-dd HH:mm:ss} UTC and is asked again shortly."));
}
