using PeerWeb.Core.Federation.Budgets;
using PeerWeb.Core.Federation.Signing;

namespace PeerWeb.Core.Federation.Client.Http;

/// <summary>A peer to talk to.</summary>
/// <param name="Endpoint">Its configured base address.</param>
/// <param name="Domain">What requests to it name as destination.</param>
/// <param name="Keys">Asked with every answer, so that a new key counts at once and an old one no longer.</param>
public sealed record PeerTarget(Uri Endpoint, string Domain, PeerKeys Keys);

/// <summary>A client to one peer with its breaker; made once for a peer and kept.</summary>
public sealed record PeerConnection(HttpClient Client, PeerCircuit Circuit) : IDisposable
{
    public void Dispose() => Client.Dispose();
}

/// <summary>Puts the handlers of a client together: resilience outside, then counting, the budget, signing, then deadline and cap, then the guarded sockets.</summary>
/// <param name="metrics">Null where nobody counts.</param>
public sealed class PeerHttpClientFactory(PeerHttpOptions options, TimeProvider clock, PeerMetrics? metrics = null)
{
    /// <summary>How names become addresses where it is not the system's way.</summary>
    internal HostResolver? Resolve { get; init; }

    /// <summary>A signing client, which throws <see cref="PeerUnavailableException"/> for everything but a validly signed answer.</summary>
    public PeerConnection Create(PeerTarget target, SigningKey key) => Create(target, key, Sockets());

    /// <summary>A client without signatures, for discovery: the same guard, deadline and cap.</summary>
    public HttpClient CreatePlain() => Client(Body(Sockets()));

    internal PeerConnection Create(PeerTarget target, SigningKey key, HttpMessageHandler innermost)
    {
        ArgumentNullException.ThrowIfNull(target);
        var circuit = new PeerCircuit(clock);
        var signing = new PeerSigningHandler(key, target.Domain, target.Keys, clock) { InnerHandler = Body(innermost) };
        HttpMessageHandler attempt = new PeerBudgetHandler(new PeerBudget(options.Budget, clock)) { InnerHandler = signing };
        if (metrics is not null) attempt = new PeerMeterHandler(metrics, target.Domain, clock) { InnerHandler = attempt };
        var client = Client(new PeerResilienceHandler(circuit, clock) { InnerHandler = attempt });
        client.BaseAddress = target.Endpoint;
        return new PeerConnection(client, circuit);
    }

    private SocketsHttpHandler Sockets() => Resolve is { } resolve ? PeerSocketsHandler.Create(options, resolve) : PeerSocketsHandler.Create(options);

    private PeerBodyHandler Body(HttpMessageHandler innermost) => new(options, clock) { InnerHandler = innermost };

    // HttpClient's own limits end with the headers; ours are in the handlers.
    private static HttpClient Client(HttpMessageHandler handler) => new(handler) { Timeout = Timeout.InfiniteTimeSpan };
}
