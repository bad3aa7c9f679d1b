using Microsoft.EntityFrameworkCore;

namespace PeerWeb.Identity;

/// <summary>A local user as the rest of the application sees one.</summary>
public sealed record DirectoryUser(string Name, string DisplayName, bool IsAdmin, bool Disabled);

/// <summary>Who the local users are. Disabled users are listed, marked: their names stay theirs.</summary>
public sealed class UserDirectory(IDbContextFactory<IdentityStore> stores)
{
    /// <summary>The user of that name, typed in any case.</summary>
    public async Task<DirectoryUser?> FindAsync(string name, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(name);
        var wanted = UserNameRule.Normalize(name);
        await using var store = await stores.CreateDbContextAsync(cancellationToken);
        return await Shown(store, store.Users.Where(user => user.UserName == wanted)).SingleOrDefaultAsync(cancellationToken);
    }

    /// <summary>Everyone, by name.</summary>
    public async Task<IReadOnlyList<DirectoryUser>> ListAsync(CancellationToken cancellationToken)
    {
        await using var store = await stores.CreateDbContextAsync(cancellationToken);
        return await Shown(store, store.Users.OrderBy(user => user.UserName)).ToListAsync(cancellationToken);
    }

    public async Task<bool> AnyAsync(CancellationToken cancellationToken)
    {
        await using var store = await stores.CreateDbContextAsync(cancellationToken);
        return await store.Users.AnyAsync(cancellationToken);
    }

    private static IQueryable<DirectoryUser> Shown(IdentityStore store, IQueryable<LocalUser> users)
    {
        var admins = from assigned in store.UserRoles join role in store.Roles on assigned.RoleId equals role.Id where role.Name == Roles.Admin select assigned.UserId;
        return users.AsNoTracking().Select(user => new DirectoryUser(user.UserName!, user.DisplayName, admins.Contains(user.Id), user.Disabled));
    }
}
