using PeerWeb.Core.Entries;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Core.Federation.Merge;

/// <summary>A linked peer as a merged view asks it.</summary>
/// <param name="StoreFor">Its entries as one user of ours sees them.</param>
public sealed record PeerSource(PeerId Id, Domain Domain, string Name, Func<UserName, IEntrySource> StoreFor);

/// <summary>A peer as people know it.</summary>
public sealed record PeerName(PeerId Id, Domain Domain, string Name);

/// <summary>The peers that a merged view asks.</summary>
public interface IPeerSources
{
    /// <summary>Those whose link is active, by name.</summary>
    Task<IReadOnlyList<PeerSource>> ListActiveAsync(CancellationToken cancellationToken);

    /// <summary>What a peer is called, however its link stands; null where it is not known.</summary>
    Task<PeerName?> FindAsync(PeerId peer, CancellationToken cancellationToken);
}
