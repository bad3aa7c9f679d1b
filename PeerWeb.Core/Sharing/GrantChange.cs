using PeerWeb.Core.Primitives;

namespace PeerWeb.Core.Sharing;

/// <summary>What an owner changed in one row of the matrix: single rights given and taken, never the whole row.</summary>
/// <param name="Collection">Null: everything of <paramref name="App"/>.</param>
/// <param name="Version">Of the grant that the change was made on; 0 where there was none.</param>
public sealed record GrantChange(AppId App, CollectionId? Collection, Principal Principal, Rights Add, Rights Remove, int Version);

/// <summary>What became of one change; callers switch over it.</summary>
public abstract record GrantOutcome
{
    private GrantOutcome()
    {
    }

    /// <param name="Rights">As stored now; None where the grant ended.</param>
    /// <param name="Version">0 where the grant ended.</param>
    public sealed record Saved(Rights Rights, int Version) : GrantOutcome;

    /// <summary>Somebody changed the grant since; nothing of this change happened.</summary>
    /// <param name="Rights">As stored now; None where there is no grant.</param>
    public sealed record Stale(Rights Rights, int Version) : GrantOutcome;

    /// <summary>The collection is not there or not the owner's, or the principal's link is not active.</summary>
    public sealed record Refused(string Reason) : GrantOutcome;
}

/// <summary>A collection by name, as an offer shows it.</summary>
/// <param name="Color"><c>#rrggbb</c>, or null.</param>
public sealed record NamedCollection(CollectionId Id, string Name, string? Color);

/// <summary>What the installation of a grant's principal is told: the grant's whole state, so that a later notice makes an earlier one needless.</summary>
/// <param name="Version">Counts up with each change of the grant; an older notice is passed over.</param>
/// <param name="Collection">Null: everything of <paramref name="App"/>, also what the owner makes later.</param>
/// <param name="Covered">What that is now, for showing; at most 100.</param>
/// <param name="Recipient">Null: everyone there.</param>
/// <param name="Rights">As ticked; None: the grant has ended.</param>
public sealed record GrantNotice(
    GrantId Grant,
    int Version,
    UserName Owner,
    AppId App,
    CollectionId? Collection,
    IReadOnlyList<NamedCollection> Covered,
    UserName? Recipient,
    Rights Rights)
{
    public bool IsEnd => Rights == Rights.None;
}
