using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace PeerWeb.Identity;

/// <summary>What a name and a password lead to.</summary>
public abstract record SignInOutcome
{
    private SignInOutcome()
    {
    }

    public sealed record Accepted(LocalUser User) : SignInOutcome;

    /// <summary>Unknown, wrong or disabled; which of them is nobody's business.</summary>
    public sealed record Refused : SignInOutcome;

    public sealed record LockedOut : SignInOutcome;
}

/// <summary>Checks passwords. Every answer costs one password hash, so that time does not tell a known name from an unknown one.</summary>
public sealed partial class PasswordSignIn(
    UserManager<LocalUser> users, IDbContextFactory<IdentityStore> stores, IPasswordHasher<LocalUser> hasher, PasswordRule rule, DecoyHash decoy,
    IOptions<IdentityOptions> options, TimeProvider time, ILogger<PasswordSignIn> log)
{
    public async Task<SignInOutcome> CheckAsync(string name, string password, CancellationToken cancellationToken)
    {
        if (password.Length > PasswordRule.MaximumLength) password = "";
        var user = await users.FindByNameAsync(UserNameRule.Normalize(name));
        var verified = user?.PasswordHash is { } hash ? hasher.VerifyHashedPassword(user, hash, password) : decoy.Verify(hasher, password);
        if (user is null) return new SignInOutcome.Refused();
        if (user.LockoutEnd > time.GetUtcNow())
        {
            SignInRefused(log, user.Id, "locked out");
            return new SignInOutcome.LockedOut();
        }
        if (verified == PasswordVerificationResult.Failed || !rule.IsAllowed(password))
        {
            SignInRefused(log, user.Id, "wrong password");
            return await CountFailureAsync(user.Id, cancellationToken) ? new SignInOutcome.LockedOut() : new SignInOutcome.Refused();
        }
        if (user.Disabled)
        {
            SignInRefused(log, user.Id, "disabled");
            return new SignInOutcome.Refused();
        }
        await ForgetFailuresAsync(user.Id, cancellationToken);
        return new SignInOutcome.Accepted(user);
    }

    // One statement, so that attempts made at the same moment are all counted.
    private async Task<bool> CountFailureAsync(Guid id, CancellationToken cancellationToken)
    {
        var most = options.Value.Lockout.MaxFailedAccessAttempts;
        var until = time.GetUtcNow() + options.Value.Lockout.DefaultLockoutTimeSpan;
        await using var store = await stores.CreateDbContextAsync(cancellationToken);
        await store.Users.Where(user => user.Id == id).ExecuteUpdateAsync(
            user => user
                .SetProperty(u => u.LockoutEnd, u => u.AccessFailedCount + 1 >= most ? until : u.LockoutEnd)
                .SetProperty(u => u.AccessFailedCount, u => u.AccessFailedCount + 1 >= most ? 0 : u.AccessFailedCount + 1),
            cancellationToken);
        return await store.Users.AnyAsync(user => user.Id == id && user.LockoutEnd == until, cancellationToken);
    }

    private async Task ForgetFailuresAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var store = await stores.CreateDbContextAsync(cancellationToken);
        await store.Users.Where(user => user.Id == id && (user.AccessFailedCount > 0 || user.LockoutEnd != null)).ExecuteUpdateAsync(
            user => user.SetProperty(u => u.AccessFailedCount, 0).SetProperty(u => u.LockoutEnd, (DateTimeOffset?)null), cancellationToken);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Sign-in of user {UserId} refused: {Reason}")]
    private static partial void SignInRefused(ILogger log, Guid userId, string reason);
}

/// <summary>The hash of a password that nobody has, made once, for names that nobody has.</summary>
public sealed class DecoyHash(TimeProvider time)
{
    private readonly LocalUser nobody = new() { DisplayName = "", CreatedAt = time.GetUtcNow() };
    private readonly Lock gate = new();
    private string? hash;

    public PasswordVerificationResult Verify(IPasswordHasher<LocalUser> hasher, string password)
    {
        lock (gate) hash ??= hasher.HashPassword(nobody, Guid.NewGuid().ToString());
        hasher.VerifyHashedPassword(nobody, hash, password);
        return PasswordVerificationResult.Failed;
    }
}
