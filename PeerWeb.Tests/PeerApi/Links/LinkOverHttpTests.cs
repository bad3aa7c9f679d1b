using System.Net;
using System.Net.Http.Json;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using PeerWeb.Core.Federation.Client.Http;
using PeerWeb.Core.Federation.Discovery;
using PeerWeb.Core.Federation.Signing;
using PeerWeb.Core.Peers;
using PeerWeb.Core.Primitives;
using PeerWeb.PeerApi.Links;
using Xunit;

namespace PeerWeb.Tests.PeerApi.Links;

/// <summary>Two installations with real listeners, real keys and real signatures.</summary>
public sealed class LinkOverHttpTests : IAsyncLifetime
{
    private readonly List<InstallationHost> _hosts = [];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private InstallationHost Acme => _hosts[0];

    private InstallationHost Globex => _hosts[1];

    public async ValueTask InitializeAsync()
    {
        _hosts.Add(await InstallationHost.StartAsync("acme", Ct));
        _hosts.Add(await InstallationHost.StartAsync("globex", Ct));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var host in _hosts)
            await host.DisposeAsync();
    }

    [Fact]
    public async Task Two_installations_link_suspend_resume_and_revoke_over_signed_http()
    {
        var found = Assert.IsType<LookUpOutcome.Found>(await Acme.Links.LookUpAsync(Domain.Parse(Globex.Domain), Ct));
        Assert.Equal("globex", found.Installation.Name);
        Assert.IsType<Transition.Done>(await Acme.Links.RequestAsync(Domain.Parse(Globex.Domain), found.Installation.Key.Thumbprint, Ct));

        var incoming = await Globex.UntilAsync("incoming", Ct);
        Assert.IsType<Transition.Done>(await Globex.Links.OpenAsync(incoming.Id, Ct));
        await ApproveAsync(Globex, await Globex.UntilAsync("incoming", Ct));
        await ApproveAsync(Acme, await Acme.UntilAsync("waiting-ours", Ct));
        var there = await Globex.UntilAsync("active", Ct);
        var here = await Acme.UntilAsync("active", Ct);

        var check = await Acme.Links.TestAsync(here.Id, Ct);
        Assert.Null(check.Error);
        Assert.Equal("active", check.Call?.StateThere);
        Assert.NotNull(check.Call?.ClockSkew);

        await Acme.Links.SuspendAsync(here.Id, Ct);
        await Globex.UntilAsync("suspended", Ct);
        await Acme.Links.ResumeAsync(here.Id, Ct);
        await Globex.UntilAsync("active", Ct);
        await Globex.Links.RevokeAsync(there.Id, Ct);
        var ended = await Acme.UntilAsync("revoked", Ct);
        Assert.Equal(LinkSide.There, ended.Facts.RevokedBy);
    }

    [Fact]
    public async Task Discovery_says_who_is_there_and_its_key_is_the_one_that_signs()
    {
        using var client = Globex.Services.GetRequiredService<PeerHttpClientFactory>().CreatePlain();

        var document = await client.GetFromJsonAsync<DiscoveryDocument>($"http://{Globex.Domain}/.well-known/peerweb", Ct);
        var keys = await client.GetFromJsonAsync<JsonWebKeySet>($"http://{Globex.Domain}/.well-known/jwks.json", Ct);

        Assert.Equal(Globex.Domain, document?.Domain);
        Assert.Equal($"http://{Globex.Domain}", document?.Endpoint);
        Assert.Equal(["1"], document?.ApiVersions);
        var identity = Globex.Services.GetRequiredService<InstallationIdentity>();
        Assert.Equal(identity.Own.SigningKey.KeyId, Assert.Single(keys?.Keys ?? []).KeyId);
    }

    [Theory]
    [InlineData("", "{}")]
    [InlineData("/approve", "{}")]
    [InlineData("/revoke", "{}")]
    public async Task An_unsigned_link_call_is_refused(string path, string body)
    {
        using var client = Globex.Services.GetRequiredService<PeerHttpClientFactory>().CreatePlain();
        using var content = new StringContent(body, Encoding.UTF8, "application/json");

        using var answer = await client.PostAsync(new Uri($"http://{Globex.Domain}/peer/v1/links{path}"), content, Ct);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Empty(await Globex.Links.ListAsync(Ct));
    }

    [Fact]
    public async Task A_stranger_cannot_approve()
    {
        using var stranger = new Stranger(Globex);

        using var answer = await stranger.PostAsync("/peer/v1/links/revoke", Notice, Ct);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Theory]
    [InlineData("""{"domain":"x.example","installationId":"7b7d3c3e-2f8e-4a3e-9a65-6f2f3f0d8a11","key":KEY,"extra":1}""")]
    [InlineData("""{"domain":"X.example","installationId":"7b7d3c3e-2f8e-4a3e-9a65-6f2f3f0d8a11","key":KEY}""")]
    [InlineData("""{"domain":"x.example","installationId":"00000000-0000-0000-0000-000000000000","key":KEY}""")]
    [InlineData("""{"domain":"x.example","key":KEY}""")]
    [InlineData("""{"Domain":"x.example","installationId":"7b7d3c3e-2f8e-4a3e-9a65-6f2f3f0d8a11","key":KEY}""")]
    public async Task A_request_that_is_not_exactly_one_is_refused_and_not_stored(string body)
    {
        using var stranger = new Stranger(Globex);

        using var answer = await stranger.PostAsync("/peer/v1/links", body.Replace("KEY", stranger.KeyJson, StringComparison.Ordinal), Ct);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Empty(await Globex.Links.ListAsync(Ct));
    }

    [Fact]
    public async Task The_twenty_first_request_of_a_minute_is_turned_away_with_a_signed_answer()
    {
        using var stranger = new Stranger(Globex);
        var statuses = new List<HttpStatusCode>();

        for (var i = 0; i < 21; i++)
        {
            using var answer = await stranger.PostAsync("/peer/v1/links", stranger.RequestJson, Ct);
            statuses.Add(answer.StatusCode);
        }

        Assert.Equal(Enumerable.Repeat(HttpStatusCode.OK, 20).Append(HttpStatusCode.TooManyRequests), statuses);
        Assert.Single(await Globex.Links.ListAsync(Ct));
    }

    [Fact]
    public async Task A_pending_key_may_ask_how_its_link_stands_and_a_revoked_one_may_not()
    {
        using var stranger = new Stranger(Globex);
        using (await stranger.PostAsync("/peer/v1/links", stranger.RequestJson, Ct))
        using (var answer = await stranger.GetAsync("/peer/v1/links", Ct))
            Assert.Equal("incoming", (await answer.Content.ReadFromJsonAsync<LinkStandingBody>(Ct))?.State);

        await Globex.Links.RevokeAsync((await Globex.Links.ListAsync(Ct)).Single().Id, Ct);

        using var after = await stranger.GetAsync("/peer/v1/links", Ct);
        Assert.Equal(HttpStatusCode.Forbidden, after.StatusCode);
        using var suspend = await stranger.PostAsync("/peer/v1/links/suspend", Notice, Ct);
        Assert.Equal(HttpStatusCode.Forbidden, suspend.StatusCode);
        using var revoke = await stranger.PostAsync("/peer/v1/links/revoke", Notice, Ct);
        Assert.Equal(HttpStatusCode.OK, revoke.StatusCode);
    }

    private const string Notice = """{"link":"5b7d3c3e-2f8e-4a3e-9a65-6f2f3f0d8a11"}""";

    private static async Task ApproveAsync(InstallationHost host, Peer peer)
    {
        var home = await host.Links.HomeAsync(Ct);
        Assert.IsType<Transition.Done>(await host.Links.ApproveAsync(peer.Id, Tests.Peers.Site.Compared(home.PairWith(peer)), Ct));
    }

    /// <summary>Somebody with a key of their own and a correct client.</summary>
    private sealed class Stranger : IDisposable
    {
        private readonly SigningKey _key = SigningKey.Create();
        private readonly PeerConnection _connection;

        public Stranger(InstallationHost target)
        {
            var theirs = target.Services.GetRequiredService<InstallationIdentity>().Own.SigningKey.Public;
            var peer = new PeerTarget(new Uri($"http://{target.Domain}"), target.Domain, _ => ValueTask.FromResult<IReadOnlyList<PeerKey>>([theirs]));
            _connection = target.Services.GetRequiredService<PeerHttpClientFactory>().Create(peer, _key);
        }

        public string KeyJson => System.Text.Json.JsonSerializer.Serialize(_key.Public.Jwk);

        public string RequestJson =>
            $$"""{"link":"5b7d3c3e-2f8e-4a3e-9a65-6f2f3f0d8a11","domain":"stranger.example","installationId":"7b7d3c3e-2f8e-4a3e-9a65-6f2f3f0d8a11","key":{{KeyJson}}}""";

        public async Task<HttpResponseMessage> PostAsync(string path, string body, CancellationToken cancellationToken)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
            request.Options.Set(PeerRequestOptions.IdempotencyKey, Guid.NewGuid().ToString("N"));
            return await _connection.Client.SendAsync(request, cancellationToken);
        }

        public async Task<HttpResponseMessage> GetAsync(string path, CancellationToken cancellationToken) =>
            await _connection.Client.GetAsync(new Uri(path, UriKind.Relative), cancellationToken);

        public void Dispose()
        {
            _connection.Dispose();
            _key.Dispose();
        }
    }
}
