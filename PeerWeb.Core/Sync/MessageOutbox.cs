using NodaTime;
using PeerWeb.Core.Peers;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Core.Sync;

/// <summary>Sends what waits: per peer strictly in order, one sender at a time over all processes, repeated until settled.</summary>
public sealed class MessageOutbox(IOutboxStore store, IMessageTransport transport, IPeerBook book, OutboxSignal signal, TimeProvider time)
{
    /// <summary>Longer than any attempt may take; what a killed sender leaves behind is picked up after it.</summary>
    public static readonly Duration Lease = Duration.FromMinutes(2);

    private readonly Guid _holder = Guid.NewGuid();

    /// <summary>Sends everything that is due, all peers side by side.</summary>
    /// <returns>When the next message is due; null where none waits.</returns>
    public async Task<Instant?> DrainAsync(CancellationToken cancellationToken)
    {
        var due = (await store.LanesAsync(cancellationToken)).Where(lane => lane.Due <= Now);
        await Task.WhenAll(due.Select(lane => DrainAsync(lane.Peer, cancellationToken)));
        var rest = await store.LanesAsync(cancellationToken);
        return rest.Count == 0 ? null : rest.Min(lane => lane.Due);
    }

    /// <summary>Sends what is due for one peer; returns at once where another sender is at it.</summary>
    public async Task DrainAsync(PeerId peer, CancellationToken cancellationToken)
    {
        if (!await store.TryLeaseAsync(peer, _holder, Now, Now + Lease, cancellationToken))
            return;
        try
        {
            while (await store.HeadAsync(peer, cancellationToken) is { } message && message.NextTry <= Now)
            {
                if (!await store.TryLeaseAsync(peer, _holder, Now, Now + Lease, cancellationToken))
                    return;
                await SendAsync(message, cancellationToken);
            }
        }
        finally
        {
            await store.ReleaseAsync(peer, _holder, CancellationToken.None);
        }
    }

    /// <summary>The peer's first waiting message is tried without waiting for its time.</summary>
    public async Task TryNowAsync(PeerId peer, CancellationToken cancellationToken)
    {
        await store.MakeDueAsync(peer, Now, cancellationToken);
        signal.Raise();
    }

    private Instant Now => Instant.FromDateTimeOffset(time.GetUtcNow());

    private async Task SendAsync(OutboxMessage message, CancellationToken cancellationToken)
    {
        var outcome = await transport.SendAsync(message, cancellationToken);
        var result = outcome switch
        {
            SendOutcome.Delivered => new AttemptResult(MessageState.Sent, Now, null, null),
            SendOutcome.Refused refused => new AttemptResult(MessageState.Refused, Now, null, refused.Reason),
            SendOutcome.Unavailable gone when Now - message.Created >= RetrySchedule.GivenUpAfter =>
                new AttemptResult(MessageState.Refused, Now, null, $"Given up after 90 days: {gone.Reason}"),
            SendOutcome.Unavailable gone => new AttemptResult(MessageState.Waiting, Now, Now + RetrySchedule.After(message.Attempts + 1), gone.Reason),
            _ => throw new InvalidOperationException($"Unknown outcome {outcome}."),
        };
        await store.RecordAsync(message.Sequence, result, cancellationToken);
        var skew = outcome switch
        {
            SendOutcome.Delivered delivered => delivered.ClockSkew,
            SendOutcome.Refused refused => refused.ClockSkew,
            SendOutcome.Unavailable unavailable => unavailable.ClockSkew,
            _ => null,
        };
        await book.RecordContactAsync(message.Peer, new PeerContact(result.At, result.Reason, skew), cancellationToken);
    }
}
