using PeerWeb.Core.Peers;
using PeerWeb.Core.Primitives;

namespace PeerWeb.PeerApi.Messages;

/// <summary>What one kind of message to <c>POST /peer/v1/messages</c> does.</summary>
internal interface IPeerMessageHandler
{
    /// <summary>The body's <c>kind</c>.</summary>
    string Kind { get; }

    /// <param name="peer">Whose key signed; its link is active.</param>
    /// <param name="body">The whole signed body, a JSON object with <see cref="Kind"/> in it; read strictly.</param>
    /// <param name="receipt">Null where the sender gave no idempotency key.</param>
    /// <exception cref="PeerCallException">The body is not what it must be.</exception>
    Task<IResult> HandleAsync(PeerId peer, ReadOnlyMemory<byte> body, Receipt? receipt, CancellationToken cancellationToken);
}
