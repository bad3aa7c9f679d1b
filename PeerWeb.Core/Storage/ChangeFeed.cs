using Microsoft.EntityFrameworkCore;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Primitives;
using PeerWeb.Core.Sharing;
using PeerWeb.Core.Storage.Rows;

namespace PeerWeb.Core.Storage;

/// <summary>The changes of one collection as one principal sees them.</summary>
/// <remarks>RFC 6578. What was invisible before and after a change did not change; what became invisible is listed as removed.</remarks>
internal sealed class ChangeFeed(PeerWebContext db, TokenSeal seal, CollectionRow collection, ScopedCollection scoped)
{
    public async Task<ChangesAnswer> SinceAsync(SyncToken? since, int limit, CancellationToken cancellationToken)
    {
        if (since is not { } token)
            return await ListingAsync(limit, cancellationToken);
        if (seal.SequenceOf(token, scoped.Id, scoped.Version) is not { } sequence || sequence > collection.Sequence || sequence < collection.PrunedThrough)
            return new ChangesAnswer.TokenGone();
        return await LogAsync(sequence, limit, cancellationToken);
    }

    /// <summary>A first listing in the order of the sequence, so that its token is a place in the log like any other.</summary>
    private async Task<ChangesAnswer> ListingAsync(int limit, CancellationToken cancellationToken)
    {
        var rows = await VisibleEntries.Of(db, [(collection, scoped)])
            .OrderBy(entry => entry.Sequence)
            .Select(entry => new { entry.Uid, entry.Epoch, entry.Sequence })
            .Take(limit + 1)
            .ToListAsync(cancellationToken);
        var page = rows.Take(limit).Select(row => new Change(Uid.Parse(row.Uid), TokenSeal.ETagOf(row.Epoch, row.Sequence))).ToList();
        var hasMore = rows.Count > limit;
        return new ChangesAnswer.Page(page, TokenAt(hasMore ? rows[limit - 1].Sequence : collection.Sequence), hasMore);
    }

    private async Task<ChangesAnswer> LogAsync(long since, int limit, CancellationToken cancellationToken)
    {
        var rows = await Visible()
            .Where(change => change.Sequence > since)
            .OrderBy(change => change.Sequence)
            .Select(change => new { change.Uid, change.Sequence })
            .Take(limit + 1)
            .ToListAsync(cancellationToken);
        var uids = rows.Take(limit).Select(row => row.Uid).Distinct().ToList();
        var now = await VisibleEntries.Of(db, [(collection, scoped)])
            .Where(entry => uids.Contains(entry.Uid))
            .Select(entry => new { entry.Uid, entry.Epoch, entry.Sequence })
            .ToDictionaryAsync(entry => entry.Uid, cancellationToken);
        var page = uids.Select(uid => new Change(
            Uid.Parse(uid),
            now.TryGetValue(uid, out var entry) ? TokenSeal.ETagOf(entry.Epoch, entry.Sequence) : null)).ToList();
        var hasMore = rows.Count > limit;
        return new ChangesAnswer.Page(page, TokenAt(hasMore ? rows[limit - 1].Sequence : collection.Sequence), hasMore);
    }

    private IQueryable<ChangeRow> Visible()
    {
        var changes = db.Changes.AsNoTracking().Where(change => change.CollectionKey == collection.Key);
        if (!scoped.CanRead)
            return changes.Where(_ => false);
        return scoped.SeesPrivate ? changes : changes.Where(change => change.WasPublicBefore || change.WasPublicAfter);
    }

    private SyncToken TokenAt(long sequence) => seal.TokenOf(scoped.Id, sequence, scoped.Version);
}
