using PeerWeb.Core.Federation.Merge;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Shared.Collections;

/// <summary>Makes a collection of the viewer's own.</summary>
/// <param name="taken">Colours of those there are; the new one gets another.</param>
public delegate Task<SourceId> AddCollection(AppId app, string name, IEnumerable<string?> taken, CancellationToken cancellationToken);
