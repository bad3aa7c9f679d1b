using Microsoft.EntityFrameworkCore;
using NodaTime;
using PeerWeb.Core.Primitives;
using PeerWeb.Core.Sharing;
using PeerWeb.Core.Storage.Rows;

namespace PeerWeb.Core.Storage;

/// <summary>A grant as its owner sees it.</summary>
public sealed record StoredGrant(Grant Grant, int Version, Instant CreatedAt);

/// <summary>The grants that a local user has given. Only the owner of a collection grants, and every call says who that is.</summary>
public sealed class SqlGrants(IDbContextFactory<PeerWebContext> contexts, TimeProvider time)
{
    public async Task<IReadOnlyList<StoredGrant>> ListAsync(UserName owner, AppId app, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = await db.Grants.AsNoTracking()
            .Where(row => row.Owner == owner.Value && row.App == app.Value)
            .OrderBy(row => row.CreatedAt).ThenBy(row => row.Id)
            .ToListAsync(cancellationToken);
        return [.. rows.Select(row => new StoredGrant(ScopeFactsQuery.GrantOf(row), row.Version, Instant.FromUnixTimeMilliseconds(row.CreatedAt)))];
    }

    /// <summary>Gives rights where this principal has no grant on this collection yet.</summary>
    /// <param name="collection">Null: everything of the app.</param>
    /// <returns>Null where the principal has one already, or the collection is not the owner's.</returns>
    public async Task<GrantId?> GiveAsync(
        UserName owner, AppId app, CollectionId? collection, Principal principal, Rights rights, CancellationToken cancellationToken)
    {
        var (kind, peer, name) = Columns(principal);
        var id = collection?.ToString() ?? string.Empty;
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.BeginWriteAsync(cancellationToken);
        var isOwners = id.Length == 0
            || await db.Collections.AnyAsync(row => row.Id == id && row.Owner == owner.Value && row.App == app.Value, cancellationToken);
        var isThere = await db.Grants.AnyAsync(
            row => row.Owner == owner.Value && row.App == app.Value && row.CollectionId == id && row.Kind == kind && row.PeerId == peer && row.Name == name,
            cancellationToken);
        if (!isOwners || isThere)
            return null;
        var grant = GrantId.New();
        db.Grants.Add(new GrantRow
        {
            Id = grant.Value,
            Owner = owner.Value,
            App = app.Value,
            CollectionId = id,
            Kind = kind,
            PeerId = peer,
            Name = name,
            Rights = (int)rights,
            CreatedAt = time.GetUtcNow().ToUnixTimeMilliseconds(),
        });
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return grant;
    }

    /// <returns>False where the owner has no such grant (any more).</returns>
    public async Task<bool> RevokeAsync(UserName owner, GrantId grant, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.BeginWriteAsync(cancellationToken);
        var count = await db.Grants.Where(row => row.Id == grant.Value && row.Owner == owner.Value).ExecuteDeleteAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return count > 0;
    }

    private static (PrincipalKind Kind, Guid Peer, string Name) Columns(Principal principal) => principal switch
    {
        Principal.LocalUser user => (PrincipalKind.LocalUser, Guid.Empty, user.Name.Value),
        Principal.LocalGroup group => (PrincipalKind.LocalGroup, Guid.Empty, group.Name),
        Principal.RemoteUser user => (PrincipalKind.RemoteUser, user.Peer.Value, user.Name.Value),
        Principal.RemoteGroup group => (PrincipalKind.RemoteGroup, group.Peer.Value, group.Name),
        Principal.EveryoneAt everyone => (PrincipalKind.EveryoneAt, everyone.Peer.Value, string.Empty),
        _ => throw new ArgumentOutOfRangeException(nameof(principal)),
    };
}
