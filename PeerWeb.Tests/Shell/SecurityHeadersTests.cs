using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Xunit;

namespace PeerWeb.Tests.Shell;

/// <summary>What stands on every answer, whoever asks and whatever becomes of it.</summary>
public sealed partial class SecurityHeadersTests
{
    private const string Html = "text/html";

    private static readonly Dictionary<string, string> Always = new()
    {
        ["X-Content-Type-Options"] = "nosniff",
        ["X-Frame-Options"] = "DENY",
        ["Referrer-Policy"] = "same-origin",
        ["Cross-Origin-Opener-Policy"] = "same-origin",
        ["Cross-Origin-Resource-Policy"] = "same-origin",
    };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_page_asset_call_refusal_and_failure_says_what_a_browser_may_do_with_it()
    {
        await using var acme = await StartAsync(new() { ["PeerWeb:Endpoint"] = null });
        await acme.AddUserAsync("ada", isAdmin: true);
        await acme.AddUserAsync("bob");
        var statuses = new HashSet<HttpStatusCode>();
        foreach (var user in (string?[])["ada", "bob", null])
        {
            using var browser = acme.Browser();
            if (user is not null)
                (await TestInstallation.SignInAsync(browser, user)).Dispose();
            foreach (var (asked, accept) in Asked(acme, user))
                statuses.Add(await AssertAsync(browser, asked, accept, isSecure: false));
        }
        // As many ways to end as there are; those that need more are tried below.
        Assert.Superset(
            new HashSet<HttpStatusCode>
            {
                HttpStatusCode.OK, HttpStatusCode.Redirect, HttpStatusCode.BadRequest, HttpStatusCode.Unauthorized, HttpStatusCode.NotFound, HttpStatusCode.MethodNotAllowed,
                HttpStatusCode.InternalServerError,
            },
            statuses);

        using var hasty = acme.Browser();
        for (var i = 0; i < 31; i++)
        {
            var status = await AssertAsync(hasty, new Askable("POST", "/account/login", IsAsset: false), Html, isSecure: false);
            if (i == 30)
                Assert.Equal(HttpStatusCode.TooManyRequests, status);
        }
    }

    [Fact]
    public async Task Over_https_browsers_are_told_to_stay_there_and_cookies_go_nowhere_else()
    {
        var (endpoint, listen) = (new Uri("https://acme.example"), $"127.0.0.1:{Demo.FreePorts.Two().First}");
        await using var acme = await StartAsync(new() { ["PeerWeb:Endpoint"] = endpoint.ToString(), ["PeerWeb:Listen"] = listen });
        await acme.AddUserAsync("ada");
        using var behindProxy = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = new Uri($"http://{listen}") };
        behindProxy.DefaultRequestHeaders.Host = endpoint.Authority;
        foreach (var path in (string[])["/account/login", "/", "/css/app.css", "/.well-known/peerweb", "/health/live", "/peer/v1/collections", "/broken", "/nothing"])
            await AssertAsync(behindProxy, new Askable("GET", path, IsAsset: path.EndsWith(".css", StringComparison.Ordinal)), Html, isSecure: true);

        using var page = await behindProxy.GetAsync(new Uri("/account/login", UriKind.Relative), Cancel);
        var form = Assert.Single(page.Headers.GetValues("Set-Cookie"));
        using var post = new HttpRequestMessage(HttpMethod.Post, new Uri("/account/login", UriKind.Relative));
        post.Headers.Add("Cookie", form.Split(';')[0]);
        post.Content = new FormUrlEncodedContent(
        [
            new("__RequestVerificationToken", TestInstallation.Token(await page.Content.ReadAsStringAsync(Cancel))), new("_handler", "login"),
            new("Form.User", "ada"), new("Form.Password", TestInstallation.Password),
        ]);
        using var signedIn = await behindProxy.SendAsync(post, Cancel);
        Assert.Equal(HttpStatusCode.Redirect, signedIn.StatusCode);
        var session = Assert.Single(signedIn.Headers.GetValues("Set-Cookie"), cookie => !cookie.Contains("form", StringComparison.Ordinal));

