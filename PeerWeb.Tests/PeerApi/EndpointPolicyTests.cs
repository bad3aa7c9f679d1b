using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Infrastructure;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using PeerWeb.Core.Federation.Signing;
using PeerWeb.Core.Federation.Wire;
using PeerWeb.Core.Primitives;
using PeerWeb.Tests.Federation.Hosts;
using PeerWeb.Tests.Federation.Signing;
using PeerWeb.Tests.PeerApi.Links;
using Xunit;

namespace PeerWeb.Tests.PeerApi;

/// <summary>Every endpoint of the application says who may call it, and every route of the peer API refuses whoever may not.</summary>
public sealed class EndpointPolicyTests : IAsyncLifetime
{
    private static readonly string[] Anonymous =
    [
        "/.well-known/jwks.json", "/.well-known/peerweb", "/account/login", "/error", "/health/live", "/health/ready", "/setup",
    ];

    /// <summary>Endpoints of the framework, which take no policy of ours, and the page of what is not there; the fallback policy is theirs.</summary>
    private static readonly string[] ByFallback =
    [
        " /_blazor", " /_blazor/disconnect", " /_blazor/initializers", " /_blazor/negotiate", "GET /_framework/opaque-redirect", "GET|HEAD /{**path:file}",
        "GET|POST /not-found",
    ];

    private static readonly string[] PeerRoutes =
    [
        // Every call that is not here.
        " /peer/v1/{**call}",
        "DELETE /peer/v1/collections/{collection}/entries/{uid}",
        "GET /peer/v1/collections", "GET /peer/v1/collections/{collection}/changes", "GET /peer/v1/collections/{collection}/entries/{uid}", "GET /peer/v1/links",
        "GET /peer/v1/methods", "GET /peer/v1/openapi.json",
        "POST /peer/v1/links", "POST /peer/v1/links/approve", "POST /peer/v1/links/reject", "POST /peer/v1/links/resume", "POST /peer/v1/links/revoke",
        "POST /peer/v1/links/suspend", "POST /peer/v1/messages", "POST /peer/v1/query", "PUT /peer/v1/collections/{collection}/entries/{uid}",
    ];

    /// <summary>What the check of signatures answers, and with nothing else behind it.</summary>
    private static readonly string?[] BySignature =
    [
        PeerProblems.SignatureMissing, PeerProblems.SignatureMalformed, PeerProblems.SignatureComponents, PeerProblems.SignatureInvalid, PeerProblems.DuplicateField, PeerProblems.DigestMismatch,
        PeerProblems.WrongDestination, PeerProblems.VersionUnsupported, PeerProblems.ContentEncodingRefused, PeerProblems.ClockSkew, PeerProblems.MalformedField,
    ];

    private readonly SigningKey _globex = SigningKey.Create();
    private readonly SigningKey _initech = SigningKey.Create();
    private readonly SigningKey _nobody = SigningKey.Create();
    private readonly PatientClock _clock = new();
    private InstallationHost? _acme;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private InstallationHost Acme => _acme ?? throw new InvalidOperationException("Not started.");

    public async ValueTask InitializeAsync()
    {
        _acme = await InstallationHost.StartAsync("acme", new HostOptions(_clock), Cancel);
        await LinkedHosts.AddPeerAsync(_acme, LinkedHosts.Stranger(_globex, "globex.example"), new Uri("http://globex.example"));
        await LinkedHosts.AddPeerAsync(_acme, LinkedHosts.Stranger(_initech, "initech.example"), new Uri("http://initech.example"));
    }

    public async ValueTask DisposeAsync()
    {
        if (_acme is not null)
            await _acme.DisposeAsync();
        _globex.Dispose();
        _initech.Dispose();
        _nobody.Dispose();
    }

