using Microsoft.EntityFrameworkCore;
using NodaTime;
using PeerWeb.Core.Primitives;
using PeerWeb.Core.Sharing;
using PeerWeb.Core.Storage.Peers;
using PeerWeb.Core.Storage.Rows;

namespace PeerWeb.Core.Storage;

/// <summary>Puts the notice of a grant in line, in the transaction that changes the grant.</summary>
internal static class GrantOutbox
{
    private const int MostCovered = 100;

    /// <param name="row">As it is after the change; without rights: it has ended.</param>
    /// <returns>False where the principal has no installation that is to be told.</returns>
    public static async Task<bool> TellAsync(
        PeerWebContext db, GrantRow row, string kind, GrantNoticeWriter write, Instant now, CancellationToken cancellationToken)
    {
        if (row.Kind is not (PrincipalKind.RemoteUser or PrincipalKind.EveryoneAt))
            return false;
        var owner = UserName.Parse(row.Owner);
        var notice = new GrantNotice(
            new GrantId(row.Id),
            row.Version,
            owner,
            AppId.Parse(row.App),
            row.CollectionId.Length == 0 ? null : new CollectionId(Guid.Parse(row.CollectionId)),
            await CoveredAsync(db, row, cancellationToken),
            row.Kind == PrincipalKind.RemoteUser ? UserName.Parse(row.Name) : null,
            (Rights)row.Rights);
        db.AppendMessage(new PeerId(row.PeerId), write(kind, notice), now, owner, row.Id);
        return true;
    }

    private static async Task<IReadOnlyList<NamedCollection>> CoveredAsync(PeerWebContext db, GrantRow row, CancellationToken cancellationToken)
    {
        var covered = await db.Collections.AsNoTracking()
            .Where(collection => collection.Owner == row.Owner && collection.App == row.App && (row.CollectionId == "" || collection.Id == row.CollectionId))
            .OrderBy(collection => collection.Name).ThenBy(collection => collection.Id)
            .Take(MostCovered)
            .ToListAsync(cancellationToken);
        return [.. covered.Select(collection => new NamedCollection(new CollectionId(Guid.Parse(collection.Id)), collection.Name, collection.Color))];
    }
}
