using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using PeerWeb.Core.Federation.Client.Http;
using PeerWeb.Core.Federation.Discovery;
using PeerWeb.Core.Federation.Signing;
using PeerWeb.Core.Peers;
using PeerWeb.Core.Primitives;
using Xunit;

namespace PeerWeb.Tests.Federation.Client.Http;

/// <summary>Addresses that are nobody's on the internet, in all their spellings, as what an admin types and as what a peer calls its endpoint: never connected to, unless that is configured.</summary>
public sealed class ForbiddenAddressTests : IDisposable
{
    private static readonly PeerHttpOptions Strict = new() { AllowPlainHttp = true };

    /// <summary>As they stand in an address; those of version 6 in brackets.</summary>
    private static readonly string[] Literals =
    [
        "0.0.0.0", "0.1.2.3", "10.0.0.1", "10.255.255.255", "100.64.0.1", "100.127.255.255", "127.0.0.1", "127.255.255.254", "169.254.0.1", "169.254.169.254", "172.16.0.1", "172.31.255.255",
        "192.0.0.8", "192.0.0.170", "192.0.2.1", "192.88.99.1", "192.168.0.1", "192.168.255.255", "198.18.0.1", "198.19.255.255", "198.51.100.1", "203.0.113.1", "224.0.0.1", "239.255.255.255", "240.0.0.1",
        "255.255.255.255",
        "[::]", "[::1]", "[0:0:0:0:0:0:0:1]", "[::127.0.0.1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[::FFFF:10.0.0.1]", "[::ffff:169.254.169.254]", "[::ffff:0:127.0.0.1]", "[64:ff9b::7f00:1]",
        "[64:ff9b::10.0.0.1]", "[64:ff9b::8.8.8.8]", "[64:ff9b:1::1]", "[100::1]", "[2001::1]", "[2001:0:7f00:1::]", "[2001:2::1]", "[2001:10::1]", "[2001:20::1]", "[2001:db8::1]", "[2002:7f00:1::1]",
        "[2002:a00:1::1]", "[2002:c0a8:1::1]", "[3fff::1]", "[4000::1]", "[5f00::1]", "[fc00::1]", "[fd00:ec2::254]", "[fe80::1]", "[fe80::1%25lo]", "[febf::1]", "[fec0::1]", "[ff02::1]", "[ff0e::1]",
    ];

    /// <summary>Other ways to write loopback, the metadata service and private networks; whatever our rules do not recognise, a resolver would read as the numbers they are.</summary>
    private static readonly (string Host, string Address)[] Spellings =
    [
        ("2130706433", "127.0.0.1"), ("0x7f000001", "127.0.0.1"), ("0x7f.0.0.1", "127.0.0.1"), ("0x7f.1", "127.0.0.1"), ("017700000001", "127.0.0.1"), ("0177.0.0.1", "127.0.0.1"), ("127.1", "127.0.0.1"),
        ("127.0.1", "127.0.0.1"), ("0", "0.0.0.0"), ("2852039166", "169.254.169.254"), ("0xa9fea9fe", "169.254.169.254"), ("0251.0376.0251.0376", "169.254.169.254"), ("169.254.43518", "169.254.169.254"),
        ("0300.0250.0.1", "192.168.0.1"), ("127.0.0.1.", "127.0.0.1"), ("\u2460\u2461\u2466.\u24ea.\u24ea.\u2460", "127.0.0.1"), ("\uff11\uff12\uff17.\uff10.\uff10.\uff11", "127.0.0.1"),
        ("127\u30020\u30020\u30021", "127.0.0.1"), ("127\uff0e0\uff0e0\uff0e1", "127.0.0.1"), ("localhost", "127.0.0.1"), ("LOCALHOST", "127.0.0.1"), ("localhost.", "127.0.0.1"), ("acme.localhost", "127.0.0.1"),
        ("acme.LocalHost.", "127.0.0.1"), ("\uff4c\uff4f\uff43\uff41\uff4c\uff48\uff4f\uff53\uff54", "127.0.0.1"), ("loc\u00adalhost", "127.0.0.1"), ("localhost.localdomain", "127.0.0.1"), ("ip6-localhost", "::1"),
        ("127.0.0.1.nip.example", "127.0.0.1"), ("metadata.google.internal", "169.254.169.254"), ("intranet", "10.1.2.3"), ("router.example", "192.168.1.1"), ("nat.example", "100.64.0.1"), ("v6.example", "fd00::1"),
        ("mapped.example", "::ffff:10.0.0.1"), ("translated.example", "64:ff9b::7f00:1"), ("xn--e1afmkfd.example", "127.0.0.1"), ("b\u00fccher.example", "10.0.0.1"),
    ];

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly SigningKey _own = SigningKey.Create();

    public ForbiddenAddressTests() => _listener.Start();

