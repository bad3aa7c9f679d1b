using System.Globalization;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using PeerWeb.Core.Calendars;
using PeerWeb.Core.Federation.Client.Http;
using PeerWeb.Core.Federation.Signing;
using PeerWeb.Core.Primitives;
using PeerWeb.Core.Sharing;
using PeerWeb.Core.Storage;
using PeerWeb.Core.Storage.Peers;
using PeerWeb.Tests.Federation.Hosts;
using PeerWeb.Tests.PeerApi.Links;
using Xunit;

namespace PeerWeb.Tests.Shell.Measures;

/// <summary>Two linked installations, each with an address for its metrics, and a third one that is dead.</summary>
public sealed class PeerMetricsTests : LinkedHosts
{
    private readonly List<int> _ports = [];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    protected override Task<IReadOnlyDictionary<string, string?>?> SettingsAsync()
    {
        _ports.Add(InstallationHost.FreePort());
        return Task.FromResult<IReadOnlyDictionary<string, string?>?>(
            new Dictionary<string, string?> { ["PeerWeb:Metrics"] = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{_ports[^1]}") });
    }

    [Fact]
    public async Task What_happens_between_installations_is_counted_by_the_domain_of_the_link_and_a_dead_peer_leaves_us_ready()
    {
        var pair = await LinkAsync();
        await pair.ShareAsync();
        using var key = SigningKey.Create();
        var dead = Stranger(key, string.Create(CultureInfo.InvariantCulture, $"initech.localhost:{InstallationHost.FreePort()}"));
        var peer = await AddPeerAsync(Globex, dead, new Uri($"http://{dead.Domain}"));
        await AcceptAsync(Globex, peer, new GrantNotice(GrantId.New(), 1, UserName.Parse("peter"), CalendarApp.AppId, null, [], pair.Reader, Rights.Read), pair.Reader);
        await Globex.Links.SuspendAsync(peer, Cancel);
        await Globex.Links.ResumeAsync(peer, Cancel);
        await pair.AskAsync();
        var backlog = await Globex.Services.GetRequiredService<SqlOutboxBacklog>().ReadAsync(Cancel);
        Globex.Services.GetRequiredService<StoreMetrics>().Sample(backlog);

        Assert.Equal("Healthy", await TextAsync(Loopback(Globex.Port, "/health/ready")));
        var acme = await StrangerAsync();
        var atAcme = await ScrapeAsync(0);
        var atGlobex = await ScrapeAsync(1);

        var (own, other) = ($"peerweb_peer_domain=\"{Globex.Domain}\"", $"peerweb_peer_domain=\"{Acme.Domain}\"");
        AssertLine(atGlobex, "peerweb_peer_client_request_duration_seconds_count", other, "http_response_status_code=\"200\"");
        AssertLine(atGlobex, "peerweb_peer_client_request_duration_seconds_count", $"\"{dead.Domain}\"", $"error_type=\"{UnavailableReason.NotConnected}\"");
        AssertLine(atGlobex, "peerweb_peer_io_bytes_total", other, "network_io_direction=\"receive\"", "role=\"client\"");
        AssertLine(atGlobex, "peerweb_peer_source_answers_total", other, "state=\"live\"");
        AssertLine(atGlobex, "peerweb_peer_source_answers_total", $"\"{dead.Domain}\"", "state=\"offline\"");
        AssertLine(atGlobex, "peerweb_peer_circuit_breaker_open", $"\"{dead.Domain}\"", "} 1");
        AssertLine(atGlobex, "peerweb_outbox_messages", $"\"{dead.Domain}\"");
        AssertLine(atGlobex, "peerweb_outbox_oldest_age_seconds", $"\"{dead.Domain}\"");
        AssertLine(atAcme, "peerweb_peer_server_request_duration_seconds_count", own, "http_route=\"/peer/v1/query\"");
        AssertLine(atAcme, "peerweb_peer_refusals_total", "error_type=\"signature-missing\"");
        AssertLine(atAcme, "peerweb_store_operation_duration_seconds_count", "db_operation_name=\"query\"");
        Assert.Equal(HttpStatusCode.Unauthorized, acme);
        Assert.DoesNotContain("stranger", atAcme, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain($"\"{pair.Reader}", atAcme + atGlobex, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_metrics_have_an_address_of_their_own_and_nothing_else_is_there()
    {
        using var client = new HttpClient();
        using var elsewhere = await client.GetAsync(Loopback(Acme.Port, "/metrics"), Cancel);
        using var other = await client.GetAsync(Loopback(_ports[0], "/health/live"), Cancel);
        Assert.DoesNotContain("peerweb_", await elsewhere.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, other.StatusCode);
    }

    private static void AssertLine(string scrape, params string[] parts) =>
        Assert.True(
            scrape.Split('\n').Any(line => parts.All(part => line.Contains(part, StringComparison.Ordinal))),
            $"{string.Join(' ', parts)} is not among\n{string.Join('\n', scrape.Split('\n').Where(line => line.StartsWith(parts[0], StringComparison.Ordinal)))}");

    private static Uri Loopback(int port, string path) => new(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}{path}"));

    private Task<string> ScrapeAsync(int host) => TextAsync(Loopback(_ports[host], "/metrics"));

    private async Task<HttpStatusCode> StrangerAsync()
    {
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, Loopback(Acme.Port, "/peer/v1/collections?of=stranger")) { Headers = { { "PeerWeb-Actor", "\"stranger\"" } } };
        using var answer = await client.SendAsync(request, Cancel);
        return answer.StatusCode;
    }

    private static async Task<string> TextAsync(Uri address)
    {
        using var client = new HttpClient();
        return await client.GetStringAsync(address, Cancel);
    }
}
