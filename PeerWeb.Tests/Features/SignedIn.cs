using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;

namespace PeerWeb.Tests.Features;

/// <summary>A circuit of this user.</summary>
internal sealed class SignedIn(string name) : AuthenticationStateProvider
{
    public override Task<AuthenticationState> GetAuthenticationStateAsync() =>
        Task.FromResult(new AuthenticationState(new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.Name, name)], "test"))));
}
