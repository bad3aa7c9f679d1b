using NodaTime;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Core.Sync;

/// <summary>The messages that wait, and who is sending them. Messages are appended by whoever changes the thing they tell of, in its transaction.</summary>
public interface IOutboxStore
{
    /// <summary>For each peer with messages that can be sent: when the first one may be, the lease of another sender included.</summary>
    Task<IReadOnlyList<DueLane>> LanesAsync(CancellationToken cancellationToken);

    /// <summary>Takes or prolongs the right to send to a peer; false while another holder has it.</summary>
    Task<bool> TryLeaseAsync(PeerId peer, Guid holder, Instant now, Instant until, CancellationToken cancellationToken);

    Task ReleaseAsync(PeerId peer, Guid holder, CancellationToken cancellationToken);

    /// <summary>The peer's first waiting message; null where none waits. What is said about the link comes first, all else only while the link is active.</summary>
    Task<OutboxMessage?> HeadAsync(PeerId peer, CancellationToken cancellationToken);

    /// <summary>Notes an attempt. Does nothing where the message is settled already.</summary>
    Task RecordAsync(long sequence, AttemptResult result, CancellationToken cancellationToken);

    /// <summary>The peer's first waiting message is due now.</summary>
    Task MakeDueAsync(PeerId peer, Instant now, CancellationToken cancellationToken);

    /// <summary>The last messages of every peer, waiting ones included, at most <paramref name="perPeer"/> each, oldest first.</summary>
    Task<IReadOnlyList<OutboxMessage>> RecentAsync(int perPeer, CancellationToken cancellationToken);
}

public sealed record DueLane(PeerId Peer, Instant Due);

/// <param name="NextTry">Null once settled.</param>
public sealed record AttemptResult(MessageState State, Instant At, Instant? NextTry, string? Reason);
