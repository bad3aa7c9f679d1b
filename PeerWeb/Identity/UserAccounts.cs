using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

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

/// <summary>What happened to the attempt to make the first administrator.</summary>
public abstract record FirstAdminOutcome
{
    private FirstAdminOutcome()
    {
    }

    /// <param name="User">May be signed in at once.</param>
    public sealed record Made(LocalUser User) : FirstAdminOutcome;

    /// <summary>There is a user already.</summary>
    public sealed record TooLate : FirstAdminOutcome;

    /// <param name="Faults">All of them; the code names the field.</param>
    public sealed record Refused(IReadOnlyList<IdentityError> Faults) : FirstAdminOutcome;
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
        await using var transaction = await store.Database.BeginTransactionAsync(cancellationToken);
        var created = await AddAsync(users, NewRow(wanted), wanted);
        if (!created.Succeeded) return new AccountOutcome.Refused(string.Join(' ', created.Errors.Select(error => error.Description)));
        await transaction.CommitAsync(cancellationToken);
        return new AccountOutcome.Done();
    }

    /// <summary>What is wrong with a user to be made; nothing is made.</summary>
    public async Task<IReadOnlyList<IdentityError>> FaultsOfAsync(NewUser wanted)
    {
        ArgumentNullException.ThrowIfNull(wanted);
        await using var scope = scopes.CreateAsyncScope();
        return [.. await FaultsAsync(scope.ServiceProvider.GetRequiredService<UserManager<LocalUser>>(), NewRow(wanted), wanted.Password)];
    }

    /// <summary>Of several attempts at the same moment one makes a user; the others come too late, whichever process they are in.</summary>
    public async Task<FirstAdminOutcome> CreateFirstAdminAsync(NewUser wanted, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(wanted);
        await using var scope = scopes.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<LocalUser>>();
        var store = scope.ServiceProvider.GetRequiredService<IdentityStore>();
        var user = NewRow(wanted);
        IdentityError[] faults = [.. await FaultsAsync(users, user, wanted.Password)];
        if (faults.Length > 0) return new FirstAdminOutcome.Refused(faults);
        await using var transaction = await store.Database.BeginTransactionAsync(cancellationToken);
        await store.LockUsersAsync(cancellationToken);
        if (await store.Users.AnyAsync(cancellationToken)) return new FirstAdminOutcome.TooLate();
        var created = await AddAsync(users, user, wanted);
        if (!created.Succeeded) return new FirstAdminOutcome.Refused([.. created.Errors]);
        await transaction.CommitAsync(cancellationToken);
        return new FirstAdminOutcome.Made(user);
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

    private LocalUser NewRow(NewUser wanted)
    {
        var name = UserNameRule.Normalize(wanted.Name);
        return new LocalUser { UserName = name, DisplayName = wanted.DisplayName?.Trim() ?? name, CreatedAt = time.GetUtcNow(), LockoutEnabled = true };
    }

    private static async Task<IdentityResult> AddAsync(UserManager<LocalUser> users, LocalUser user, NewUser wanted)
    {
        var created = await users.CreateAsync(user, wanted.Password);
        return created.Succeeded ? await users.AddToRolesAsync(user, wanted.IsAdmin ? [Roles.User, Roles.Admin] : [Roles.User]) : created;
    }

    // All at once: creating stops at the first rule that is broken.
    private static async Task<IEnumerable<IdentityError>> FaultsAsync(UserManager<LocalUser> users, LocalUser user, string password)
    {
        var faults = new List<IdentityError>();
        foreach (var rule in users.UserValidators) faults.AddRange((await rule.ValidateAsync(users, user)).Errors);
        foreach (var rule in users.PasswordValidators) faults.AddRange((await rule.ValidateAsync(users, user, password)).Errors);
        return faults;
    }
}
