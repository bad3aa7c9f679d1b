using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using PeerWeb.Identity;
using PeerWeb.Tests.Shell;
using Xunit;

namespace PeerWeb.Tests.Identity;

public sealed class SignInTests : IAsyncLifetime
{
    private const string Refusal = "The user name or password is not right.";
    private const string LockedOut = "Too many attempts with this name. Wait five minutes, then try again.";
    private readonly FakeTimeProvider time = new(DateTimeOffset.Parse("2026-05-04T10:00:00Z", System.Globalization.CultureInfo.InvariantCulture));
    private readonly SignInWork work = new();
    private TestInstallation? started;

    private TestInstallation Acme => started ?? throw new InvalidOperationException("not started");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => started = await TestInstallation.StartAsync(
        configure: builder =>
        {
            builder.Services.AddSingleton<TimeProvider>(time);
            work.Watch(builder);
        },
        map: app =>
        {
            app.MapGet("/probe", () => "anyone signed in");
            app.MapGet("/probe/admin", () => "admins").RequireAuthorization(Roles.Admin);
        });

    public ValueTask DisposeAsync() => Acme.DisposeAsync();

    [Theory]
    [InlineData("/")]
    [InlineData("/probe")]
    [InlineData("/nothing/here")]
    public async Task Who_is_not_signed_in_is_sent_to_the_sign_in_and_back(string path)
    {
        await Acme.AddUserAsync("ada");
        using var browser = Acme.Browser();
        using var refused = await browser.GetAsync(new Uri(path, UriKind.Relative), Cancellation);
        Assert.Equal(HttpStatusCode.Redirect, refused.StatusCode);
        Assert.Equal($"/account/login?returnUrl={Uri.EscapeDataString(path)}", refused.Headers.Location?.PathAndQuery);
        using var signedIn = await TestInstallation.SignInAsync(browser, "Ada ", query: refused.Headers.Location!.Query);
        Assert.Equal(path, new Uri(Acme.Endpoint, signedIn.Headers.Location!).PathAndQuery);
    }

    [Fact]
    public async Task Unknown_wrong_and_disabled_get_the_same_answer()
    {
        await Acme.AddUserAsync("ada");
        await Acme.AddUserAsync("bob");
        await DisableAsync("bob");
        Assert.Equal(Refusal, await RefusalAsync("nobody", TestInstallation.Password));
        Assert.Equal(Refusal, await RefusalAsync("ada", "wrong password"));
        Assert.Equal(Refusal, await RefusalAsync("bob", TestInstallation.Password));
    }

    [Fact]
    public async Task Five_wrong_passwords_lock_out_for_five_minutes()
    {
        await Acme.AddUserAsync("ada");
        for (var i = 0; i < 4; i++) Assert.Equal(Refusal, await RefusalAsync("ada", "wrong password"));
        Assert.Equal(LockedOut, await RefusalAsync("ada", "wrong password"));
        Assert.Equal(LockedOut, await RefusalAsync("ada", TestInstallation.Password));
        time.Advance(TimeSpan.FromMinutes(5));
        await ExpectSignInAsync("ada");
    }

    [Fact]
    public async Task A_name_that_nobody_has_is_locked_out_like_any_other_and_costs_as_much()
    {
        await Acme.AddUserAsync("ada");
        // The first request of all asks whether there is a user, and no other does.
        await RefusalAsync("somebody", "wrong password");
        var said = new List<(string Words, int Hashes, int Statements)>();
        foreach (var name in (string[])["ada", "nobody"])
        {
            time.Advance(TimeSpan.FromMinutes(1));
            for (var i = 0; i < 7; i++)
            {
                var (hashes, statements) = (work.Hashes, work.Statements);
                var words = await RefusalAsync(name, "wrong password");
                said.Add((words, work.Hashes - hashes, work.Statements - statements));
            }
        }
        Assert.Equal(said.Take(7), said.Skip(7));
        Assert.Equal([Refusal, Refusal, Refusal, Refusal, LockedOut, LockedOut, LockedOut], said.Take(7).Select(one => one.Words));
        Assert.All(said, one => Assert.Equal((1, true), (one.Hashes, one.Statements > 0)));
        time.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(Refusal, await RefusalAsync("nobody", "wrong password"));
    }

