using PeerWeb.Core.Primitives;

namespace PeerWeb.Core.Federation.Merge;

/// <summary>Sources that may have changed: after a commit here, a nudge of their owner, or an offer that came, changed or was answered.</summary>
/// <param name="Installation">Whose sources; the own domain for local ones.</param>
/// <param name="Collection">Null: any of them.</param>
/// <param name="Viewer">Only what this user sees of it changed; null: everybody's view.</param>
public sealed record SourceChange(Domain Installation, CollectionId? Collection, UserName? Viewer);

/// <summary>Tells the open views of this process to ask again. Hearing too often costs a question, never a wrong view.</summary>
public sealed class SourceChanges
{
    /// <summary>Handlers return at once and never throw.</summary>
    public event Action<SourceChange>? Changed;

    public void Announce(SourceChange change) => Changed?.Invoke(change);
}
