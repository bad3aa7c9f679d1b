using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace PeerWeb.Identity;

/// <summary>Whether who signed in some time ago may still go on.</summary>
internal sealed class SessionCheck(IServiceScopeFactory scopes)
{
    public static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    public async Task<bool> IsValidAsync(ClaimsPrincipal principal, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        // A scope of its own: the circuit's context would answer from what it has read before.
        await using var scope = scopes.CreateAsyncScope();
        var signIn = scope.ServiceProvider.GetRequiredService<SignInManager<LocalUser>>();
        return await signIn.ValidateSecurityStampAsync(principal) is { Disabled: false };
    }
}

/// <summary>Ends the sign-in of a circuit whose user was disabled or changed the password.</summary>
internal sealed class CircuitRevalidation(ILoggerFactory loggers, SessionCheck sessions) : RevalidatingServerAuthenticationStateProvider(loggers)
{
    protected override TimeSpan RevalidationInterval => SessionCheck.Interval;

    protected override Task<bool> ValidateAuthenticationStateAsync(AuthenticationState authenticationState, CancellationToken cancellationToken) =>
        sessions.IsValidAsync(authenticationState.User, cancellationToken);
}

/// <summary>A disabled user's cookie is not renewed either.</summary>
internal sealed class EnabledUsers : IUserConfirmation<LocalUser>
{
    public Task<bool> IsConfirmedAsync(UserManager<LocalUser> manager, LocalUser user) => Task.FromResult(!user.Disabled);
}

/// <summary>Adds the display name to what the cookie carries.</summary>
internal sealed class LocalUserClaims(UserManager<LocalUser> users, RoleManager<IdentityRole<Guid>> roles, IOptions<IdentityOptions> options)
    : UserClaimsPrincipalFactory<LocalUser, IdentityRole<Guid>>(users, roles, options)
{
    public const string DisplayName = "display_name";

    protected override async Task<ClaimsIdentity> GenerateClaimsAsync(LocalUser user)
    {
        var identity = await base.GenerateClaimsAsync(user);
        identity.AddClaim(new(DisplayName, user.DisplayName));
        return identity;
    }
}
