using Microsoft.EntityFrameworkCore;
using NodaTime;
using PeerWeb.Core.Peers;
using PeerWeb.Core.Primitives;
using PeerWeb.Core.Storage.Peers;

namespace PeerWeb.Core.Storage;

/// <summary>Whether a peer's users may do anything here at all.</summary>
internal static class LinkQuery
{
    private static readonly Compiled<Func<PeerWebContext, Guid, string, CancellationToken, Task<bool>>> IsInState = new(() =>
        EF.CompileAsyncQuery((PeerWebContext db, Guid peer, string state, CancellationToken _) => db.Set<PeerRow>().Any(row => row.Id == peer && row.State == state)));

    public static Task<bool> IsActiveAsync(PeerWebContext db, PeerId peer, CancellationToken cancellationToken) =>
        IsInState.For(db)(db, peer.Value, LinkState.Active.Name(), cancellationToken);
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
