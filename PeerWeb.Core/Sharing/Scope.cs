using PeerWeb.Core.Primitives;

namespace PeerWeb.Core.Sharing;

/// <summary>What the storage knows of a collection that the guard needs.</summary>
/// <param name="HasBusyTime">Whether its app's entries take time.</param>
public sealed record CollectionFact(CollectionId Id, AppId App, UserName Owner, bool HasBusyTime);

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

/// <param name="Rights">Those in effect.</param>
public sealed record ScopedCollection(CollectionId Id, Rights Rights, Redaction Redaction, GrantVersion Version)
{
    public bool CanRead => Rights.HasFlag(Rights.Read);

    /// <summary>Whether private entries exist for the principal.</summary>
    public bool SeesPrivate => Redaction == Redaction.None;

    /// <summary>Whether something shows as busy time that cannot be read.</summary>
    public bool ShowsBusyTime => Redaction is Redaction.PrivateIsBusy or Redaction.AllIsBusy;
}

/// <summary>What a principal does not get of a collection.</summary>
public enum Redaction
{
    /// <summary>Everything is there.</summary>
    None,

    /// <summary>Private entries are not there.</summary>
    PrivateIsAbsent,

    /// <summary>Private entries are busy time.</summary>
    PrivateIsBusy,

    /// <summary>Every entry is busy time.</summary>
    AllIsBusy,
}

/// <summary>Turns facts into a scope; given to the storage, which calls it inside its own transaction.</summary>
public delegate Scope ScopeMaker(ScopeFacts facts);
