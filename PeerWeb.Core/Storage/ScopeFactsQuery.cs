using Microsoft.EntityFrameworkCore;
using NodaTime;
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
    /// <param name="app">Only collections of this app, or of any.</param>
    /// <param name="ids">Only these collections, or all that may concern the actor.</param>
    public static async Task<ScopedRows> ResolveAsync(
        PeerWebContext db, Actor actor, ScopeMaker scope, AppId? app, IReadOnlyCollection<CollectionId>? ids, CancellationToken cancellationToken)
    {
        var grants = await GrantsNaming(db, actor).AsNoTracking().ToListAsync(cancellationToken);
        var owners = grants.Select(grant => grant.Owner).Distinct().ToList();
        if (actor is Actor.Local)
            owners.Add(actor.Name.Value);

        var candidates = db.Collections.AsNoTracking().Where(row => owners.Contains(row.Owner));
        if (app is { } onlyApp)
            candidates = candidates.Where(row => row.App == onlyApp.Value);
        if (ids is not null)
        {
            var texts = ids.Select(id => id.ToString()).ToList();
            candidates = candidates.Where(row => texts.Contains(row.Id));
        }
        var rows = await candidates.OrderBy(row => row.Owner).ThenBy(row => row.Name).ThenBy(row => row.Id).ToListAsync(cancellationToken);

        var facts = new ScopeFacts(
            [.. rows.Select(FactOf)],
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

    private static CollectionFact FactOf(CollectionRow row) =>
        new(new CollectionId(Guid.Parse(row.Id)), AppId.Parse(row.App), UserName.Parse(row.Owner));

    private static Principal PrincipalOf(GrantRow row) => row.Kind switch
    {
        PrincipalKind.LocalUser => new Principal.LocalUser(UserName.Parse(row.Name)),
        PrincipalKind.LocalGroup => new Principal.LocalGroup(row.Name),
        PrincipalKind.RemoteUser => new Principal.RemoteUser(new PeerId(row.PeerId), UserName.Parse(row.Name)),
        PrincipalKind.RemoteGroup => new Principal.RemoteGroup(new PeerId(row.PeerId), row.Name),
        PrincipalKind.EveryoneAt => new Principal.EveryoneAt(new PeerId(row.PeerId)),
    };

    private static IQueryable<GrantRow> GrantsNaming(PeerWebContext db, Actor actor)
    {
        var name = actor.Name.Value;
        var groups = actor.Groups.ToList();
        var peer = actor is Actor.Remote remote ? remote.Peer.Value : Guid.Empty;
        return actor is Actor.Local
            ? db.Grants.Where(row => (row.Kind == PrincipalKind.LocalUser && row.Name == name)
                || (row.Kind == PrincipalKind.LocalGroup && groups.Contains(row.Name)))
            : db.Grants.Where(row => row.PeerId == peer
                && ((row.Kind == PrincipalKind.RemoteUser && row.Name == name)
                    || (row.Kind == PrincipalKind.RemoteGroup && groups.Contains(row.Name))
                    || row.Kind == PrincipalKind.EveryoneAt));
    }

    private static async Task<IReadOnlyList<Ceiling>> CeilingsAsync(PeerWebContext db, PeerId peer, CancellationToken cancellationToken)
    {
        var rows = await db.Ceilings.AsNoTracking().Where(row => row.PeerId == peer.Value).ToListAsync(cancellationToken);
        return [.. rows.Select(row => new Ceiling(peer, AppId.Parse(row.App), (Rights)row.Rights))];
    }
}
