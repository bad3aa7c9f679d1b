using Microsoft.EntityFrameworkCore;
using NodaTime;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Primitives;
using PeerWeb.Core.Storage.Rows;

namespace PeerWeb.Core.Storage;

/// <summary>A write that its user kept for later. Nothing sends it but its user.</summary>
/// <param name="Title">For lists; at most 1,000 characters.</param>
/// <param name="Body">JSON of the app's feature; at most 2,000,000 characters.</param>
public sealed record Draft(Guid Id, string Title, string Body, Instant Created, Instant Changed);

/// <summary>The drafts of each user, visible to nobody else.</summary>
public sealed class SqlDrafts(IDbContextFactory<PeerWebContext> contexts, TimeProvider time)
{
    public const int MaxBodyLength = 2_000_000;

    public const int MaxTitleLength = 1_000;

    /// <summary>Drafts of one user and app; the next one is refused.</summary>
    public const int MaxDrafts = 200;

    /// <summary>The newest first.</summary>
    /// <exception cref="StoreUnavailableException">As with each of these calls: the database is full, busy or broken.</exception>
    public Task<IReadOnlyList<Draft>> ListAsync(UserName owner, AppId app, CancellationToken cancellationToken) =>
        StoreFaults.GuardAsync(() => ReadAsync(owner, app, cancellationToken));

    /// <summary>Keeps a draft, or what became of it.</summary>
    /// <returns>False where the id is another user's, or there are <see cref="MaxDrafts"/> already.</returns>
    public Task<bool> SaveAsync(UserName owner, AppId app, Guid id, string title, string body, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(title.Length, MaxTitleLength);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(body.Length, MaxBodyLength);
        return StoreFaults.GuardAsync(() => KeepAsync(owner, app, id, title, body, cancellationToken));
    }

    /// <returns>False where the user has no such draft.</returns>
    public Task<bool> DeleteAsync(UserName owner, Guid id, CancellationToken cancellationToken) =>
        StoreFaults.GuardAsync(() => RemoveAsync(owner, id, cancellationToken));

    private async Task<IReadOnlyList<Draft>> ReadAsync(UserName owner, AppId app, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = await db.Drafts.AsNoTracking().Where(row => row.Owner == owner.Value && row.App == app.Value)
            .OrderByDescending(row => row.Changed).ThenBy(row => row.Id).ToListAsync(cancellationToken);
        return [.. rows.Select(row => new Draft(
            row.Id, row.Title, row.Body, Instant.FromUnixTimeMilliseconds(row.Created), Instant.FromUnixTimeMilliseconds(row.Changed)))];
    }

    private async Task<bool> KeepAsync(UserName owner, AppId app, Guid id, string title, string body, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.BeginWriteAsync(cancellationToken);
        var row = await db.Drafts.FirstOrDefaultAsync(draft => draft.Id == id, cancellationToken);
        if (row is null)
        {
            if (await db.Drafts.CountAsync(draft => draft.Owner == owner.Value && draft.App == app.Value, cancellationToken) >= MaxDrafts)
                return false;
            db.Drafts.Add(new DraftRow { Id = id, Owner = owner.Value, App = app.Value, Title = title, Body = body, Created = now, Changed = now });
        }
        else if (row.Owner == owner.Value && row.App == app.Value)
        {
            (row.Title, row.Body, row.Changed) = (title, body, now);
        }
        else
        {
            return false;
        }
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    private async Task<bool> RemoveAsync(UserName owner, Guid id, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Drafts.Where(row => row.Id == id && row.Owner == owner.Value).ExecuteDeleteAsync(cancellationToken) > 0;
    }
}
