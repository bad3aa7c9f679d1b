using System.Net;
using System.Net.WebSockets;
using PeerWeb.Shared;
using PeerWeb.Shell;
using PeerWeb.Shell.Circuits;
using Xunit;

namespace PeerWeb.Tests.Shell;

/// <summary>Who asks too often is told so, and nobody else.</summary>
public sealed class RateLimitTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task One_person_gets_so_many_downloads_in_a_minute_and_a_page_that_says_so()
    {
        await using var acme = await StartAsync();
        using var ada = await SignedInAsync(acme, "ada");
        using var bob = await SignedInAsync(acme, "bob");
        for (var i = 0; i < Downloads.PerMinute; i++)
            Assert.Equal(HttpStatusCode.NotFound, (await AskAsync(ada, "/calendar/export", "*/*")).Status);

        var (status, body, retryAfter) = await AskAsync(ada, "/calendar/export", "text/html");
        Assert.Equal(HttpStatusCode.TooManyRequests, status);
        Assert.InRange(retryAfter ?? 0, 1, 60);
        Assert.Contains("Wait a minute, then try again.", body, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await AskAsync(bob, "/calendar/export", "*/*")).Status);
    }

    [Fact]
    public async Task A_flood_of_readiness_from_outside_keeps_no_monitor_of_this_machine_from_asking()
    {
        await using var acme = await StartAsync();
        using var monitor = acme.Browser();
        using var flood = acme.Browser();
        flood.DefaultRequestHeaders.Add("X-Forwarded-For", "203.0.113.7");
        for (var i = 0; i < RateLimits.ReadinessPerMinute; i++)
            Assert.Equal(HttpStatusCode.OK, (await AskAsync(flood, "/health/ready", "*/*")).Status);

        Assert.Equal(HttpStatusCode.TooManyRequests, (await AskAsync(flood, "/health/ready", "*/*")).Status);
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(flood, "/health/live", "*/*")).Status);
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(monitor, "/health/ready", "*/*")).Status);
    }

    [Fact]
    public async Task One_person_opens_no_more_connections_than_their_pages_can_need()
    {
        await using var acme = await StartAsync();
        var (ada, bob) = (await CookiesAsync(acme, "ada"), await CookiesAsync(acme, "bob"));
        var open = new List<ClientWebSocket>();
        try
        {
            for (var i = 0; i < RateLimits.Connections; i++)
                open.Add(await ConnectAsync(acme, ada));
            var refused = await Assert.ThrowsAsync<WebSocketException>(() => ConnectAsync(acme, ada));
            Assert.Contains("429", refused.Message, StringComparison.Ordinal);
            open.Add(await ConnectAsync(acme, bob));
            Assert.All(open, one => Assert.Equal(WebSocketState.Open, one.State));
        }
        finally
        {
            open.ForEach(one => one.Dispose());
        }
    }

    [Fact]
    public async Task A_page_of_another_site_opens_no_connection_with_the_cookies_of_this_one()
    {
        await using var acme = await StartAsync();
        var ada = await CookiesAsync(acme, "ada");
        using (var own = await ConnectAsync(acme, ada, acme.Endpoint.GetLeftPart(UriPartial.Authority)))
            Assert.Equal(WebSocketState.Open, own.State);

        var refused = await Assert.ThrowsAsync<WebSocketException>(() => ConnectAsync(acme, ada, "http://localhost:1"));

        Assert.Contains("403", refused.Message, StringComparison.Ordinal);
    }

    private static async Task<TestInstallation> StartAsync()
    {
        var acme = await TestInstallation.StartAsync();
        await acme.AddUserAsync("ada");
        await acme.AddUserAsync("bob");
        return acme;
    }

    private static async Task<HttpClient> SignedInAsync(TestInstallation acme, string user)
    {
        var browser = acme.Browser();
        (await TestInstallation.SignInAsync(browser, user)).Dispose();
        return browser;
    }

    private static async Task<CookieContainer> CookiesAsync(TestInstallation acme, string user)
    {
        var cookies = new CookieContainer();
        using var browser = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = cookies }) { BaseAddress = acme.Endpoint };
        (await TestInstallation.SignInAsync(browser, user)).Dispose();
        return cookies;
    }

    private static async Task<ClientWebSocket> ConnectAsync(TestInstallation acme, CookieContainer cookies, string? origin = null)
    {
        var socket = new ClientWebSocket();
        socket.Options.Cookies = cookies;
        if (origin is not null)
            socket.Options.SetRequestHeader("Origin", origin);
        try
        {
            await socket.ConnectAsync(new UriBuilder(acme.Endpoint) { Scheme = "ws", Path = CircuitsSetup.Path }.Uri, Cancel);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static async Task<(HttpStatusCode Status, string Body, double? RetryAfter)> AskAsync(HttpClient browser, string path, string accept)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative));
        request.Headers.Add("Accept", accept);
        using var answer = await browser.SendAsync(request, Cancel);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(Cancel), answer.Headers.RetryAfter?.Delta?.TotalSeconds);
    }
}