    [Fact]
    public void Every_endpoint_has_a_policy_and_those_for_anyone_are_these()
    {
        var endpoints = Endpoints();

        var bare = endpoints.Where(endpoint => !IsForAnyone(endpoint)
            && endpoint.Metadata.GetOrderedMetadata<IAuthorizeData>().Count == 0 && endpoint.Metadata.GetMetadata<AuthorizationPolicy>() is null);
        Assert.Equal(ByFallback, bare.Select(Name).Order(StringComparer.Ordinal));
        Assert.Equal(Anonymous, endpoints.Where(endpoint => IsForAnyone(endpoint) && !IsStaticAsset(endpoint)).Select(Path).Distinct().Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("GET", "/_blazor")]
    [InlineData("POST", "/_blazor/negotiate")]
    [InlineData("POST", "/_blazor/disconnect")]
    [InlineData("GET", "/_blazor/initializers")]
    [InlineData("GET", "/_framework/opaque-redirect")]
    [InlineData("GET", "/not-found")]
    [InlineData("GET", "/somewhere/else.txt")]
    public async Task What_has_no_policy_of_its_own_is_closed_to_strangers_by_the_fallback_policy(string method, string path)
    {
        var answer = await SignedRaw.SendAsync(Acme, new Sent { Method = method, Target = path, Body = "" }, Cancel);

        Assert.True(answer.Status is StatusCodes.Status302Found or StatusCodes.Status401Unauthorized, $"{answer.Status}");
        var fallback = Acme.Services.GetRequiredService<IOptions<AuthorizationOptions>>().Value.FallbackPolicy;
        Assert.Contains(fallback?.Requirements ?? [], requirement => requirement is DenyAnonymousAuthorizationRequirement);
    }

    [Fact]
    public void The_peer_api_has_these_routes_and_each_wants_a_signature()
    {
        var routes = PeerEndpoints();

        Assert.Equal(PeerRoutes, routes.Select(Name).Order(StringComparer.Ordinal));
        Assert.All(routes, route => Assert.StartsWith("peer-", Assert.Single(route.Metadata.GetOrderedMetadata<IAuthorizeData>()).Policy, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Every_peer_route_refuses_every_wrong_signature_with_a_problem_and_a_request_id()
    {
        var accepted = new List<string>();
        foreach (var route in PeerEndpoints())
        {
            var call = CallOf(route);
            var late = new SignedRaw(call.Host, call.Key, new FakeTimeProvider(_clock.GetUtcNow().AddMinutes(-6)), call.Method, call.Target) { Body = call.Body };
            var replayed = call.Sign();
            var first = await SignedRaw.SendAsync(Acme, replayed, Cancel);
            Assert.NotEqual(StatusCodes.Status401Unauthorized, first.Status);
            var isFirstContact = route.Metadata.GetOrderedMetadata<IAuthorizeData>()[0].Policy == PeerWeb.PeerApi.Signing.PeerPolicies.FirstContact;

            await RefusedAsync("no signature", Unsigned(call), PeerProblems.SignatureMissing);
            await RefusedAsync("wrong key", (call with { Key = _nobody }).Sign(), PeerProblems.UnknownKey);
            await RefusedAsync("wrong key that claims the right one", (call with { Key = _nobody, ClaimedKey = _globex }).Sign(), PeerProblems.SignatureInvalid);
            await RefusedAsync("other peer's key", (call with { Key = _initech, ClaimedKey = _globex }).Sign(), PeerProblems.SignatureInvalid);
            await RefusedAsync("expired", late.Sign(), PeerProblems.ClockSkew);
            await RefusedAsync("replayed", replayed, PeerProblems.Replayed);
            await RefusedAsync("another path", (call with { SignedTarget = "/peer/v1/other" }).Sign(), PeerProblems.SignatureInvalid);
            await RefusedAsync("another authority", (call with { Authority = "elsewhere.example" }).Sign(), PeerProblems.SignatureInvalid);
            await RefusedAsync("another destination", (call with { Destination = "elsewhere.example" }).Sign(), PeerProblems.WrongDestination);
            if (isFirstContact)
                await RefusedAsync("another key than the one it brings", (call with { Key = _initech }).Sign(), PeerProblems.UnknownKey);

            async Task RefusedAsync(string what, Sent sent, string slug)
            {
                var answer = await SignedRaw.SendAsync(Acme, sent, Cancel);
                var shown = string.Create(CultureInfo.InvariantCulture, $"{Name(route)}, {what}: {answer.Status} {answer.Slug}");
                if (answer.Status < StatusCodes.Status400BadRequest)
                    accepted.Add(shown);
                Assert.True(answer.Slug == slug, shown);
                Assert.False(string.IsNullOrEmpty(answer.Problem?.RequestId), shown);
                Assert.Equal(answer.Status, answer.Problem?.Status);
            }
        }
        Assert.Empty(accepted);
    }

    [Fact]
    public async Task No_peer_route_lets_in_what_was_changed_after_it_was_signed()
    {
        Assert.InRange(WrongSignatures.All.Count, 40, 100);
        var accepted = new List<string>();
        foreach (var route in PeerEndpoints())
        {
            // The budget of a peer is for so many calls in a minute.
            _clock.Advance(TimeSpan.FromMinutes(1));
            foreach (var (what, spoil) in WrongSignatures.All)
            {
                var sent = CallOf(route).Sign();
                spoil(sent);

                var answer = await SignedRaw.SendAsync(Acme, sent, Cancel);

                // Refused before any endpoint: what an endpoint refuses has another name.
                if (answer.Status < StatusCodes.Status400BadRequest || !BySignature.Contains(answer.Slug))
                    accepted.Add(string.Create(CultureInfo.InvariantCulture, $"{Name(route)}, {what}: {answer.Status} {answer.Slug}"));
            }
        }
        Assert.Empty(accepted);
    }

    private List<RouteEndpoint> Endpoints() => [.. Acme.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()];

    private List<RouteEndpoint> PeerEndpoints() => [.. Endpoints().Where(endpoint => Path(endpoint).StartsWith("/peer/", StringComparison.Ordinal))];

    private SignedRaw CallOf(RouteEndpoint route)
    {
        var path = Path(route)
            .Replace("{collection}", CollectionId.New().ToString(), StringComparison.Ordinal)
            .Replace("{uid}", Uid.Parse("one").ToPathSegment(), StringComparison.Ordinal)
            .Replace("{**call}", "not/here", StringComparison.Ordinal);
        var method = route.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Single() ?? HttpMethods.Patch;
        // A user who acts is refused by the calls of links, so that a call that gets through changes nothing.
        return new SignedRaw(Acme, _globex, _clock, method, path)
        {
            Body = method == HttpMethods.Get ? "" : $$"""{"key":{{JsonSerializer.Serialize(_globex.Public.Jwk)}}}""",
        };
    }

    private static Sent Unsigned(SignedRaw call)
    {
        var sent = call.Sign();
        sent.Remove(PeerHeaders.Signature);
        sent.Remove(PeerHeaders.SignatureInput);
        return sent;
    }

    private static string Path(RouteEndpoint endpoint) => "/" + endpoint.RoutePattern.RawText?.Trim('/');

    private static string Name(RouteEndpoint endpoint) =>
        $"{string.Join('|', endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? [])} {Path(endpoint)}";

    private static bool IsForAnyone(RouteEndpoint endpoint) => endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null;

    /// <summary>Files of ours, the same for everybody.</summary>
    private static bool IsStaticAsset(RouteEndpoint endpoint) => endpoint.Metadata.Any(one => one.GetType().Name == "StaticAssetDescriptor");
}
