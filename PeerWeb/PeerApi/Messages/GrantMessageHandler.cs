using PeerWeb.Core.Federation.Wire;
using PeerWeb.Core.Peers;
using PeerWeb.Core.Primitives;
using PeerWeb.Core.Sharing;
using PeerWeb.Core.Storage.Peers;

namespace PeerWeb.PeerApi.Messages;

/// <summary>Takes what a peer tells us of its users' grants; answered when it is stored, and the same for recipients that are not there.</summary>
internal sealed class GrantMessageHandler(string kind, ReceivedOffers offers) : IPeerMessageHandler
{
    public string Kind => kind;

    public MessageShape Shape { get; } = new(typeof(WireGrantNotice), typeof(WireReceived), IsRepeated: true, kind switch
    {
        GrantMessageKinds.Offer => "A user shares something new",
        GrantMessageKinds.Change => "What is shared changed",
        _ => "What was shared no longer is",
    });

    public async Task<IResult> HandleAsync(PeerId peer, ReadOnlyMemory<byte> body, Receipt? receipt, CancellationToken cancellationToken)
    {
        if (receipt is null)
            return new PeerProblem(StatusCodes.Status400BadRequest, PeerProblems.IdempotencyKeyMissing, "The message needs an Idempotency-Key of 16 to 64 characters.");
        if (GrantWire.Read(kind, body.Span, out var problem) is not { } notice)
            return new PeerProblem(StatusCodes.Status400BadRequest, PeerProblems.MalformedBody, problem);
        return await offers.ReceiveAsync(peer, notice, receipt, cancellationToken) switch
        {
            ReceiveOutcome.Accepted => new PeerAnswer<WireReceived>(new WireReceived(true)),
            ReceiveOutcome.Refused refused => new PeerProblem(StatusCodes.Status422UnprocessableEntity, PeerProblems.MessageRefused, refused.Reason),
            ReceiveOutcome.KeyReused => new PeerProblem(
                StatusCodes.Status422UnprocessableEntity, PeerProblems.IdempotencyKeyReused, "The Idempotency-Key came before, with another body."),
            var other => throw new InvalidOperationException($"{other.GetType().Name} has no answer."),
        };
    }
}
