using Microsoft.EntityFrameworkCore;
using PeerWeb.Core.Primitives;
using PeerWeb.Core.Storage.Rows;

namespace PeerWeb.Core.Storage;

/// <summary>Makes collections of local users. What is in them, and who sees them, is the guarded store's.</summary>
public sealed class SqlCollections(IDbContextFactory<PeerWebContext> contexts, TimeProvider time)
{
    public const int MaxNameLength = 200;

    /// <param name="name">1 to 200 characters; need not be unique.</param>
    /// <param name="color"><c>#rrggbb</c>, or null.</param>
    public async Task<CollectionId> CreateAsync(UserName owner, AppId app, string name, string? color, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(name.Length, MaxNameLength);
        var id = CollectionId.New();
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        db.Collections.Add(new CollectionRow
        {
            Id = id.ToString(),
            App = app.Value,
            Owner = owner.Value,
            Name = name.Trim(),
            Color = color,
            CreatedAt = time.GetUtcNow().ToUnixTimeMilliseconds(),
        });
        await db.SaveChangesAsync(cancellationToken);
        return id;
    }
}
