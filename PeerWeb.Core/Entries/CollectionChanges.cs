using PeerWeb.Core.Primitives;

namespace PeerWeb.Core.Entries;

/// <summary>Tells this process that a commit changed entries of a collection here. What another process wrote is not heard of.</summary>
public sealed class CollectionChanges
{
    /// <summary>Raised after the commit, on the writer's thread: handlers return at once and never throw.</summary>
    public event Action<CollectionId>? Changed;

    public void Announce(CollectionId collection) => Changed?.Invoke(collection);
}
