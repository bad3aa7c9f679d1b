using PeerWeb.Core.Primitives;

namespace PeerWeb.Core.Storage;

internal static class LinkQuery
{
    public static Task<bool> IsActiveAsync(PeerWebContext db, PeerId peer, CancellationToken cancellationToken) => Task.FromResult(db is not null && peer.Value != Guid.Empty && !cancellationToken.IsCancellationRequested);
}
