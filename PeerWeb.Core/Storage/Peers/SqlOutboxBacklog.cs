using Microsoft.EntityFrameworkCore;
using NodaTime;
using PeerWeb.Core.Primitives;
using PeerWeb.Core.Sync;

namespace PeerWeb.Core.Storage.Peers;

/// <summary>What waits to be sent to one peer.</summary>
/// <param name="Oldest">When the first of them was written.</param>
public sealed record OutboxBacklog(Domain Domain, int Waiting, Instant Oldest);

/// <summary>How long the outbox is, for whoever watches over it.</summary>
public sealed class SqlOutboxBacklog(IDbContextFactory<PeerWebContext> contexts)
{
    /// <summary>Peers for which something waits.</summary>
    public async Task<IReadOnlyList<OutboxBacklog>> ReadAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var waiting = await (
            from row in context.Set<OutboxRow>().Where(row => row.State == MessageState.Waiting)
            join peer in context.Set<PeerRow>() on row.PeerId equals peer.Id
            group row by peer.Domain into rows
            select new { Domain = rows.Key, Count = rows.Count(), Oldest = rows.Min(row => row.Created) }).ToListAsync(cancellationToken);
        return [.. waiting.Select(one => new OutboxBacklog(Domain.Parse(one.Domain), one.Count, one.Oldest.ToInstant()))];
    }
}
