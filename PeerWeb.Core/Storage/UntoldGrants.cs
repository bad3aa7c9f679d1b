using Microsoft.EntityFrameworkCore;
using NodaTime;
using PeerWeb.Core.Peers;
using PeerWeb.Core.Sharing;
using PeerWeb.Core.Storage.Peers;
using PeerWeb.Core.Storage.Rows;
using PeerWeb.Core.Sync;

namespace PeerWeb.Core.Storage;

/// <summary>Grants over active links of which the other side was never told: made before there were notices.</summary>
public sealed class UntoldGrants(IDbContextFactory<PeerWebContext> contexts, GrantNoticeWriter write, OutboxSignal outbox, TimeProvider time)
{
    /// <summary>Puts the notices in line, once; asks without the write lock whether there is anything to do.</summary>
    /// <returns>How many.</returns>
    public async Task<int> TellAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (!await Untold(db).AnyAsync(cancellationToken))
            return 0;
        await using var transaction = await db.BeginWriteAsync(cancellationToken);
        var rows = await Untold(db).OrderBy(row => row.CreatedAt).ToListAsync(cancellationToken);
        var now = Instant.FromDateTimeOffset(time.GetUtcNow());
        foreach (var row in rows)
            await GrantOutbox.TellAsync(db, row, GrantMessageKinds.Offer, write, now, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        outbox.Raise();
        return rows.Count;
    }

    private static IQueryable<GrantRow> Untold(PeerWebContext db)
    {
        var active = LinkState.Active.Name();
        return db.Grants.AsNoTracking().Where(row =>
            (row.Kind == PrincipalKind.RemoteUser || row.Kind == PrincipalKind.EveryoneAt)
            && db.Set<PeerRow>().Any(peer => peer.Id == row.PeerId && peer.State == active)
            && !db.Set<OutboxRow>().Any(message => message.About == row.Owner && message.Subject == row.Id));
    }
}
