using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Features;
using PeerWeb.Core.Federation.Wire;
using PeerWeb.Core.Peers;
using PeerWeb.Core.Primitives;
using PeerWeb.PeerApi.Methods;
using PeerWeb.PeerApi.Signing;

namespace PeerWeb.PeerApi.Messages;

/// <summary>Messages between the installations themselves; no user acts in them.</summary>
internal static class MessageEndpoints
{
    public static IEndpointRouteBuilder MapPeerMessages(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/peer/v1/messages", ReceiveAsync).RequireAuthorization(PeerPolicies.Active)
            .Takes<IPeerMessageHandler>().WithSummary("A message between the installations");
        return routes;
    }

    private static Task<IResult> ReceiveAsync(HttpContext http, IEnumerable<IPeerMessageHandler> handlers)
    {
        var request = http.Features.GetRequiredFeature<PeerRequest>();
        if (request is not { Actor: null, PeerId: { } peer })
            throw new PeerCallException(StatusCodes.Status403Forbidden, PeerProblems.ActorRefused, "Messages are a matter between installations; no user acts in them.");
        var kind = KindOf(request.Body);
        var handler = handlers.FirstOrDefault(known => known.Kind == kind)
            ?? throw new PeerCallException(StatusCodes.Status422UnprocessableEntity, PeerProblems.MessageKindUnknown, "Messages of this kind are not known here.");
        var receipt = request.IdempotencyKey is { Length: >= 16 and <= 64 } key
            ? new Receipt(key, Convert.ToHexStringLower(SHA256.HashData(request.Body.Span)))
            : null;
        return handler.HandleAsync(new PeerId(peer), request.Body, receipt, http.RequestAborted);
    }

    private static string? KindOf(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var json = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = 32 });
            return json.RootElement is { ValueKind: JsonValueKind.Object } message && message.TryGetProperty("kind", out var kind) && kind.ValueKind == JsonValueKind.String
                ? kind.GetString()
                : null;
        }
        // Names and strings with half a character in them are found when they are read.
        catch (Exception problem) when (problem is JsonException or InvalidOperationException)
        {
            throw new PeerCallException(StatusCodes.Status400BadRequest, PeerProblems.MalformedBody, "The body is not a JSON object.");
        }
    }
}
