namespace PeerWeb.Core.Sharing;

/// <summary>Makes the guarded store of whoever acts; nobody gets at entries without one.</summary>
public sealed class GuardedEntryStores(IScopedEntryStore store, TimeProvider time)
{
    public GuardedEntryStore For(Actor actor) => new(store, actor, time);
}
