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

/// <summary>Checks passwords. Every answer costs one password hash and counts alike, so that neither time nor a lockout tells a known name from an unknown one.</summary>
public sealed partial class PasswordSignIn(
    UserManager<LocalUser> users, IDbContextFactory<IdentityStore> stores, IPasswordHasher<LocalUser> hasher, PasswordRule rule, DecoyHash decoy,
    DecoyLockouts lockouts, IOptions<IdentityOptions> options, TimeProvider time, ILogger<PasswordSignIn> log)
{
    public async Task<SignInOutcome> CheckAsync(string name, string password, CancellationToken cancellationToken)
    {
        if (password.Length > PasswordRule.MaximumLength) password = "";
        var wanted = UserNameRule.Normalize(name);
        var user = await users.FindByNameAsync(wanted);
        var verified = user?.PasswordHash is { } hash ? hasher.VerifyHashedPassword(user, hash, password) : decoy.Verify(hasher, password);
        if ((user is null ? lockouts.EndOf(wanted) : user.LockoutEnd) > time.GetUtcNow())
        {
            if (user is not null) SignInRefused(log, user.Id, "locked out");
            return new SignInOutcome.LockedOut();
        }
        if (user is null || verified == PasswordVerificationResult.Failed || !rule.IsAllowed(password))
        {
            if (user is not null) SignInRefused(log, user.Id, "wrong password");
            // The same statements for a name that nobody has: neither what they say nor how long they take tells.
            var isUserOut = await CountFailureAsync(user?.Id ?? Guid.Empty, cancellationToken);
            return (user is null ? lockouts.CountFailure(wanted) : isUserOut) ? new SignInOutcome.LockedOut() : new SignInOutcome.Refused();
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

/// <summary>Counts failures for names that nobody has, as those of users are counted.</summary>
public sealed class DecoyLockouts(IOptions<IdentityOptions> options, TimeProvider time)
{
    private const int MostNames = 10_000;

    /// <summary>No user's name is longer.</summary>
    private const int LongestName = 64;

    private readonly Lock gate = new();
    private readonly Dictionary<string, (int Failures, DateTimeOffset? LockoutEnd)> names = new(StringComparer.Ordinal);

    public DateTimeOffset? EndOf(string name)
    {
        lock (gate) return names.GetValueOrDefault(KeyOf(name)).LockoutEnd;
    }

    /// <summary>Whether this failure was one too many.</summary>
    public bool CountFailure(string name)
    {
        var lockout = options.Value.Lockout;
        var key = KeyOf(name);
        lock (gate)
        {
            // Whoever invents names gets room for so many; which of them is forgotten tells nothing.
            if (names.Count >= MostNames && !names.ContainsKey(key)) names.Remove(names.Keys.First());
            var failures = names.GetValueOrDefault(key).Failures + 1;
            var isOut = failures >= lockout.MaxFailedAccessAttempts;
            names[key] = isOut ? (0, time.GetUtcNow() + lockout.DefaultLockoutTimeSpan) : (failures, names.GetValueOrDefault(key).LockoutEnd);
            return isOut;
        }
    }

    private static string KeyOf(string name) => name.Length > LongestName ? name[..LongestName] : name;
}
