using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using PeerWeb.Core.Federation.Client.Http;
using PeerWeb.Core.Federation.Discovery;
using PeerWeb.Core.Peers;
using PeerWeb.Core.Primitives;
using PeerWeb.Tests.Peers;
using Xunit;

namespace PeerWeb.Tests.Federation.Discovery;

/// <summary>Discovery against a real listener that says what it likes.</summary>
public sealed class DiscoveryClientTests : IAsyncLifetime
{
    private const string Good =
        """{"domain":"DOMAIN","installationId":"7b7d3c3e-2f8e-4a3e-9a65-6f2f3f0d8a11","name":"Globex","endpoint":"http://DOMAIN","apiVersions":["1"],"capabilities":[],"apps":["calendar","Not an app"]}""";

    private static readonly PeerHttpOptions Lenient = new() { AllowPlainHttp = true, AllowPrivateAddresses = true };
    private readonly PublicKey _key = Keys.New();
    private WebApplication? _app;
    private string _document = Good;
    private string? _keys;
    private int _status = 200;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private Domain There => Domain.Parse($"globex.localhost:{new Uri(_app?.Urls.Single() ?? throw new InvalidOperationException("It does not listen.")).Port}");

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _app = builder.Build();
        _app.MapGet("/.well-known/peerweb", (HttpContext http) => AnswerAsync(http, _document));
        _app.MapGet("/.well-known/jwks.json", (HttpContext http) => AnswerAsync(
            http, _keys ?? $$"""{"keys":[{"kty":"RSA","n":"AQAB","e":"AQAB","crv":"","x":"","y":""},{"kty":"EC","crv":"P-256","x":"{{_key.X}}","y":"{{_key.Y}}"}]}"""));
        await _app.StartAsync(Ct);
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
            await _app.DisposeAsync();
    }

    [Fact]
    public async Task An_installation_is_read_with_its_first_usable_key()
    {
        using var client = Client(Lenient);

        var found = await client.FetchAsync(There, Ct);

        Assert.Equal(_key, found.Key);
        Assert.Equal(There, found.Domain);
        Assert.Equal("Globex", found.Name);
        Assert.Equal(new Uri($"http://{There}"), found.Endpoint);
        Assert.Equal(["calendar"], found.Apps.Select(app => app.Value));
    }

    [Theory]
    [InlineData("\"domain\":\"DOMAIN\"", "\"domain\":\"other.example\"")]
    [InlineData("[\"1\"]", "[\"2\"]")]
    [InlineData("7b7d3c3e-2f8e-4a3e-9a65-6f2f3f0d8a11", "00000000-0000-0000-0000-000000000000")]
    [InlineData("\"endpoint\":\"http://DOMAIN\"", "\"endpoint\":\"ftp://DOMAIN\"")]
    [InlineData("\"endpoint\":\"http://DOMAIN\"", "\"endpoint\":\"http://DOMAIN/path\"")]
    [InlineData("\"endpoint\":\"http://DOMAIN\"", "\"endpoint\":\"http://user@DOMAIN\"")]
    [InlineData("\"name\":\"Globex\",", "")]
    [InlineData("{\"domain\"", "<html>{\"domain\"")]
    [InlineData("\"name\":\"Globex\"", "\"name\":\"Globex\",\"name\":\"Acme\"")]
    public async Task A_document_that_does_not_hold_is_a_failure_in_a_sentence(string good, string bad)
    {
        _document = Good.Replace(good, bad, StringComparison.Ordinal);
        using var client = Client(Lenient);

        var failure = await Assert.ThrowsAsync<DiscoveryFailedException>(() => client.FetchAsync(There, Ct));

        Assert.EndsWith(".", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"keys\":[]}")]
    [InlineData("{\"keys\":[{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"AA\",\"y\":\"AA\"}]}")]
    [InlineData("{}")]
    [InlineData("nothing")]
    public async Task Without_a_usable_key_there_is_nobody_to_link_with(string keys)
    {
        _keys = keys;
        using var client = Client(Lenient);

        await Assert.ThrowsAsync<DiscoveryFailedException>(() => client.FetchAsync(There, Ct));
    }

    [Fact]
    public async Task A_document_of_more_than_64_KiB_is_not_read()
    {
        _document = Good.Replace("Globex", new string('x', 70_000), StringComparison.Ordinal);
        using var client = Client(Lenient);

        await Assert.ThrowsAsync<DiscoveryFailedException>(() => client.FetchAsync(There, Ct));
    }

    [Fact]
    public async Task A_name_is_cut_and_cannot_turn_the_text_around_it()
    {
        _document = Good.Replace("Globex", "Glo\\u202Ebex\\u0007" + new string('x', 200), StringComparison.Ordinal);
        using var client = Client(Lenient);

        var found = await client.FetchAsync(There, Ct);

        Assert.StartsWith("Globex xxx", found.Name, StringComparison.Ordinal);
        Assert.Equal(100, found.Name.Length);
    }

    [Fact]
    public async Task Another_status_is_no_installation()
    {
        _status = 404;
        using var client = Client(Lenient);

        await Assert.ThrowsAsync<DiscoveryFailedException>(() => client.FetchAsync(There, Ct));
    }

    [Fact]
    public async Task Loopback_and_plain_http_are_refused_unless_they_are_configured()
    {
        using var noHttp = Client(Lenient with { AllowPlainHttp = false });
        using var noLoopback = Client(Lenient with { AllowPrivateAddresses = false });

        await Assert.ThrowsAsync<DiscoveryFailedException>(() => noHttp.FetchAsync(There, Ct));
        await Assert.ThrowsAsync<DiscoveryFailedException>(() => noLoopback.FetchAsync(There, Ct));
    }

    private static DiscoveryClient Client(PeerHttpOptions options) => new(new PeerHttpClientFactory(options, TimeProvider.System), options);

    private Task AnswerAsync(HttpContext http, string text)
    {
        http.Response.StatusCode = _status;
        http.Response.ContentType = "application/json";
        return http.Response.WriteAsync(text.Replace("DOMAIN", There.Value, StringComparison.Ordinal), Ct);
    }
}
