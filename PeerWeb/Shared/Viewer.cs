using Microsoft.AspNetCore.Components.Authorization;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Shared;

public static class Viewer
{
    /// <summary>The signed-in user of the circuit, asked anew each time: a circuit never carries on under another user.</summary>
    /// <exception cref="FormatException">Nobody is signed in.</exception>
    public static async Task<UserName> NameAsync(this AuthenticationStateProvider authentication) =>
        UserName.Parse((await authentication.GetAuthenticationStateAsync()).User.Identity?.Name);
}
