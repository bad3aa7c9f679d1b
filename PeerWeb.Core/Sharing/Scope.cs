using PeerWeb.Core.Primitives;

namespace PeerWeb.Core.Sharing;

/// <summary>What the storage knows of a collection that the guard needs.</summary>
public sealed record CollectionFact(CollectionId Id, AppId App, UserName Owner);

/// <summary>Everything that decides rights, read in one transaction: collections with the grants and ceilings that may concern the actor.</summary>
public sealed record ScopeFacts(
    IReadOnlyList<CollectionFact> Collections,
    IReadOnlyList<Grant> Grants,
    IReadOnlyList<Ceiling> Ceilings,
    bool LinkIsActive);

/// <summary>What one principal may see and do in each collection. Only the guard makes it; the storage answers nothing without it.</summary>
public sealed class Scope
{
    private readonly Dictionary<CollectionId, ScopedCollection> _collections;

    private Scope(IEnumerable<ScopedCollection> collections) => _collections = collections.ToDictionary(c => c.Id);

    /// <summary>Those that exist for the principal; all others do not.</summary>
    public IReadOnlyCollection<ScopedCollection> Collections => _collections.Values;

    public ScopedCollection? Find(CollectionId id) => _collections.GetValueOrDefault(id);

    /// <summary>For the guard alone; an architecture test holds it.</summary>
    internal static Scope Of(IEnumerable<ScopedCollection> collections) => new(collections);
}

/// <param name="SeesPrivate">Whether private entries exist for the principal.</param>
public sealed record ScopedCollection(CollectionId Id, Rights Rights, bool SeesPrivate, GrantVersion Version)
{
    public bool CanRead => Rights.HasFlag(Rights.Read);
}

/// <summary>Turns facts into a scope; given to the storage, which calls it inside its own transaction.</summary>
public delegate Scope ScopeMaker(ScopeFacts facts);
