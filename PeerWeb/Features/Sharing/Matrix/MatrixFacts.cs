using NodaTime;
using PeerWeb.Core.Primitives;
using PeerWeb.Core.Sharing;

namespace PeerWeb.Features.Sharing.Matrix;

/// <summary>One row of the matrix: whom, and on what.</summary>
/// <param name="Collection">Null: everything of the app.</param>
public sealed record MatrixKey(AppId App, Principal Principal, CollectionId? Collection);

/// <summary>One collection of the viewer.</summary>
/// <param name="Color"><c>#rrggbb</c>, or null.</param>
public sealed record MatrixCollection(CollectionId Id, string Name, string? Color);

/// <summary>Who may be given rights.</summary>
/// <param name="Name">An address, <c>group:name</c>, or <c>everyone@domain</c>.</param>
/// <param name="Home">Name of the installation the principal belongs to.</param>
/// <param name="Peer">Null for principals of this installation.</param>
/// <param name="Problem">Why rights give nothing for now, one sentence; null where all is well.</param>
public sealed record MatrixPrincipal(Principal Principal, string Name, string Home, PeerId? Peer, string? Problem);

/// <summary>A grant as it is stored.</summary>
/// <param name="Version">0 where there is none.</param>
public sealed record StoredRights(Rights Rights, int Version, Instant? ExpiresAt)
{
    public static readonly StoredRights None = new(Rights.None, 0, null);
}

/// <summary>Everything that the viewer shares of one app.</summary>
/// <param name="Noun">What a collection of it is called: "calendar".</param>
/// <param name="Principals">Everybody with a grant, whoever got one first being first.</param>
public sealed record MatrixFacts(
    AppId App,
    string Noun,
    IReadOnlyList<MatrixCollection> Collections,
    IReadOnlyList<MatrixPrincipal> Principals,
    IReadOnlyDictionary<MatrixKey, StoredRights> Grants)
{
    public StoredRights Stored(MatrixKey key) => Grants.GetValueOrDefault(key, StoredRights.None);

    /// <summary>"Work", or "all calendars".</summary>
    public string NameOf(CollectionId? collection) =>
        collection is null ? $"all {Noun}s" : Collections.FirstOrDefault(one => one.Id == collection)?.Name ?? $"a {Noun} that is gone";
}
