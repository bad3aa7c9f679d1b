using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Shared;

/// <summary>A sign-in that outlives its request, and may end before its circuit does.</summary>
public interface ICircuitSession
{
    /// <summary>Who is signed in, looked up now; nobody, where the sign-in has ended.</summary>
    Task<ClaimsPrincipal> CheckedUserAsync(CancellationToken cancellationToken);
}

public static class Viewer
{
    /// <summary>The signed-in user of the circuit, asked anew each time: a circuit never carries on under another user, nor after its sign-in has ended.</summary>
    /// <exception cref="FormatException">Nobody is signed in.</exception>
    public static async Task<UserName> NameAsync(this AuthenticationStateProvider authentication) =>
        UserName.Parse((await authentication.UserAsync()).Identity?.Name);

    /// <summary>The same for what only a role may do.</summary>
    /// <exception cref="UnauthorizedAccessException">Nobody is signed in, or somebody without the role.</exception>
    public static async Task RequireAsync(this AuthenticationStateProvider authentication, string role)
    {
        if (!(await authentication.UserAsync()).IsInRole(role))
            throw new UnauthorizedAccessException("Whoever is signed in does not have the role, or not any more.");
    }

    private static async Task<ClaimsPrincipal> UserAsync(this AuthenticationStateProvider authentication) =>
        authentication is ICircuitSession session
            ? await session.CheckedUserAsync(CancellationToken.None)
            : (await authentication.GetAuthenticationStateAsync()).User;
}
