using Microsoft.EntityFrameworkCore;
using NodaTime;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Primitives;
using PeerWeb.Core.Sharing;
using PeerWeb.Core.Storage.Rows;

namespace PeerWeb.Core.Storage;

/// <summary>The collections a call is about, and who may what in them according to the guard.</summary>
internal sealed record ScopedRows(IReadOnlyList<(CollectionRow Row, ScopedCollection Scoped)> Collections)
{
    public (CollectionRow Row, ScopedCollection Scoped)? Find(CollectionId id)
    {
        foreach (var pair in Collections)
        {
            if (pair.Scoped.Id == id)
                return pair;
        }
        return null;
    }
}

/// <summary>Reads what decides rights, and asks the guard, in the caller's transaction.</summary>
internal static class ScopeFactsQuery
{
    // Every call asks these first: they are translated once.
    private static readonly Compiled<Func<PeerWebContext, Guid, PrincipalKind, PrincipalKind, string, List<string>, IAsyncEnumerable<GrantRow>>> GrantsNaming = new(() =>
        EF.CompileAsyncQuery((PeerWebContext db, Guid peer, PrincipalKind user, PrincipalKind group, string name, List<string> groups) =>
            db.Grants.AsNoTracking().Where(row => row.PeerId == peer
                && ((row.Kind == user && row.Name == name) || (row.Kind == group && groups.Contains(row.Name)) || row.Kind == PrincipalKind.EveryoneAt))));

    private static readonly Compiled<Func<PeerWebContext, List<string>, IAsyncEnumerable<CollectionRow>>> CollectionsOf = new(() =>
        EF.CompileAsyncQuery((PeerWebContext db, List<string> owners) =>
            db.Collections.AsNoTracking().Where(row => owners.Contains(row.Owner)).OrderBy(row => row.Owner).ThenBy(row => row.Name).ThenBy(row => row.Id).AsQueryable()));

    private static readonly Compiled<Func<PeerWebContext, List<string>, IAsyncEnumerable<CollectionRow>>> CollectionsWith = new(() =>
        EF.CompileAsyncQuery((PeerWebContext db, List<string> ids) =>
            db.Collections.AsNoTracking().Where(row => ids.Contains(row.Id)).OrderBy(row => row.Owner).ThenBy(row => row.Name).ThenBy(row => row.Id).AsQueryable()));

    private static readonly Compiled<Func<PeerWebContext, Guid, IAsyncEnumerable<CeilingRow>>> CeilingsOf = new(() =>
        EF.CompileAsyncQuery((PeerWebContext db, Guid peer) => db.Ceilings.AsNoTracking().Where(row => row.PeerId == peer)));

    /// <param name="app">Only collections of this app, or of any.</param>
    /// <param name="ids">Only these collections, or all that may concern the actor.</param>
    public static async Task<ScopedRows> ResolveAsync(
        PeerWebContext db, AppRegistry apps, Actor actor, ScopeMaker scope, AppId? app, IReadOnlyCollection<CollectionId>? ids, CancellationToken cancellationToken)
    {
        var grants = await GrantsNamingAsync(db, actor, cancellationToken);
        var owners = grants.Select(grant => grant.Owner).Distinct().ToList();
        if (actor is Actor.Local)
            owners.Add(actor.Name.Value);

        var candidates = ids is null ? CollectionsOf.For(db)(db, owners) : CollectionsWith.For(db)(db, [.. ids.Select(id => id.ToString())]);
        var rows = await candidates.Where(row => owners.Contains(row.Owner) && (app is not { } only || row.App == only.Value)).ToListAsync(cancellationToken);

        var facts = new ScopeFacts(
            [.. rows.Select(row => FactOf(row, apps))],
            [.. grants.Select(GrantOf)],
            actor is Actor.Remote remote ? await CeilingsAsync(db, remote.Peer, cancellationToken) : [],
            actor is not Actor.Remote guest || await LinkQuery.IsActiveAsync(db, guest.Peer, cancellationToken));
        var made = scope(facts);
        return new ScopedRows(
            [.. from row in rows
                let scoped = made.Find(new CollectionId(Guid.Parse(row.Id)))
                where scoped is not null
                select (row, scoped)]);
    }

    public static Grant GrantOf(GrantRow row) => new(
        new GrantId(row.Id),
        UserName.Parse(row.Owner),
        AppId.Parse(row.App),
        row.CollectionId.Length == 0 ? null : new CollectionId(Guid.Parse(row.CollectionId)),
        PrincipalOf(row),
        (Rights)row.Rights,
        row.ExpiresAt is { } at ? Instant.FromUnixTimeMilliseconds(at) : null,
        row.Note);

    private static CollectionFact FactOf(CollectionRow row, AppRegistry apps)
    {
        var app = AppId.Parse(row.App);
        return new CollectionFact(new CollectionId(Guid.Parse(row.Id)), app, UserName.Parse(row.Owner), apps.Find(app) is { HasBusyTime: true });
    }

    private static Principal PrincipalOf(GrantRow row) => row.Kind switch
    {
        PrincipalKind.LocalUser => new Principal.LocalUser(UserName.Parse(row.Name)),
        PrincipalKind.LocalGroup => new Principal.LocalGroup(row.Name),
        PrincipalKind.RemoteUser => new Principal.RemoteUser(new PeerId(row.PeerId), UserName.Parse(row.Name)),
        PrincipalKind.RemoteGroup => new Principal.RemoteGroup(new PeerId(row.PeerId), row.Name),
        PrincipalKind.EveryoneAt => new Principal.EveryoneAt(new PeerId(row.PeerId)),
    };

    private static async Task<IReadOnlyList<GrantRow>> GrantsNamingAsync(PeerWebContext db, Actor actor, CancellationToken cancellationToken)
    {
        var grants = actor is Actor.Remote remote
            ? GrantsNaming.For(db)(db, remote.Peer.Value, PrincipalKind.RemoteUser, PrincipalKind.RemoteGroup, actor.Name.Value, [.. actor.Groups])
            : GrantsNaming.For(db)(db, Guid.Empty, PrincipalKind.LocalUser, PrincipalKind.LocalGroup, actor.Name.Value, [.. actor.Groups]);
        return await grants.ToListAsync(cancellationToken);
    }

    private static async Task<IReadOnlyList<Ceiling>> CeilingsAsync(PeerWebContext db, PeerId peer, CancellationToken cancellationToken)
    {
        var rows = await CeilingsOf.For(db)(db, peer.Value).ToListAsync(cancellationToken);
        return [.. rows.Select(row => new Ceiling(peer, AppId.Parse(row.App), (Rights)row.Rights))];
    }
}