    [Fact]
    public async Task Attempts_at_the_same_moment_are_all_counted()
    {
        await Acme.AddUserAsync("ada");
        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => RefusalAsync("ada", "wrong password")));
        Assert.Equal(LockedOut, await RefusalAsync("ada", TestInstallation.Password));
    }

    [Fact]
    public async Task A_disabled_users_session_ends_within_a_minute()
    {
        await Acme.AddUserAsync("ada");
        using var browser = await ExpectSignInAsync("ada");
        Assert.Equal("anyone signed in", await browser.GetStringAsync(new Uri("/probe", UriKind.Relative), Cancellation));
        await DisableAsync("ada");
        time.Advance(TimeSpan.FromSeconds(61));
        using var refused = await browser.GetAsync(new Uri("/probe", UriKind.Relative), Cancellation);
        Assert.Equal(HttpStatusCode.Redirect, refused.StatusCode);
    }

    [Fact]
    public async Task An_idle_session_ends_after_twelve_hours()
    {
        await Acme.AddUserAsync("ada");
        using var browser = await ExpectSignInAsync("ada");
        time.Advance(TimeSpan.FromHours(12) + TimeSpan.FromSeconds(1));
        using var refused = await browser.GetAsync(new Uri("/probe", UriKind.Relative), Cancellation);
        Assert.Equal(HttpStatusCode.Redirect, refused.StatusCode);
    }

    [Fact]
    public async Task What_is_for_admins_does_not_exist_for_others()
    {
        await Acme.AddUserAsync("ada", isAdmin: true);
        await Acme.AddUserAsync("bob");
        using var ada = await ExpectSignInAsync("ada");
        using var bob = await ExpectSignInAsync("bob");
        Assert.Equal("admins", await ada.GetStringAsync(new Uri("/probe/admin", UriKind.Relative), Cancellation));
        using var notYours = await bob.GetAsync(new Uri("/probe/admin", UriKind.Relative), Cancellation);
        using var notThere = await bob.GetAsync(new Uri("/probe/absent", UriKind.Relative), Cancellation);
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (notYours.StatusCode, notThere.StatusCode));
        Assert.Equal("text/html", notYours.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task Signing_out_needs_the_forms_token_and_ends_the_session()
    {
        await Acme.AddUserAsync("ada");
        using var browser = await ExpectSignInAsync("ada");
        using var nothing = new FormUrlEncodedContent([]);
        using var forged = await browser.PostAsync(new Uri("/account/logout", UriKind.Relative), nothing, Cancellation);
        Assert.Equal(HttpStatusCode.BadRequest, forged.StatusCode);
        using var page = await browser.GetAsync(new Uri("/not-found", UriKind.Relative), Cancellation);
        using var form = new FormUrlEncodedContent([new("__RequestVerificationToken", TestInstallation.Token(await page.Content.ReadAsStringAsync(Cancellation)))]);
        using var ended = await browser.PostAsync(new Uri("/account/logout", UriKind.Relative), form, Cancellation);
        Assert.Equal("/account/login", ended.Headers.Location?.ToString());
        using var refused = await browser.GetAsync(new Uri("/probe", UriKind.Relative), Cancellation);
        Assert.Equal(HttpStatusCode.Redirect, refused.StatusCode);
    }

    [Fact]
    public async Task Sign_in_attempts_of_one_address_are_limited()
    {
        await Acme.AddUserAsync("ada");
        using var browser = Acme.Browser();
        var answers = new List<HttpStatusCode>();
        for (var i = 0; i < 31; i++)
        {
            using var nothing = new FormUrlEncodedContent([]);
            using var answer = await browser.PostAsync(new Uri("/account/login", UriKind.Relative), nothing, Cancellation);
            answers.Add(answer.StatusCode);
        }
        Assert.All(answers.Take(30), answer => Assert.Equal(HttpStatusCode.BadRequest, answer));
        Assert.Equal(HttpStatusCode.TooManyRequests, answers[^1]);
    }

    private async Task<HttpClient> ExpectSignInAsync(string name)
    {
        var browser = Acme.Browser();
        using var answer = await TestInstallation.SignInAsync(browser, name);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return browser;
    }

    private async Task<string> RefusalAsync(string name, string password)
    {
        using var browser = Acme.Browser();
        using var answer = await TestInstallation.SignInAsync(browser, name, password);
        Assert.True(answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.TooManyRequests, $"{answer.StatusCode}");
        var page = await answer.Content.ReadAsStringAsync(Cancellation);
        var alert = page[(page.IndexOf("role=\"alert\">", StringComparison.Ordinal) + 13)..];
        var words = alert[..alert.IndexOf('<', StringComparison.Ordinal)];
        Assert.Equal(words == LockedOut, answer.StatusCode == HttpStatusCode.TooManyRequests);
        return words;
    }

    private async Task DisableAsync(string name) =>
        Assert.IsType<AccountOutcome.Done>(await Acme.Services.GetRequiredService<UserAccounts>().SetDisabledAsync(name, disabled: true, Cancellation));
}
