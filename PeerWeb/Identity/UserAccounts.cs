using Microsoft.AspNetCore.Identity;

namespace PeerWeb.Identity;

/// <summary>What happened to a command on an account.</summary>
public abstract record AccountOutcome
{
    private AccountOutcome()
    {
    }

    public sealed record Done : AccountOutcome;

    public sealed record NotFound : AccountOutcome;

    /// <param name="Reason">A sentence for whoever asked.</param>
    public sealed record Refused(string Reason) : AccountOutcome;
}

/// <summary>A user to be made. The name is taken in lower case; without a display name it is that too.</summary>
public sealed record NewUser(string Name, string? DisplayName, string Password, bool IsAdmin);

/// <summary>Makes, disables and enables local users. There is no deletion: see <see cref="LocalUser"/>.</summary>
public sealed class UserAccounts(IServiceScopeFactory scopes, TimeProvider time)
{
    public async Task<AccountOutcome> CreateAsync(NewUser wanted, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(wanted);
        await using var scope = scopes.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<LocalUser>>();
        var store = scope.ServiceProvider.GetRequiredService<IdentityStore>();
        var name = UserNameRule.Normalize(wanted.Name);
        var user = new LocalUser { UserName = name, DisplayName = wanted.DisplayName?.Trim() ?? name, CreatedAt = time.GetUtcNow(), LockoutEnabled = true };
        await using var transaction = await store.Database.BeginTransactionAsync(cancellationToken);
        var created = await users.CreateAsync(user, wanted.Password);
        if (created.Succeeded) created = await users.AddToRolesAsync(user, wanted.IsAdmin ? [Roles.User, Roles.Admin] : [Roles.User]);
        if (!created.Succeeded) return new AccountOutcome.Refused(string.Join(' ', created.Errors.Select(error => error.Description)));
        await transaction.CommitAsync(cancellationToken);
        return new AccountOutcome.Done();
    }

    /// <summary>Disabling also ends sessions: within a minute no cookie and no circuit of the user is accepted.</summary>
    public async Task<AccountOutcome> SetDisabledAsync(string name, bool disabled, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(name);
        cancellationToken.ThrowIfCancellationRequested();
        await using var scope = scopes.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<LocalUser>>();
        if (await users.FindByNameAsync(UserNameRule.Normalize(name)) is not { } user) return new AccountOutcome.NotFound();
        if (user.Disabled == disabled) return new AccountOutcome.Done();
        user.Disabled = disabled;
        var updated = await users.UpdateSecurityStampAsync(user);
        return updated.Succeeded ? new AccountOutcome.Done() : new AccountOutcome.Refused("Somebody changed the user at the same moment; try again.");
    }
}
