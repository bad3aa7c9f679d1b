using System.Net.Http.Headers;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using PeerWeb.Core.Federation.Discovery;
using PeerWeb.Core.Federation.Wire;
using PeerWeb.Core.Peers;
using PeerWeb.Core.Primitives;
using PeerWeb.PeerApi.Methods;
using PeerWeb.PeerApi.Signing;
using LinkResult = Microsoft.AspNetCore.Http.HttpResults.Results<
    PeerWeb.PeerApi.PeerAnswer<PeerWeb.Core.Federation.Discovery.LinkAnswerBody>,
    PeerWeb.PeerApi.PeerProblem>;

namespace PeerWeb.PeerApi.Links;

/// <summary>The life of a link as the other side drives it.</summary>
internal static class LinkEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var links = routes.MapGroup("/peer/v1/links");
        links.MapPost("", RequestAsync).RequireAuthorization(PeerPolicies.FirstContact).RequireRateLimiting(LinkRequestLimit.Policy)
            .Takes<LinkRequestBody>().WithSummary("Ask for a link");
        links.MapGet("", StandingAsync).RequireAuthorization(PeerPolicies.LinkCalls).WithSummary("How the link stands here");
        Step(LinkMessageKinds.Approve, "Approve the link").Takes<LinkApprovalBody>();
        Step(LinkMessageKinds.Reject, "Refuse the link").Takes<LinkNoticeBody>();
        Step(LinkMessageKinds.Suspend, "Let the link rest").Takes<LinkNoticeBody>();
        Step(LinkMessageKinds.Resume, "Let the link work again").Takes<LinkNoticeBody>();
        Step(LinkMessageKinds.Revoke, "End the link for good").Takes<LinkNoticeBody>();

        RouteHandlerBuilder Step(string kind, string summary) =>
            links.MapPost(kind["link-".Length..], (HttpContext http, ReceivedLinks received) => ReceiveAsync(kind, http, received))
                .RequireAuthorization(kind == LinkMessageKinds.Revoke ? PeerPolicies.Revoke : PeerPolicies.LinkCalls)
                .Carries([PeerHeaders.IdempotencyKey]).WithSummary(summary);
    }

    private static async Task<LinkResult> RequestAsync(HttpContext http, ReceivedLinks received)
    {
        var request = http.Features.GetRequiredFeature<PeerRequest>();
        if (Misfit(http, request) is { } misfit)
            return misfit;
        if (LinkWire.Read(LinkMessageKinds.Request, request.Body.Span, out var problem) is not LinkMessage.Request claim)
            return new PeerProblem(StatusCodes.Status400BadRequest, PeerProblems.MalformedRequest, problem);
        return Answer(await received.RequestAsync(claim, http.RequestAborted));
    }

    private static async Task<Results<PeerAnswer<LinkStandingBody>, NotFound>> StandingAsync(HttpContext http, IPeerBook book) =>
        http.Features.GetRequiredFeature<PeerRequest>().PeerId is { } id && await book.FindAsync(new PeerId(id), http.RequestAborted) is { } peer
            ? new PeerAnswer<LinkStandingBody>(new LinkStandingBody(peer.State.Name()))
            : TypedResults.NotFound();

    private static async Task<LinkResult> ReceiveAsync(string kind, HttpContext http, ReceivedLinks received)
    {
        var request = http.Features.GetRequiredFeature<PeerRequest>();
        if (Misfit(http, request) is { } misfit)
            return misfit;
        if (request.IdempotencyKey is not { Length: >= 16 and <= 64 } key)
            return new PeerProblem(StatusCodes.Status400BadRequest, PeerProblems.IdempotencyKeyMissing, "The call needs an Idempotency-Key of 16 to 64 characters.");
        if (request.PeerId is not { } peer)
            return new PeerProblem(StatusCodes.Status403Forbidden, PeerProblems.LinkNotActive, "The key belongs to no link.");
        if (LinkWire.Read(kind, request.Body.Span, out var problem) is not { } message)
            return new PeerProblem(StatusCodes.Status400BadRequest, PeerProblems.MalformedRequest, problem);
        var receipt = new Receipt(key, Convert.ToHexStringLower(SHA256.HashData(request.Body.Span)));
        return Answer(await received.ReceiveAsync(new PeerId(peer), message, receipt, http.RequestAborted));
    }

    /// <summary>Null where the call is the peer's own and carries JSON.</summary>
    private static PeerProblem? Misfit(HttpContext http, PeerRequest request)
    {
        if (request.Actor is not null)
            return new PeerProblem(StatusCodes.Status403Forbidden, PeerProblems.ActorRefused, "Links are a matter between installations; no user acts in them.");
        return MediaTypeHeaderValue.TryParse(http.Request.ContentType, out var type) && type.MediaType == "application/json"
            ? null
            : PeerProblem.NotJson;
    }

    private static LinkResult Answer(ReceiveOutcome outcome) => outcome switch
    {
        ReceiveOutcome.Accepted => new PeerAnswer<LinkAnswerBody>(new LinkAnswerBody(true)),
        ReceiveOutcome.Refused refused => new PeerProblem(StatusCodes.Status422UnprocessableEntity, LinkProblems.Refused, refused.Reason),
        ReceiveOutcome.Full => new PeerProblem(StatusCodes.Status429TooManyRequests, LinkProblems.PendingFull, "Too many link requests wait for an admin here."),
        ReceiveOutcome.KeyReused => new PeerProblem(
            StatusCodes.Status422UnprocessableEntity, PeerProblems.IdempotencyKeyReused, "The Idempotency-Key came before, with another body."),
        _ => throw new InvalidOperationException($"{outcome.GetType().Name} has no answer."),
    };
}
