using Microsoft.EntityFrameworkCore;
using PeerWeb.Core.Primitives;
using PeerWeb.Core.Storage.Rows;

namespace PeerWeb.Core.Storage;

/// <summary>What each user has chosen, by name; visible to nobody else.</summary>
public sealed class SqlPreferences(IDbContextFactory<PeerWebContext> contexts, TimeProvider time)
{
    public const int MaxNameLength = 64;

    public const int MaxBodyLength = 10_000;

    /// <returns>The JSON that was saved last; null where none was.</returns>
    public async Task<string?> FindAsync(UserName user, string name, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Preferences.Where(row => row.User == user.Value && row.Name == name).Select(row => row.Body).FirstOrDefaultAsync(cancellationToken);
    }

    /// <summary>Saves what was chosen; of two tabs the later one counts.</summary>
    public async Task SaveAsync(UserName user, string name, string body, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(name.Length, MaxNameLength);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(body.Length, MaxBodyLength);
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.BeginWriteAsync(cancellationToken);
        var row = await db.Preferences.FirstOrDefaultAsync(row => row.User == user.Value && row.Name == name, cancellationToken);
        if (row is null)
            db.Preferences.Add(new PreferenceRow { User = user.Value, Name = name, Body = body, Changed = now });
        else
            (row.Body, row.Changed) = (body, now);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }
}
