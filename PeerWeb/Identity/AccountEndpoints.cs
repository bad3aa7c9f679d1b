using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;

namespace PeerWeb.Identity;

internal static class AccountEndpoints
{
    /// <summary>Sign-out; the sign-in page is a component.</summary>
    public static IEndpointRouteBuilder MapAccount(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapPost(IdentitySetup.LogoutPath, SignOutAsync).RequireAuthorization();
        return endpoints;
    }

    private static async Task<Results<RedirectHttpResult, BadRequest>> SignOutAsync(HttpContext http, IAntiforgery antiforgery, SignInManager<LocalUser> signIn)
    {
        if (!await antiforgery.IsRequestValidAsync(http)) return TypedResults.BadRequest();
        await signIn.SignOutAsync();
        return TypedResults.LocalRedirect(IdentitySetup.LoginPath);
    }
}
