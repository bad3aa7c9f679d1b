using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using PeerWeb.Shell;
using Xunit;

namespace PeerWeb.Tests.Shell;

public sealed class HostTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Two_installations_in_one_process_share_neither_users_nor_cookies()
    {
        await using var acme = await TestInstallation.StartAsync();
        await using var globex = await TestInstallation.StartAsync();
        await acme.AddUserAsync("ada");
        await globex.AddUserAsync("sam");
        var cookies = new CookieContainer();
        using var browser = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = cookies }) { BaseAddress = acme.Endpoint };
        using var other = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = cookies }) { BaseAddress = globex.Endpoint };
        using var atAcme = await TestInstallation.SignInAsync(browser, "ada");
        using var atGlobex = await TestInstallation.SignInAsync(other, "sam");
        using var stranger = await TestInstallation.SignInAsync(globex.Browser(), "ada");
        Assert.Equal(HttpStatusCode.Redirect, atAcme.StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, atGlobex.StatusCode);
        Assert.Equal(HttpStatusCode.OK, stranger.StatusCode);
        // Cookies know hosts, not ports: both are on localhost, and both sign-ins must still hold.
        Assert.Equal("/calendar", await RedirectAsync(browser));
        Assert.Equal("/calendar", await RedirectAsync(other));
        Assert.Contains(cookies.GetAllCookies(), cookie => cookie.Name == $"peerweb-localhost.{acme.Endpoint.Port}" && cookie.HttpOnly);
        Assert.Contains(cookies.GetAllCookies(), cookie => cookie.Name == $"peerweb-localhost.{globex.Endpoint.Port}");
    }

    [Theory]
    [InlineData("/health/live", "text/plain")]
    [InlineData("/health/ready", "text/plain")]
    [InlineData("/css/app.css", "text/css")]
    [InlineData("/js/theme.js", "text/javascript")]
    [InlineData("/img/favicon.svg", "image/svg+xml")]
    [InlineData("/_content/MudBlazor/MudBlazor.min.css", "text/css")]
    [InlineData("/_framework/blazor.web.js", "text/javascript")]
    public async Task Health_and_assets_are_for_anyone(string path, string type)
    {
        await using var acme = await TestInstallation.StartAsync();
        using var answer = await acme.Browser().GetAsync(new Uri(path, UriKind.Relative), Cancellation);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(type, answer.Content.Headers.ContentType?.MediaType);
        Assert.NotEmpty(await answer.Content.ReadAsByteArrayAsync(Cancellation));
    }

    [Fact]
    public async Task Every_answer_says_what_a_browser_may_do_with_it()
    {
        await using var acme = await TestInstallation.StartAsync();
        await acme.AddUserAsync("ada");
        using var answer = await acme.Browser().GetAsync(new Uri("/account/login", UriKind.Relative), Cancellation);
        var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("script-src 'self';", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("DENY", Assert.Single(answer.Headers.GetValues("X-Frame-Options")));
        Assert.Equal("same-origin", Assert.Single(answer.Headers.GetValues("Referrer-Policy")));
        var page = await answer.Content.ReadAsStringAsync(Cancellation);
        Assert.DoesNotContain("<script>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("onclick=", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("PeerWeb:Endpoint", "https://acme.example/path", "Endpoint")]
    [InlineData("PeerWeb:Endpoint", "ftp://acme.example", "Endpoint")]
    [InlineData("PeerWeb:Endpoint", "acme.example", "Endpoint")]
    [InlineData("PeerWeb:Endpoint", "http://acme.example", "AllowPlainHttp")]
    [InlineData("PeerWeb:Endpoint", "https://acme.example", "Listen")]
    [InlineData("PeerWeb:Domain", "Acme.example", "Domain")]
    [InlineData("PeerWeb:Domain", "acme.example/x", "Domain")]
    [InlineData("PeerWeb:Listen", "localhost:5100", "Listen")]
    [InlineData("PeerWeb:Listen", "127.0.0.1", "Listen")]
    [InlineData("PeerWeb:Name", "", "Name")]
    [InlineData("PeerWeb:Metrics", "localhost:9464", "Metrics")]
    [InlineData("PeerWeb:Metrics", "127.0.0.1", "Metrics")]
    [InlineData("PeerWeb:Metrics", "0.0.0.0:5100", "Metrics")]
    public void A_wrong_setting_is_named(string key, string value, string named)
    {
        var wrong = Assert.Throws<OptionsValidationException>(() =>
            Program.Build(new Dictionary<string, string?> { [key] = value }).Services.GetRequiredService<IOptions<PeerWebOptions>>().Value);
        Assert.Contains(wrong.Failures, failure => failure.Contains("PeerWeb:" + named, StringComparison.Ordinal));
    }

    [Fact]
    public void The_domain_follows_the_endpoint_and_the_listener_stays_on_loopback()
    {
        var options = Program.Build(new Dictionary<string, string?> { ["PeerWeb:Endpoint"] = "http://acme.localhost:5101" }).Services.GetRequiredService<IOptions<PeerWebOptions>>().Value;
        Assert.Equal("acme.localhost:5101", options.Domain);
        Assert.Equal(new IPEndPoint(IPAddress.Loopback, 5101), PeerWebOptionsRules.ListenEndPoint(options));
    }

    private static async Task<string?> RedirectAsync(HttpClient browser)
    {
        using var answer = await browser.GetAsync(new Uri("/", UriKind.Relative), Cancellation);
        return answer.Headers.Location?.ToString();
    }
}
