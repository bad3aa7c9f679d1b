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

/// <summary>What the viewer has of one app.</summary>
/// <param name="Noun">What a collection of it is called: "calendar".</param>
public sealed record MatrixApp(AppId App, string Noun, IReadOnlyList<MatrixCollection> Collections)
{
    /// <summary>All of it, then one by one.</summary>
    public IEnumerable<MatrixPlace> Places => Collections.Select(collection => new MatrixPlace(App, Noun, collection)).Prepend(new MatrixPlace(App, Noun, null));
}

/// <summary>What a row is about: one collection, or, with null, everything of the app.</summary>
public sealed record MatrixPlace(AppId App, string Noun, MatrixCollection? Collection)
{
    /// <summary>"Work", or "All calendars".</summary>
    public string Name => Collection?.Name ?? $"All {Noun}s";

    public MatrixKey For(MatrixPrincipal principal) => new(App, principal.Principal, Collection?.Id);
}

/// <summary>Everything that the viewer shares.</summary>
/// <param name="Principals">Everybody with a grant, whoever got one first being first.</param>
public sealed record MatrixFacts(
    IReadOnlyList<MatrixApp> Apps,
    IReadOnlyList<MatrixPrincipal> Principals,
    IReadOnlyDictionary<MatrixKey, StoredRights> Grants)
{
    /// <summary>App by app; of an app of which the viewer has nothing and shares nothing there is no row.</summary>
    public IReadOnlyList<MatrixPlace> Places =>
        [.. Apps.Where(app => app.Collections.Count > 0 || Grants.Keys.Any(key => key.App == app.App)).SelectMany(app => app.Places)];

    public StoredRights Stored(MatrixKey key) => Grants.GetValueOrDefault(key, StoredRights.None);

    public MatrixPlace? Find(AppId app, CollectionId? collection) => Places.FirstOrDefault(place => place.App == app && place.Collection?.Id == collection);

    /// <summary>"Work", "Work (notebook)" where something else is called that, too, or "all calendars".</summary>
    public string NameOf(AppId app, CollectionId? collection)
    {
        var noun = Apps.FirstOrDefault(one => one.App == app)?.Noun ?? "collection";
        if (collection is null)
            return $"all {noun}s";
        if (Find(app, collection) is not { Name: var name })
            return $"a {noun} that is gone";
        return Places.Count(place => place.Name == name) > 1 ? $"{name} ({noun})" : name;
    }
}
