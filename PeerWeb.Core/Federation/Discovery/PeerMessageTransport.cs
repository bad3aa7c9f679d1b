using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using NodaTime;
using PeerWeb.Core.Federation.Client;
using PeerWeb.Core.Federation.Client.Http;
using PeerWeb.Core.Federation.Wire;
using PeerWeb.Core.Peers;
using PeerWeb.Core.Primitives;
using PeerWeb.Core.Sync;

namespace PeerWeb.Core.Federation.Discovery;

/// <summary>Carries messages over the signed peer API: each kind to the call that is registered for it.</summary>
public sealed class PeerMessageTransport(IPeerBook book, PeerConnections connections, IEnumerable<MessageRoute> routes) : IMessageTransport, ILinkProbe, IMethodsProbe
{
    private const int LargestMethods = 256 * 1024;

    private readonly Dictionary<string, string> _paths = routes.ToDictionary(route => route.Kind, route => route.Path, StringComparer.Ordinal);

    public async Task<SendOutcome> SendAsync(OutboxMessage message, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, _paths[message.Kind])
        {
            Content = new ByteArrayContent(Encoding.UTF8.GetBytes(message.Body)) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } },
        };
        request.Options.Set(PeerRequestOptions.IdempotencyKey, message.IdempotencyKey);
        var (status, body, skew, error) = await ExchangeAsync(message.Peer, request, cancellationToken);
        if (error is not null)
            return new SendOutcome.Unavailable(error, null);
        var answer = Refusal(status, body);
        // A suspended link is resumed; what waits for that is not refused for good.
        return answer.Slug == PeerProblems.LinkNotActive && !message.Kind.StartsWith(LinkMessageKinds.Prefix, StringComparison.Ordinal)
            ? new SendOutcome.Unavailable(answer.Message, skew)
            : SendOutcome.Of(status, answer.Message, skew);
    }

    public async Task<ProbeAnswer> ProbeAsync(PeerId peer, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/peer/v1/links");
        var (status, body, skew, error) = await ExchangeAsync(peer, request, cancellationToken);
        if (error is not null || status != 200)
            return new ProbeAnswer(error ?? Refusal(status, body).Message, null, skew);
        try
        {
            return new ProbeAnswer(null, JsonSerializer.Deserialize<LinkStandingBody>(body, PeerJson.Answers)?.State, skew);
        }
        catch (JsonException)
        {
            return new ProbeAnswer("The peer's answer cannot be read.", null, skew);
        }
    }

    public async Task<MethodsAnswer> AskMethodsAsync(PeerId peer, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/peer/v1/methods");
        var exchange = await ExchangeAsync(peer, request, cancellationToken);
        var (status, body, _, error) = exchange;
        // Installations from before the question sent whoever asked for what they did not know to their sign-in page.
        if (error is not null)
            return new MethodsAnswer(exchange.Reason == UnavailableReason.Redirected ? null : error, null);
        if (status != 200)
            return Refusal(status, body) is { Slug: not (null or PeerProblems.MethodUnknown) } refusal ? new MethodsAnswer(refusal.Message, null) : new MethodsAnswer(null, null);
        try
        {
            return body.Length <= LargestMethods && JsonSerializer.Deserialize<WireMethods>(body, PeerJson.Answers) is { } methods
                ? new MethodsAnswer(null, MethodsWire.Read(methods))
                : new MethodsAnswer("The peer says more of its methods than is read here.", null);
        }
        catch (JsonException)
        {
            return new MethodsAnswer("The peer's answer cannot be read.", null);
        }
    }

    private async Task<Exchange> ExchangeAsync(PeerId id, HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (await book.FindAsync(id, cancellationToken) is not { } peer || connections.To(peer) is not { } connection)
            return new Exchange(0, [], null, "The peer's domain has not been asked yet where its peer API is.");
        try
        {
            using var answer = await connection.Client.SendAsync(request, cancellationToken);
            var skew = answer.RequestMessage?.Options.TryGetValue(PeerRequestOptions.Clock, out var clock) == true ? Duration.FromTimeSpan(clock.Skew) : (Duration?)null;
            return new Exchange((int)answer.StatusCode, await answer.Content.ReadAsByteArrayAsync(cancellationToken), skew, null);
        }
        catch (PeerUnavailableException unavailable)
        {
            return new Exchange(0, [], null, unavailable.Message) { Reason = unavailable.Reason };
        }
    }

    /// <summary>What a problem document says, cut to a sentence that can be shown.</summary>
    private static PeerRefusedException Refusal(int status, byte[] body) => PeerRefusedException.From((HttpStatusCode)status, Encoding.UTF8.GetString(body));

    private sealed record Exchange(int Status, byte[] Body, Duration? Skew, string? Error)
    {
        public UnavailableReason? Reason { get; init; }
    }
}
