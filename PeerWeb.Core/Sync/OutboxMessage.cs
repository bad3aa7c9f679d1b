using NodaTime;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Core.Sync;

public enum MessageState
{
    Waiting = 0,
    Sent = 1,

    /// <summary>The peer refused it for good, or it waited for 90 days.</summary>
    Refused = 2,

    /// <summary>Overtaken by the end of the link before it was sent.</summary>
    Withdrawn = 3,
}

/// <summary>A message to a peer with all that happened to it.</summary>
/// <param name="Sequence">Its place in the peer's order; a later message is never sent before an earlier one is settled.</param>
/// <param name="IdempotencyKey">The same on every repeat.</param>
/// <param name="NextTry">Not sent before; meaningless once settled.</param>
/// <param name="Settled">When it was sent, refused or withdrawn.</param>
/// <param name="Reason">Why it last failed or was refused, in one sentence.</param>
public sealed record OutboxMessage(
    long Sequence,
    PeerId Peer,
    string Kind,
    string Body,
    string IdempotencyKey,
    MessageState State,
    int Attempts,
    Instant Created,
    Instant NextTry,
    Instant? Settled,
    string? Reason);
