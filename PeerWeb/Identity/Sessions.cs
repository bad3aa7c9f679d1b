using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using PeerWeb.Shared;

namespace PeerWeb.Identity;

/// <summary>Whether who signed in some time ago may still go on.</summary>
internal sealed class SessionCheck(IDbContextFactory<IdentityStore> stores, IOptions<IdentityOptions> options)
{
    public static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    public async Task<bool> IsValidAsync(ClaimsPrincipal principal, CancellationToken cancellationToken)
    {
        var stamp = principal.FindFirstValue(options.Value.ClaimsIdentity.SecurityStampClaimType);
        if (stamp is null || !Guid.TryParse(principal.FindFirstValue(ClaimTypes.NameIdentifier), out var id))
            return false;
        await using var store = await stores.CreateDbContextAsync(cancellationToken);
        return await store.Users.AnyAsync(user => user.Id == id && user.SecurityStamp == stamp && !user.Disabled, cancellationToken);
    }
}

/// <summary>Ends the sign-in of a circuit whose user was disabled or changed the password: within a minute, and before anything is done for them.</summary>
/// <remarks>A browser that comes back to its circuit brings the cookie it has by then. Where that is another user's, the circuit is nobody's, and the page is loaded anew.</remarks>
internal sealed class CircuitRevalidation(ILoggerFactory loggers, SessionCheck sessions)
    : RevalidatingServerAuthenticationStateProvider(loggers), IHostEnvironmentAuthenticationStateProvider, ICircuitSession
{
    private static readonly AuthenticationState Nobody = new(new ClaimsPrincipal(new ClaimsIdentity()));

    private string? owner;

    protected override TimeSpan RevalidationInterval => SessionCheck.Interval;

    void IHostEnvironmentAuthenticationStateProvider.SetAuthenticationState(Task<AuthenticationState> authenticationStateTask) =>
        SetAuthenticationState(OfOwnerAsync(authenticationStateTask));

    public async Task<ClaimsPrincipal> CheckedUserAsync(CancellationToken cancellationToken)
    {
        var user = (await GetAuthenticationStateAsync()).User;
        if (user.Identity is not { IsAuthenticated: true } || await sessions.IsValidAsync(user, cancellationToken))
            return user;
        SetAuthenticationState(Task.FromResult(Nobody));
        return Nobody.User;
    }

    protected override Task<bool> ValidateAuthenticationStateAsync(AuthenticationState authenticationState, CancellationToken cancellationToken) =>
        sessions.IsValidAsync(authenticationState.User, cancellationToken);

    private async Task<AuthenticationState> OfOwnerAsync(Task<AuthenticationState> arriving)
    {
        var state = await arriving;
        var user = state.User.FindFirstValue(ClaimTypes.NameIdentifier) ?? "";
        owner ??= user;
        return user == owner ? state : Nobody;
    }
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
