using Microsoft.EntityFrameworkCore;
using NodaTime;
using PeerWeb.Core.Primitives;
using PeerWeb.Core.Sharing;
using PeerWeb.Core.Storage.Rows;
using PeerWeb.Core.Sync;

namespace PeerWeb.Core.Storage;

/// <summary>A grant as its owner sees it.</summary>
public sealed record StoredGrant(Grant Grant, int Version, Instant CreatedAt);

/// <summary>The grants that a local user has given. Only the owner of a collection grants, and every call says who that is.</summary>
public sealed class SqlGrants(IDbContextFactory<PeerWebContext> contexts, GrantNoticeWriter write, OutboxSignal outbox, TimeProvider time)
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

    /// <summary>Applies each change whose version is the stored one, all in one transaction; the others stay undone and say what is there.</summary>
    /// <remarks>Rights that come to none end the grant. The other installation is told in the same transaction, through the message outbox.</remarks>
    /// <returns>What became of each, in the order of the changes.</returns>
    public async Task<IReadOnlyList<GrantOutcome>> SaveAsync(UserName owner, IReadOnlyList<GrantChange> changes, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.BeginWriteAsync(cancellationToken);
        var outcomes = new List<GrantOutcome>(changes.Count);
        var isTold = false;
        foreach (var change in changes)
        {
            var (outcome, changed, kind) = await ApplyAsync(db, owner, change, cancellationToken);
            outcomes.Add(outcome);
            if (changed is not null)
                isTold |= await GrantOutbox.TellAsync(db, changed, kind, write, Instant.FromDateTimeOffset(time.GetUtcNow()), cancellationToken);
            await db.SaveChangesAsync(cancellationToken);
        }
        await transaction.CommitAsync(cancellationToken);
        if (isTold)
            outbox.Raise();
        return outcomes;
    }

    private async Task<(GrantOutcome Outcome, GrantRow? Changed, string Kind)> ApplyAsync(
        PeerWebContext db, UserName owner, GrantChange change, CancellationToken cancellationToken)
    {
        if (await WhyNotAsync(db, owner, change, cancellationToken) is { } reason)
            return Nothing(new GrantOutcome.Refused(reason));
        var (kind, peer, name) = Columns(change.Principal);
        var id = change.Collection?.ToString() ?? string.Empty;
        var row = await db.Grants.FirstOrDefaultAsync(
            row => row.Owner == owner.Value && row.App == change.App.Value && row.CollectionId == id && row.Kind == kind && row.PeerId == peer && row.Name == name,
            cancellationToken);
        var (stored, version) = row is null ? (Rights.None, 0) : ((Rights)row.Rights, row.Version);
        if (version != change.Version)
            return Nothing(new GrantOutcome.Stale(stored, version));
        var rights = (stored | change.Add) & ~change.Remove & Rights.All;
        if (rights == stored)
            return Nothing(new GrantOutcome.Saved(stored, version));
        // Taking away is possible however the link stands.
        if ((rights & ~stored) != Rights.None && peer != Guid.Empty && !await LinkQuery.IsActiveAsync(db, new PeerId(peer), cancellationToken))
            return Nothing(new GrantOutcome.Refused("The link with their installation is not active."));
        if (row is null)
        {
            row = new GrantRow
            {
                Id = GrantId.New().Value,
                Owner = owner.Value,
                App = change.App.Value,
                CollectionId = id,
                Kind = kind,
                PeerId = peer,
                Name = name,
                Rights = (int)rights,
                CreatedAt = time.GetUtcNow().ToUnixTimeMilliseconds(),
            };
            db.Grants.Add(row);
            return (new GrantOutcome.Saved(rights, row.Version), row, GrantMessageKinds.Offer);
        }
        (row.Rights, row.Version) = ((int)rights, version + 1);
        if (rights != Rights.None)
            return (new GrantOutcome.Saved(rights, row.Version), row, GrantMessageKinds.Change);
        db.Grants.Remove(row);
        return (new GrantOutcome.Saved(Rights.None, 0), row, GrantMessageKinds.End);
    }

    private static (GrantOutcome, GrantRow?, string) Nothing(GrantOutcome outcome) => (outcome, null, string.Empty);

    private static async Task<string?> WhyNotAsync(PeerWebContext db, UserName owner, GrantChange change, CancellationToken cancellationToken)
    {
        if (change.Principal is Principal.LocalUser user && user.Name == owner)
            return "What is one's own needs no grant.";
        var id = change.Collection?.ToString();
        return id is null || await db.Collections.AnyAsync(row => row.Id == id && row.Owner == owner.Value && row.App == change.App.Value, cancellationToken)
            ? null
            : "There is no such collection of this owner.";
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
