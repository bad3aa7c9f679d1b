using NodaTime;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Core.Peers;

/// <summary>The installation's peers. Every change reads, decides, and writes rows and messages in one transaction under the write lock.</summary>
public interface IPeerBook
{
    /// <summary>All peers, the first seen first, without pending requests older than 30 days.</summary>
    Task<IReadOnlyList<Peer>> ListAsync(CancellationToken cancellationToken);

    Task<Peer?> FindAsync(PeerId id, CancellationToken cancellationToken);

    /// <summary>Whose key it is now, of several the link that still counts; a revoked one for 90 days. Keys that discovery showed instead do not count.</summary>
    Task<Peer?> FindByKeyAsync(KeyThumbprint thumbprint, CancellationToken cancellationToken);

    /// <param name="decide">Pure; given all peers as they are under the lock.</param>
    Task<T> ChangeAsync<T>(Func<IReadOnlyList<Peer>, BookChange<T>> decide, CancellationToken cancellationToken);

    /// <summary>Like <see cref="ChangeAsync"/>, once per (peer, key): a repeat gets the outcome of the first, the same key over another body is refused.</summary>
    Task<ReceiveOutcome> ReceiveAsync(
        PeerId peer, Receipt receipt, Func<IReadOnlyList<Peer>, BookChange<ReceiveOutcome>> decide, CancellationToken cancellationToken);

    /// <summary>Notes how an exchange with the peer went; does nothing where the peer is gone.</summary>
    Task RecordContactAsync(PeerId peer, PeerContact contact, CancellationToken cancellationToken);
}

/// <summary>What a decision comes to: an answer, and what is to be written with it.</summary>
/// <param name="Saved">New rows and changed ones; a row that becomes revoked here loses its grants and its waiting messages in the same transaction.</param>
/// <param name="Sent">Appended to the outbox in this order, after the rows.</param>
public sealed record BookChange<T>(T Answer, IReadOnlyList<Peer> Saved, IReadOnlyList<OutgoingMessage> Sent);

public sealed record OutgoingMessage(PeerId Peer, MessageDraft Draft);

/// <summary>A signed call as the one it is a repeat of.</summary>
/// <param name="IdempotencyKey">Chosen by the sender, 16 to 64 characters; kept for 30 days.</param>
/// <param name="BodyHash">SHA-256 of the raw body, lower-case hex.</param>
public sealed record Receipt(string IdempotencyKey, string BodyHash);

/// <summary>What the other side is answered.</summary>
public abstract record ReceiveOutcome
{
    private ReceiveOutcome()
    {
    }

    public sealed record Accepted : ReceiveOutcome;

    /// <param name="Reason">One sentence; it travels.</param>
    public sealed record Refused(string Reason) : ReceiveOutcome;

    /// <summary>100 requests wait for an admin.</summary>
    public sealed record Full : ReceiveOutcome;

    /// <summary>The key came before, with another body.</summary>
    public sealed record KeyReused : ReceiveOutcome;
}

/// <summary>How an exchange went: when, with what error if any, and how far the clocks are apart if the answer showed it.</summary>
public sealed record PeerContact(Instant At, string? Error, Duration? ClockSkew);
