using Microsoft.EntityFrameworkCore;
using NodaTime;
using PeerWeb.Core.Peers;
using PeerWeb.Core.Primitives;
using PeerWeb.Core.Storage.Peers;

namespace PeerWeb.Core.Storage;

/// <summary>Whether a peer's users may do anything here at all.</summary>
internal static class LinkQuery
{
    public static Task<bool> IsActiveAsync(PeerWebContext db, PeerId peer, CancellationToken cancellationToken)
    {
        var active = LinkState.Active.Name();
        return db.Set<PeerRow>().AnyAsync(row => row.Id == peer.Value && row.State == active, cancellationToken);
    }
}

/// <summary>With a link end its grants, in the same transaction; a new link starts with none.</summary>
public sealed class GrantsEndWithLink : ILinkEnded
{
    public async Task EndAsync(PeerWebContext context, PeerId peer, Instant now, CancellationToken cancellationToken)
    {
        await context.Grants.Where(row => row.PeerId == peer.Value).ExecuteDeleteAsync(cancellationToken);
        await context.Ceilings.Where(row => row.PeerId == peer.Value).ExecuteDeleteAsync(cancellationToken);
    }
}
