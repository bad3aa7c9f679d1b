using NodaTime;
using PeerWeb.Core.Peers;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Core.Storage.Peers;

/// <summary>Whatever ends with a link, in the transaction that revokes it: the grants of the link and what hangs on them.</summary>
public interface ILinkEnded
{
    /// <param name="context">The revoking transaction's, under the write lock; neither commits nor disposes it.</param>
    Task EndAsync(PeerWebContext context, PeerId peer, Instant now, CancellationToken cancellationToken);

    /// <summary>After the commit: whoever shows what ended is told.</summary>
    void Announce(Peer peer)
    {
    }
}