        Assert.Matches("^__Host-peerweb-form-acme\\.example=[^;]+; path=/; secure; samesite=strict; httponly$", form.ToLowerInvariant().Replace("__host", "__Host", StringComparison.Ordinal));
        Assert.Matches("^__Host-peerweb-acme\\.example=[^;]+; path=/; secure; samesite=lax; httponly$", session.ToLowerInvariant().Replace("__host", "__Host", StringComparison.Ordinal));
        Assert.StartsWith("__Host-peerweb-acme.example=", session, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_is_changed_without_the_token_of_a_form_or_a_signature_and_no_other_site_opens_a_connection()
    {
        await using var acme = await StartAsync(new() { ["PeerWeb:Endpoint"] = null });
        await acme.AddUserAsync("ada", isAdmin: true);
        using var ada = acme.Browser();
        (await TestInstallation.SignInAsync(ada, "ada")).Dispose();
        // Health is asked by any method, and changes nothing.
        var unsafeOnes = Everything.Of(acme.Services).Where(one => one.Method is not ("GET" or "HEAD") && !one.Path.StartsWith("/health/", StringComparison.Ordinal)).ToList();
        Assert.Superset(
            new HashSet<string> { "POST /account/login", "POST /account/logout", "POST /admin/peers", "POST /calendar", "POST /sharing", "POST /_blazor/negotiate", "PUT /peer/v1/collections" },
            unsafeOnes.Select(one => $"{one.Method} {(one.Path.StartsWith("/peer/v1/collections", StringComparison.Ordinal) ? "/peer/v1/collections" : one.Path)}").ToHashSet());

        foreach (var one in unsafeOnes)
        {
            using var nothing = new FormUrlEncodedContent([new("_handler", "login")]);
            using var request = new HttpRequestMessage(new HttpMethod(one.Method), new Uri(one.Path, UriKind.Relative)) { Content = nothing };
            if (one.Path.StartsWith("/_blazor", StringComparison.Ordinal))
                request.Headers.Add("Origin", "http://elsewhere.localhost:5999");
            using var refused = await ada.SendAsync(request, Cancel);
            var expected = one.Path.StartsWith("/_blazor", StringComparison.Ordinal) ? HttpStatusCode.Forbidden
                : one.Path.StartsWith("/peer/", StringComparison.Ordinal) ? HttpStatusCode.Unauthorized
                // It is gone with the first user.
                : one.Path == "/setup" ? HttpStatusCode.NotFound : HttpStatusCode.BadRequest;
            Assert.True(refused.StatusCode == expected, $"{one} without a token: {refused.StatusCode}");
        }

        foreach (var origin in (string?[])[null, acme.Endpoint.GetLeftPart(UriPartial.Authority)])
        {
            using var negotiate = new HttpRequestMessage(HttpMethod.Post, new Uri("/_blazor/negotiate?negotiateVersion=1", UriKind.Relative));
            if (origin is not null)
                negotiate.Headers.Add("Origin", origin);
            using var accepted = await ada.SendAsync(negotiate, Cancel);
            Assert.Equal(HttpStatusCode.OK, accepted.StatusCode);
        }
    }

    private static Task<TestInstallation> StartAsync(Dictionary<string, string?> settings) => TestInstallation.StartAsync(
        settings: settings,
        map: app => app.MapGet("/broken", string () => throw new InvalidOperationException("broken")).AllowAnonymous());

    /// <summary>Assets and calls of peers are the same for everybody; pages are asked for by people and by programs.</summary>
    private static IEnumerable<(Askable Asked, string Accept)> Asked(TestInstallation acme, string? user)
    {
        foreach (var one in Everything.Of(acme.Services).Append(new("GET", "/no/such/page", IsAsset: false)).Append(new("DELETE", "/health/live", IsAsset: false)))
        {
            if (user is not null && (one.IsAsset || one.Path.StartsWith("/peer/", StringComparison.Ordinal)))
                continue;
            yield return (one, Html);
            if (user is null || one.Path is "/broken" or "/no/such/page")
                yield return (one, "application/json");
        }
    }

    private static async Task<HttpStatusCode> AssertAsync(HttpClient browser, Askable asked, string accept, bool isSecure)
    {
        using var request = new HttpRequestMessage(new HttpMethod(asked.Method), new Uri(asked.Path, UriKind.Relative));
        request.Headers.Add("Accept", accept);
        using var answer = await browser.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancel);
        var seen = $"{asked}, {accept}: {(int)answer.StatusCode}\n{answer.Headers}";
        foreach (var (name, value) in Always)
            Assert.True(answer.Headers.TryGetValues(name, out var values) && values.SequenceEqual([value]), $"{name} of {seen}");
        var policy = answer.Headers.TryGetValues("Content-Security-Policy", out var policies) ? Assert.Single(policies) : string.Empty;
        Assert.True(PolicyPattern.IsMatch(policy), $"Content-Security-Policy of {seen}");
        Assert.True(answer.Headers.TryGetValues("Permissions-Policy", out var devices) && devices.Single().Contains("camera=()", StringComparison.Ordinal), $"Permissions-Policy of {seen}");
        Assert.True(answer.Headers.Contains("Strict-Transport-Security") == isSecure, $"Strict-Transport-Security of {seen}");
        Assert.False(answer.Headers.Contains("Server"), seen);
        var isStored = answer.Headers.CacheControl is not { NoStore: true };
        Assert.True(isStored == (asked.IsAsset && answer.IsSuccessStatusCode), $"Cache-Control of {seen}");
        return answer.StatusCode;
    }

    [GeneratedRegex("^default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; .*form-action 'self'; base-uri 'self'; frame-ancestors 'none'$")]
    private static partial Regex PolicyPattern { get; }
}
