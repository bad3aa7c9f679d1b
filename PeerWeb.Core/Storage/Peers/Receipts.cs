using Microsoft.EntityFrameworkCore;
using NodaTime;
using PeerWeb.Core.Peers;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Core.Storage.Peers;

/// <summary>What calls of peers were answered, in the transaction of their effect, so that a repeat has no second one.</summary>
internal static class Receipts
{
    private static readonly Duration Lifetime = Duration.FromDays(30);

    /// <summary>What the call was answered when it came first, or that its key came with another body; null where it is new.</summary>
    public static async Task<ReceiveOutcome?> FirstOutcomeAsync(
        this PeerWebContext context, PeerId peer, Receipt receipt, CancellationToken cancellationToken)
    {
        var first = await context.Set<ReceivedMessageRow>().AsNoTracking()
            .FirstOrDefaultAsync(row => row.PeerId == peer.Value && row.IdempotencyKey == receipt.IdempotencyKey, cancellationToken);
        if (first is null)
            return null;
        return first.BodyHash != receipt.BodyHash ? new ReceiveOutcome.KeyReused()
            : first.RefusedReason is { } reason ? new ReceiveOutcome.Refused(reason)
            : new ReceiveOutcome.Accepted();
    }

    /// <summary>Saves everything that is tracked, and forgets old receipts.</summary>
    public static async Task KeepOutcomeAsync(
        this PeerWebContext context, PeerId peer, Receipt receipt, ReceiveOutcome outcome, Instant now, CancellationToken cancellationToken)
    {
        var received = context.Set<ReceivedMessageRow>();
        if (await context.Set<PeerRow>().AnyAsync(row => row.Id == peer.Value, cancellationToken))
        {
            received.Add(new ReceivedMessageRow
            {
                PeerId = peer.Value,
                IdempotencyKey = receipt.IdempotencyKey,
                BodyHash = receipt.BodyHash,
                RefusedReason = (outcome as ReceiveOutcome.Refused)?.Reason,
                Received = now.ToUnixTimeMilliseconds(),
            });
        }
        await context.SaveChangesAsync(cancellationToken);
        var old = (now - Lifetime).ToUnixTimeMilliseconds();
        await received.Where(row => row.Received < old).ExecuteDeleteAsync(cancellationToken);
    }
}
