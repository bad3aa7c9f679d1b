using Microsoft.AspNetCore.Identity;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PeerWeb.Identity;
using PeerWeb.Tests.Shell;
using Xunit;

namespace PeerWeb.Tests.Identity;

public sealed class UserAccountsTests : IAsyncLifetime
{
    private TestInstallation? started;

    private TestInstallation Acme => started ?? throw new InvalidOperationException("not started");

    private UserAccounts Accounts => Acme.Services.GetRequiredService<UserAccounts>();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => started = await TestInstallation.StartAsync();

    public ValueTask DisposeAsync() => Acme.DisposeAsync();

    [Theory]
    [InlineData("ada")]
    [InlineData("a.b_c-9")]
    [InlineData("Ada", "ada")]
    public async Task A_name_is_taken_in_lower_case(string typed, string? stored = null)
    {
        await Acme.AddUserAsync(typed);
        Assert.Equal(stored ?? typed, Assert.Single(await Acme.Services.GetRequiredService<UserDirectory>().ListAsync(Cancellation)).Name);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("ada@acme")]
    [InlineData("äda")]
    [InlineData("a\nb")]
    [InlineData("a/b")]
    public async Task Another_character_is_refused(string typed)
    {
        Assert.IsType<AccountOutcome.Refused>(await Accounts.CreateAsync(new(typed, "Ada", TestInstallation.Password, false), Cancellation));
        Assert.Empty(await Acme.Services.GetRequiredService<UserDirectory>().ListAsync(Cancellation));
    }

    [Fact]
    public async Task A_name_has_at_most_64_characters()
    {
        await Acme.AddUserAsync(new('a', 64));
        Assert.IsType<AccountOutcome.Refused>(await Accounts.CreateAsync(new(new('a', 65), null, TestInstallation.Password, false), Cancellation));
    }

    [Fact]
    public async Task A_disabled_users_name_is_not_given_again()
    {
        await Acme.AddUserAsync("ada");
        await Accounts.SetDisabledAsync("ada", disabled: true, Cancellation);
        var refused = Assert.IsType<AccountOutcome.Refused>(await Accounts.CreateAsync(new("ADA", null, TestInstallation.Password, true), Cancellation));
        Assert.Contains("never given twice", refused.Reason, StringComparison.Ordinal);
        Assert.Equal(new DirectoryUser("ada", "ada", IsAdmin: false, Disabled: true), await Acme.Services.GetRequiredService<UserDirectory>().FindAsync("Ada", Cancellation));
    }

    [Fact]
    public async Task The_database_itself_refuses_to_delete_or_rename_a_user()
    {
        await Acme.AddUserAsync("ada");
        await using var store = await Acme.Services.GetRequiredService<IDbContextFactory<IdentityStore>>().CreateDbContextAsync(Cancellation);
        await Assert.ThrowsAsync<SqliteException>(() => store.Users.ExecuteDeleteAsync(Cancellation));
        await Assert.ThrowsAsync<SqliteException>(() => store.Users.ExecuteUpdateAsync(user => user.SetProperty(u => u.UserName, "eve"), Cancellation));
        Assert.Equal("ada", Assert.Single(await store.Users.AsNoTracking().ToListAsync(Cancellation)).UserName);
    }

    [Theory]
    [InlineData("123456789", "at least 10")]
    [InlineData("peerweb-demo", "the demo")]
    public async Task A_weak_password_is_refused(string password, string reason)
    {
        var refused = Assert.IsType<AccountOutcome.Refused>(await Accounts.CreateAsync(new("ada", null, password, false), Cancellation));
        Assert.Contains(reason, refused.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_demos_password_opens_an_account_only_while_the_demo_is_on()
    {
        await using var demo = await TestInstallation.StartAsync(settings: new() { ["PeerWeb:Demo"] = "true" });
        Assert.IsType<AccountOutcome.Done>(await demo.Services.GetRequiredService<UserAccounts>().CreateAsync(new("ada", null, "peerweb-demo", false), Cancellation));
        Assert.IsType<SignInOutcome.Accepted>(await SignInAsync(demo));
        await demo.StopAsync();
        var plain = await TestInstallation.StartAsync(demo.Directory);
        Assert.IsType<SignInOutcome.Refused>(await SignInAsync(plain));
        await plain.StopAsync();
    }

    [Fact]
    public async Task A_session_ends_when_its_user_is_disabled_and_is_not_revived_by_enabling()
    {
        await Acme.AddUserAsync("ada");
        await using var scope = Acme.Services.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<LocalUser>>();
        var ada = await users.FindByNameAsync("ada");
        Assert.NotNull(ada);
        var principal = await scope.ServiceProvider.GetRequiredService<IUserClaimsPrincipalFactory<LocalUser>>().CreateAsync(ada);
        var sessions = Acme.Services.GetRequiredService<SessionCheck>();
        Assert.True(await sessions.IsValidAsync(principal, Cancellation));
        await Accounts.SetDisabledAsync("ada", disabled: true, Cancellation);
        Assert.False(await sessions.IsValidAsync(principal, Cancellation));
        await Accounts.SetDisabledAsync("ada", disabled: false, Cancellation);
        Assert.False(await sessions.IsValidAsync(principal, Cancellation));
    }

    private static async Task<SignInOutcome> SignInAsync(TestInstallation installation)
    {
        await using var scope = installation.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<PasswordSignIn>().CheckAsync("ada", "peerweb-demo", Cancellation);
    }
}