    public static TheoryData<string, string> All => [.. Literals.Select(literal => (literal, literal.Trim('[', ']').Replace("%25lo", "", StringComparison.Ordinal))).Concat(Spellings)];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public void Dispose()
    {
        _listener.Dispose();
        _own.Dispose();
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task It_is_no_place_to_look_for_an_installation(string host, string address)
    {
        // What is no domain at all is asked nothing.
        if (!DomainInput.TryRead($"{host}:{Port}", out var domain, out var problem))
        {
            Assert.NotEmpty(problem);
            return;
        }
        using var client = new DiscoveryClient(Factory(Strict, address), Strict);

        var refused = await Assert.ThrowsAsync<DiscoveryFailedException>(() => client.FetchAsync(domain, Cancel));

        Assert.Equal(UnavailableReason.AddressRefused, Assert.IsType<PeerUnavailableException>(refused.InnerException).Reason);
        Assert.False(_listener.Pending());
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task It_is_no_endpoint_to_call_whoever_names_it(string host, string address)
    {
        // What the framework reads as no address, discovery does not take for an endpoint either.
        foreach (var text in new[] { $"http://{host}:{Port}/", $"https://{host}:{Port}/", $"http://peer.example@{host}:{Port}/" })
        {
            if (!Uri.TryCreate(text, UriKind.Absolute, out var endpoint))
                continue;
            using var peer = Factory(Strict, address).Create(new PeerTarget(endpoint, "peer.example", _ => ValueTask.FromResult<IReadOnlyList<PeerKey>>([])), _own);

            var refused = await Assert.ThrowsAsync<PeerUnavailableException>(() => peer.Client.GetAsync(new Uri("/peer/v1/collections", UriKind.Relative), Cancel));

            Assert.Equal((text, UnavailableReason.AddressRefused), (text, refused.Reason));
        }
        Assert.False(_listener.Pending());
    }

    [Fact]
    public async Task Where_it_is_configured_loopback_is_connected_to()
    {
        using var guard = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        using var client = Factory(Strict with { AllowPrivateAddresses = true }, "127.0.0.1").CreatePlain();
        var asked = client.GetAsync(new Uri($"http://router.example:{Port}/"), guard.Token);

        using (await _listener.AcceptSocketAsync(Cancel).AsTask().WaitAsync(TimeSpan.FromSeconds(60), Cancel))
            await guard.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asked);
    }

    [Fact]
    public async Task A_name_is_looked_up_once_for_each_connection_and_what_was_judged_is_what_is_connected_to()
    {
        using var first = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var lookups = new List<IPAddress>();
        using var client = new PeerHttpClientFactory(Strict, TimeProvider.System) { Resolve = ResolveAsync }.CreatePlain();
        var address = new Uri($"http://rebound.example:{Port}/");

        // A public address passes; nobody is there to be connected to, so that the caller goes away meanwhile.
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.GetAsync(address, first.Token));
        Assert.Single(lookups);
        // The next connection asks again, is told another address, and judges that one.
        var refused = await Assert.ThrowsAsync<PeerUnavailableException>(() => client.GetAsync(address, Cancel));

        Assert.Equal((UnavailableReason.AddressRefused, 2), (refused.Reason, lookups.Count));
        Assert.False(_listener.Pending());

        async Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken)
        {
            lookups.Add(lookups.Count == 0 ? IPAddress.Parse("8.8.8.8") : IPAddress.Loopback);
            if (lookups.Count == 1)
                await first.CancelAsync();
            return [lookups[^1]];
        }
    }

    [Theory]
    [InlineData("/.well-known/peerweb")]
    [InlineData("/.well-known/jwks.json")]
    public async Task Discovery_follows_no_redirect(string from)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        await using var there = builder.Build();
        there.Run(http =>
        {
            if (http.Request.Path == from)
                http.Response.Redirect($"http://127.0.0.1:{Port}/latest/meta-data", permanent: false, preserveMethod: true);
            return http.Response.WriteAsync(
                $$"""{"domain":"{{http.Request.Host}}","installationId":"{{Guid.NewGuid()}}","name":"Globex","endpoint":"http://{{http.Request.Host}}","apiVersions":["1"],"capabilities":[],"apps":[]}""", Cancel);
        });
        await there.StartAsync(Cancel);
        var lenient = Strict with { AllowPrivateAddresses = true };
        using var client = new DiscoveryClient(new PeerHttpClientFactory(lenient, TimeProvider.System), lenient);

        var refused = await Assert.ThrowsAsync<DiscoveryFailedException>(() => client.FetchAsync(Domain.Parse($"globex.localhost:{new Uri(there.Urls.Single()).Port}"), Cancel));

        Assert.Equal(UnavailableReason.Redirected, Assert.IsType<PeerUnavailableException>(refused.InnerException).Reason);
        Assert.False(_listener.Pending());
    }

    private static PeerHttpClientFactory Factory(PeerHttpOptions options, string address) =>
        new(options, TimeProvider.System) { Resolve = (_, _) => Task.FromResult(new[] { IPAddress.Parse(address) }) };
}
