using System.Net;
using System.Text.Json;
using PeerWeb.Core.Federation.Signing;
using PeerWeb.Core.Federation.Wire;

namespace PeerWeb.Core.Federation.Client.Http;

/// <summary>The keys that a peer may sign with now.</summary>
public delegate ValueTask<IReadOnlyList<PeerKey>> PeerKeys(CancellationToken cancellationToken);

/// <summary>Signs each attempt anew and lets through only answers that the peer signed for it, whatever their status.</summary>
/// <param name="domain">The peer's, which the request is meant for.</param>
public sealed class PeerSigningHandler(SigningKey key, string domain, PeerKeys peerKeys, TimeProvider clock) : DelegatingHandler
{
    private readonly RequestSigner _signer = new(key, clock);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var answer = await SendSignedAsync(request, cancellationToken);
        if (await SlugAsync(answer, cancellationToken) is not { } slug || !IsCuredBySigningAnew(slug, request)) return answer;
        answer.Dispose();
        if (slug == PeerProblems.Replayed) request.Options.Set(PeerRequestOptions.EarlierMayHaveArrived, true);
        return await SendSignedAsync(request, cancellationToken);
    }

    private async Task<HttpResponseMessage> SendSignedAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var signed = await SignAsync(request, cancellationToken);
        var answer = await base.SendAsync(request, cancellationToken);
        var message = await HttpMessages.AnswerAsync(answer, cancellationToken);
        switch (AnswerVerifier.Verify(message, signed, await peerKeys(cancellationToken)))
        {
            case AnswerVerification.Verified verified:
                request.Options.Set(PeerRequestOptions.Clock, new PeerClock(verified.Created, clock.GetUtcNow()));
                answer.RequestMessage = request;
                return answer;
            case AnswerVerification.Refused refused:
                var isHtml = answer.Content.Headers.ContentType?.MediaType is "text/html" or "application/xhtml+xml";
                answer.Dispose();
                throw Unavailable(refused, message.Status, isHtml);
            case var other:
                throw new InvalidOperationException($"{other.GetType()} is not known.");
        }
    }

    private async Task<RequestMessage> SignAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        // Read once into memory, so that it can be hashed and then sent, each time.
        if (request.Content is not null) await request.Content.LoadIntoBufferAsync(cancellationToken);
        var body = request.Content is null ? [] : await request.Content.ReadAsByteArrayAsync(cancellationToken);

        Set(request, PeerHeaders.ContentDigest, ContentDigest.Of(body));
        Set(request, PeerHeaders.Version, PeerHeaders.CurrentVersion);
        Set(request, PeerHeaders.Destination, domain);
        Set(request, PeerHeaders.Actor, request.Options.TryGetValue(PeerRequestOptions.Actor, out var actor) ? actor.ToString() : null);
        if (request.Options.TryGetValue(PeerRequestOptions.IdempotencyKey, out var idempotencyKey))
            Set(request, PeerHeaders.IdempotencyKey, idempotencyKey);
        Set(request, PeerHeaders.SignatureInput, null);
        Set(request, PeerHeaders.Signature, null);

        var message = await HttpMessages.RequestAsync(request, cancellationToken);
        var headers = _signer.Sign(message);
        Set(request, PeerHeaders.SignatureInput, headers.SignatureInput);
        Set(request, PeerHeaders.Signature, headers.Signature);
        return message with { Fields = HttpMessages.Fields(request) };
    }

    private static void Set(HttpRequestMessage request, string name, string? value)
    {
        request.Headers.Remove(name);
        if (value is not null && !request.Headers.TryAddWithoutValidation(name, value))
            throw new InvalidOperationException($"{name} cannot be set.");
    }

    private static PeerUnavailableException Unavailable(AnswerVerification.Refused refused, int status, bool isHtml) => refused.Fault switch
    {
        AnswerFault.NoSignature when isHtml =>
            new(UnavailableReason.HtmlAnswer, $"The peer's address sent a web page (status {status}) instead of an answer."),
        AnswerFault.NoSignature => new(UnavailableReason.UnsignedAnswer, $"An unsigned answer (status {status}) came from the peer's address."),
        AnswerFault.OtherKey => new(UnavailableReason.OtherKey, refused.Detail),
        AnswerFault.Malformed or AnswerFault.Invalid or AnswerFault.DigestMismatch => new(UnavailableReason.InvalidSignature, refused.Detail),
    };

    /// <summary>A nonce that was seen before, though we never use one twice, is the connection's own repetition: sockets resend what a broken connection swallowed.</summary>
    private static bool IsCuredBySigningAnew(string slug, HttpRequestMessage request) =>
        slug == PeerProblems.Restarted || (slug == PeerProblems.Replayed && PeerResilienceHandler.MayRepeat(request));

    private static async Task<string?> SlugAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        if (answer.StatusCode != HttpStatusCode.Unauthorized || answer.Content.Headers.ContentType?.MediaType != "application/problem+json")
            return null;
        try
        {
            using var problem = JsonDocument.Parse(await answer.Content.ReadAsByteArrayAsync(cancellationToken));
            return problem.RootElement.ValueKind == JsonValueKind.Object
                && problem.RootElement.TryGetProperty("type", out var type)
                && type.ValueKind == JsonValueKind.String
                ? PeerProblems.Slug(type.GetString())
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
