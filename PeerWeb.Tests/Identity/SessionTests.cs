using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using PeerWeb.Identity;
using PeerWeb.Shared;
using PeerWeb.Tests.Shell;
using Xunit;

namespace PeerWeb.Tests.Identity;

/// <summary>A circuit outlives the request that signed its user in.</summary>
public sealed class SessionTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_command_asks_whether_the_sign_in_still_holds()
    {
        await using var acme = await TestInstallation.StartAsync();
        await acme.AddUserAsync("ada", isAdmin: true);
        await using var scope = acme.Services.CreateAsyncScope();
        var circuit = scope.ServiceProvider.GetRequiredService<AuthenticationStateProvider>();
        await SignInAsync(acme, circuit, "ada");
        Assert.Equal("ada", (await circuit.NameAsync()).Value);
        await circuit.RequireAsync(Roles.Admin);
        var told = new List<bool?>();
        circuit.AuthenticationStateChanged += async changed => told.Add((await changed).User.Identity?.IsAuthenticated);

        Assert.IsType<AccountOutcome.Done>(await acme.Services.GetRequiredService<UserAccounts>().SetDisabledAsync("ada", disabled: true, Cancel));

        await Assert.ThrowsAsync<FormatException>(circuit.NameAsync);
        await Assert.ThrowsAsync<UnauthorizedAccessException>(() => circuit.RequireAsync(Roles.Admin));
        Assert.Equal([false], told);
        // Being allowed again takes a new sign-in: the old stamp is worth nothing.
        await acme.Services.GetRequiredService<UserAccounts>().SetDisabledAsync("ada", disabled: false, Cancel);
        await Assert.ThrowsAsync<FormatException>(circuit.NameAsync);
    }

    [Fact]
    public async Task A_circuit_that_comes_back_with_anothers_cookie_is_nobodys()
    {
        await using var acme = await TestInstallation.StartAsync();
        await acme.AddUserAsync("ada");
        await acme.AddUserAsync("bob");
        await using var scope = acme.Services.CreateAsyncScope();
        var circuit = scope.ServiceProvider.GetRequiredService<AuthenticationStateProvider>();
        await SignInAsync(acme, circuit, "ada");

        await SignInAsync(acme, circuit, "bob");
        Assert.False((await circuit.GetAuthenticationStateAsync()).User.Identity?.IsAuthenticated);
        await Assert.ThrowsAsync<FormatException>(circuit.NameAsync);

        await SignInAsync(acme, circuit, "ada");
        Assert.Equal("ada", (await circuit.NameAsync()).Value);
    }

    [Fact]
    public async Task Who_has_not_the_role_may_not_command()
    {
        await using var acme = await TestInstallation.StartAsync();
        await acme.AddUserAsync("bob");
        await using var scope = acme.Services.CreateAsyncScope();
        var circuit = scope.ServiceProvider.GetRequiredService<AuthenticationStateProvider>();
        await SignInAsync(acme, circuit, "bob");

        await Assert.ThrowsAsync<UnauthorizedAccessException>(() => circuit.RequireAsync(Roles.Admin));
    }

    internal static ClaimsPrincipal Principal(string name, Guid id, string stamp) => new(new ClaimsIdentity(
        [
            new(ClaimTypes.Name, name), new(ClaimTypes.NameIdentifier, id.ToString()), new(new IdentityOptions().ClaimsIdentity.SecurityStampClaimType, stamp),
        ],
        "test"));

    /// <summary>As the framework does when a browser connects with its cookie.</summary>
    private static async Task SignInAsync(TestInstallation acme, AuthenticationStateProvider circuit, string name)
    {
        await using var scope = acme.Services.CreateAsyncScope();
        var user = await scope.ServiceProvider.GetRequiredService<UserManager<LocalUser>>().FindByNameAsync(name);
        Assert.NotNull(user);
        var principal = await scope.ServiceProvider.GetRequiredService<IUserClaimsPrincipalFactory<LocalUser>>().CreateAsync(user);
        Assert.IsAssignableFrom<IHostEnvironmentAuthenticationStateProvider>(circuit).SetAuthenticationState(
            Task.FromResult(new AuthenticationState(new ClaimsPrincipal(new ClaimsIdentity(principal.Claims, "test", ClaimTypes.Name, ClaimTypes.Role)))));
    }
}
