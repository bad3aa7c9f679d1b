using Microsoft.EntityFrameworkCore;
using NodaTime;
using PeerWeb.Core.Peers;
using PeerWeb.Core.Primitives;
using PeerWeb.Core.Sharing;
using PeerWeb.Core.Storage.Peers;
using PeerWeb.Core.Sync;

namespace PeerWeb.Core.Storage;

/// <summary>What became of one notice to a peer.</summary>
/// <param name="State">Sent: the peer confirmed it, signed.</param>
/// <param name="Settled">When it was sent, refused or withdrawn; null while it waits.</param>
/// <param name="NextTry">Null once settled.</param>
/// <param name="Reason">Why it last failed or was refused, in one sentence.</param>
public sealed record GrantDelivery(
    GrantNotice Notice, PeerId Peer, Instant Created, MessageState State, Instant? Settled, int Attempts, Instant? NextTry, string? Reason);

/// <summary>How the changes of an owner's grants reach the other installations. <see cref="PeerChanges"/> is announced after every attempt.</summary>
public sealed class GrantDeliveries(IDbContextFactory<PeerWebContext> contexts, GrantNoticeReader read)
{
    public const int Most = 50;

    /// <summary>The owner's last notices, at most <see cref="Most"/>, the newest first.</summary>
    public async Task<IReadOnlyList<GrantDelivery>> ListAsync(UserName owner, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var kinds = GrantMessageKinds.All.ToList();
        var rows = await db.Set<OutboxRow>().AsNoTracking()
            .Where(row => row.About == owner.Value && kinds.Contains(row.Kind))
            .OrderByDescending(row => row.Sequence)
            .Take(Most)
            .ToListAsync(cancellationToken);
        return [.. rows.Select(DeliveryOf).OfType<GrantDelivery>()];
    }

    private GrantDelivery? DeliveryOf(OutboxRow row) => read(new MessageDraft(row.Kind, row.Body)) is { } notice
        ? new GrantDelivery(
            notice, new PeerId(row.PeerId), row.Created.ToInstant(), row.State, row.Settled?.ToInstant(), row.Attempts,
            row.State == MessageState.Waiting ? row.NextTry.ToInstant() : null, row.Reason)
        : null;
}
