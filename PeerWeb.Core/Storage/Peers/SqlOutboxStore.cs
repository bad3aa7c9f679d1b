using Microsoft.EntityFrameworkCore;
using NodaTime;
using PeerWeb.Core.Peers;
using PeerWeb.Core.Primitives;
using PeerWeb.Core.Sync;

namespace PeerWeb.Core.Storage.Peers;

/// <summary>The message outbox in the entry database.</summary>
public sealed class SqlOutboxStore(IDbContextFactory<PeerWebContext> contexts) : IOutboxStore
{
    /// <summary>Beyond every sequence there will be.</summary>
    private const long AfterLinks = 1L << 60;

    public async Task<IReadOnlyList<DueLane>> LanesAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var outbox = Sendable(context);
        var heads = await (
            from first in outbox.GroupBy(row => row.PeerId)
                .Select(rows => rows.Min(row => row.Kind.StartsWith(LinkMessageKinds.Prefix) ? row.Sequence : row.Sequence + AfterLinks))
            join row in outbox on first equals row.Kind.StartsWith(LinkMessageKinds.Prefix) ? row.Sequence : row.Sequence + AfterLinks
            join lane in context.Set<OutboxLaneRow>() on row.PeerId equals lane.PeerId into lanes
            from lane in lanes.DefaultIfEmpty()
            select new { row.PeerId, row.NextTry, LeasedUntil = lane == null ? 0L : lane.LeasedUntil }).ToListAsync(cancellationToken);
        return [.. heads.Select(head => new DueLane(new PeerId(head.PeerId), Math.Max(head.NextTry, head.LeasedUntil).ToInstant()))];
    }

    public async Task<bool> TryLeaseAsync(PeerId peer, Guid holder, Instant now, Instant until, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var (nowAt, untilAt) = (now.ToUnixTimeMilliseconds(), until.ToUnixTimeMilliseconds());
        // One conditional statement: two senders cannot both find it free.
        return await context.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO "outbox_lanes" ("PeerId", "Holder", "LeasedUntil") SELECT "Id", {holder}, {untilAt} FROM "peers" WHERE "Id" = {peer.Value}
            ON CONFLICT ("PeerId") DO UPDATE SET "Holder" = excluded."Holder", "LeasedUntil" = excluded."LeasedUntil"
            WHERE "outbox_lanes"."Holder" = {holder} OR "outbox_lanes"."LeasedUntil" <= {nowAt}
            """,
            cancellationToken) > 0;
    }

    public async Task ReleaseAsync(PeerId peer, Guid holder, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await context.Set<OutboxLaneRow>().Where(row => row.PeerId == peer.Value && row.Holder == holder).ExecuteDeleteAsync(cancellationToken);
    }

    public async Task<OutboxMessage?> HeadAsync(PeerId peer, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var row = await Sendable(context).AsNoTracking().Where(row => row.PeerId == peer.Value)
            .OrderBy(row => row.Kind.StartsWith(LinkMessageKinds.Prefix) ? row.Sequence : row.Sequence + AfterLinks).FirstOrDefaultAsync(cancellationToken);
        return row is null ? null : ToMessage(row);
    }

    public async Task RecordAsync(long sequence, AttemptResult result, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var settled = result.State == MessageState.Waiting ? (long?)null : result.At.ToUnixTimeMilliseconds();
        var next = result.NextTry?.ToUnixTimeMilliseconds();
        await context.Set<OutboxRow>().Where(row => row.Sequence == sequence && row.State == MessageState.Waiting).ExecuteUpdateAsync(
            row => row.SetProperty(m => m.State, result.State).SetProperty(m => m.Attempts, m => m.Attempts + 1).SetProperty(m => m.Settled, settled)
                .SetProperty(m => m.NextTry, m => next ?? m.NextTry).SetProperty(m => m.Reason, result.Reason),
            cancellationToken);
    }

    public async Task MakeDueAsync(PeerId peer, Instant now, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var at = now.ToUnixTimeMilliseconds();
        await Waiting(context, peer).Where(row => row.NextTry > at).ExecuteUpdateAsync(row => row.SetProperty(m => m.NextTry, at), cancellationToken);
    }

    public async Task<IReadOnlyList<OutboxMessage>> RecentAsync(int perPeer, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var outbox = context.Set<OutboxRow>().AsNoTracking();
        var rows = await outbox
            .Where(row => outbox.Count(later => later.PeerId == row.PeerId && later.Sequence > row.Sequence) < perPeer)
            .OrderBy(row => row.Sequence).ToListAsync(cancellationToken);
        return [.. rows.Select(ToMessage)];
    }

    /// <summary>What is said about the link goes first; everything else waits until the link is active, for before that it would be turned down.</summary>
    private static IQueryable<OutboxRow> Sendable(PeerWebContext context)
    {
        var active = LinkState.Active.Name();
        return context.Set<OutboxRow>().Where(row => row.State == MessageState.Waiting
            && (row.Kind.StartsWith(LinkMessageKinds.Prefix) || context.Set<PeerRow>().Any(peer => peer.Id == row.PeerId && peer.State == active)));
    }

    private static IQueryable<OutboxRow> Waiting(PeerWebContext context, PeerId peer) =>
        context.Set<OutboxRow>().Where(row => row.PeerId == peer.Value && row.State == MessageState.Waiting);

    private static OutboxMessage ToMessage(OutboxRow row) => new(
        row.Sequence, new PeerId(row.PeerId), row.Kind, row.Body, row.IdempotencyKey, row.State, row.Attempts,
        row.Created.ToInstant(), row.NextTry.ToInstant(), row.Settled?.ToInstant(), row.Reason);
}
