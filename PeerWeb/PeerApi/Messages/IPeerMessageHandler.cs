using PeerWeb.Core.Peers;
using PeerWeb.Core.Primitives;

namespace PeerWeb.PeerApi.Messages;

/// <summary>What one kind of message to <c>POST /peer/v1/messages</c> does.</summary>
internal interface IPeerMessageHandler
{
    /// <summary>The body's <c>kind</c>.</summary>
    string Kind { get; }

    MessageShape Shape { get; }

    /// <param name="peer">Whose key signed; its link is active.</param>
    /// <param name="body">The whole signed body, a JSON object with <see cref="Kind"/> in it; read strictly.</param>
    /// <param name="receipt">Null where the sender gave no idempotency key.</param>
    /// <exception cref="PeerCallException">The body is not what it must be.</exception>
    Task<IResult> HandleAsync(PeerId peer, ReadOnlyMemory<byte> body, Receipt? receipt, CancellationToken cancellationToken);
}

/// <summary>What a kind of message is, as peers are told.</summary>
/// <param name="Body">The type that the body is read as.</param>
/// <param name="Answer">Null where it is answered without a body.</param>
/// <param name="IsRepeated">It needs an idempotency key.</param>
/// <param name="Summary">What it is for, in a few words.</param>
internal sealed record MessageShape(Type Body, Type? Answer, bool IsRepeated, string Summary);
