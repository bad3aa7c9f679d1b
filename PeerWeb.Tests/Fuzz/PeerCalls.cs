using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using PeerWeb.Core.Federation.Signing;
using PeerWeb.Core.Federation.Wire;
using PeerWeb.Core.Primitives;
using PeerWeb.Tests.Federation.Hosts;
using PeerWeb.Tests.PeerApi.Links;

namespace PeerWeb.Tests.Fuzz;

/// <summary>A route of the peer API as the running host has it.</summary>
/// <param name="Name">Method and pattern.</param>
internal sealed record PeerRoute(string Name, string Method, string Pattern)
{
    public bool IsOfLinks => Pattern.StartsWith("/peer/v1/links", StringComparison.Ordinal);

    /// <summary>Calls of the installation itself, in which no user acts.</summary>
    public bool IsOfInstallation => IsOfLinks || Pattern == "/peer/v1/messages";

    public static List<PeerRoute> Of(InstallationHost host) =>
    [
        .. from endpoint in host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
           let pattern = "/" + endpoint.RoutePattern.RawText?.Trim('/')
           where pattern.StartsWith("/peer/", StringComparison.Ordinal) && endpoint.Metadata.GetMetadata<IAuthorizeData>() is not null
           // What answers calls that are not there is for every method, and no call.
           from method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? []
           orderby pattern, method
           select new PeerRoute($"{method} {pattern}", method, pattern),
    ];
}

/// <summary>Every call of the peer API as a peer makes it that means well, to be spoilt: all the routes that the host has, and what a body may be in each.</summary>
/// <param name="user">Whose users act; its link stays.</param>
/// <param name="links">Signs the calls of links, which end its own now and then.</param>
internal sealed class PeerCalls(InstallationHost host, TimeProvider clock, SigningKey user, SigningKey links, IReadOnlyList<(AppId App, CollectionId Id)> collections)
{
    private readonly List<PeerRoute> _routes = PeerRoute.Of(host);

    /// <summary>What the call is about; in turns.</summary>
    private (AppId App, CollectionId Id) _now = collections[0];

    /// <summary>The row of <c>links</c>.</summary>
    public PeerId Link { get; set; }

    /// <summary>Theirs and the host's, as an approval names them.</summary>
    public required (InstallationId Theirs, InstallationId Ours) Ends { get; init; }

    public IReadOnlyList<PeerRoute> Routes => _routes;

    /// <summary>The versions of entries that answers showed, by path.</summary>
    public Dictionary<string, string> ETags { get; } = [];

    public SignedRaw Next(Mutator mutator, int number)
    {
        _now = collections[number % collections.Count];
        // Half of the routes are of links, which say less.
        var isOfLinks = mutator.Next(4) == 0;
        var route = mutator.Any([.. _routes.Where(one => one.IsOfLinks == isOfLinks)]);
        var uid = "uid" + (number % 50).ToString(CultureInfo.InvariantCulture);
        var path = route.Pattern.Replace("{collection}", _now.Id.ToString(), StringComparison.Ordinal).Replace("{uid}", Uid.Parse(uid).ToPathSegment(), StringComparison.Ordinal);
        var query = route.Pattern switch
        {
            "/peer/v1/collections" => $"?app={_now.App}",
            "/peer/v1/collections/{collection}/changes" => "?since=1.7.x&limit=10",
            _ => "",
        };
        return new SignedRaw(host, route.IsOfLinks ? links : user, clock, route.Method, path + query)
        {
            Body = Bodies(route, uid) is { Count: > 0 } bodies ? mutator.Any(bodies) : "",
            Actor = route.IsOfInstallation ? null : mutator.Any(["\"sam\"", "\"sam\"; groups=(\"sales\" \"staff\")"]),
            Fields = route.Method is "PUT" or "DELETE" ? [mutator.Any(Conditions(mutator, route.Method, path))] : [],
            From = new System.Net.IPAddress([127, 0, 1, (byte)(number % 250)]),
        };
    }

    /// <summary>Empty for calls without a body.</summary>
    public IReadOnlyList<string> Bodies(PeerRoute route, string uid) => route.Name switch
    {
        "POST /peer/v1/query" => [Json(Query), Json(Query with { From = null, To = null, Sort = "title", Text = null, Known = null, Cursor = new WireCursor("a", _now.Id.ToString(), "one", "") })],
        "PUT /peer/v1/collections/{collection}/entries/{uid}" =>
            [.. EntryTexts.Of(_now.App).Select(text => Json(new WireEntry(_now.Id.ToString(), uid, text.Replace("UID:one", $"UID:{uid}", StringComparison.Ordinal))))],
        "POST /peer/v1/messages" =>
        [
            Grant("grant-offer", 1, "\"read\",\"edit\""), Grant("grant-change", 2, "\"freebusy\""), Grant("grant-end", 3, ""),
            $$"""{"kind":"lease","views":[{"user":"sam","collections":["{{_now.Id}}"],"groups":["sales"]},{"user":"henry","collections":["{{_now.Id}}"]}]}""",
            $$"""{"kind":"nudge","collections":["{{_now.Id}}"]}""",
        ],
        "POST /peer/v1/links" => [$$"""{"link":"{{Guid.NewGuid()}}","domain":"umbrella.example","installationId":"{{Guid.NewGuid()}}","key":{{JsonSerializer.Serialize(links.Public.Jwk)}}}"""],
        "POST /peer/v1/links/approve" => [$$"""{"link":"{{Theirs}}","yourLink":"{{Link}}","from":{{End(Ends.Theirs, links)}},"to":{{End(Ends.Ours, LinkedHosts.KeyOf(host))}}}"""],
        "POST /peer/v1/links/reject" or "POST /peer/v1/links/suspend" or "POST /peer/v1/links/resume" or "POST /peer/v1/links/revoke" => [$$"""{"link":"{{Theirs}}","yourLink":"{{Link}}"}"""],
        _ => [],
    };

    private static Guid Theirs { get; } = Guid.NewGuid();

    private WireQuery Query => new(
        _now.App.Value, "Europe/Zurich", "start", 100, [_now.Id.ToString()], "2026-11-01T00:00:00Z", "2026-12-01T00:00:00Z", "meeting", Known: new Dictionary<string, string> { [_now.Id.ToString()] = "x" });

    private KeyValuePair<string, string>[] Conditions(Mutator mutator, string method, string path) =>
    [
        KeyValuePair.Create(PeerHeaders.IfMatch, Visible(mutator.Spoil("\"1.7\""))), KeyValuePair.Create(PeerHeaders.IfMatch, ETags.GetValueOrDefault(path, "\"1.7\"")),
        method == "PUT" ? KeyValuePair.Create(PeerHeaders.IfNoneMatch, "*") : KeyValuePair.Create(PeerHeaders.IfMatch, ETags.GetValueOrDefault(path, "\"1.7\"")),
    ];

    private string Grant(string kind, int version, string rights) =>
        $$"""{"kind":"{{kind}}","grant":"0b7d3c3e-2f8e-4a3e-9a65-6f2f3f0d8a11","version":{{version}},"owner":"sam","app":"{{_now.App}}","covered":[{"id":"{{_now.Id}}","name":"Work","color":"#336699"}],"rights":[{{rights}}],"collection":"{{_now.Id}}","recipient":"ada"}""";

    private static string End(InstallationId installation, SigningKey key) => $$"""{"installationId":"{{installation}}","thumbprint":"{{key.KeyId}}"}""";

    private static string Json<T>(T value) => JsonSerializer.Serialize(value, PeerJson.Requests);

    /// <summary>What can be signed at all: a field's value and a target are visible ASCII.</summary>
    public static string Visible(string text)
    {
        var visible = string.Concat(text.Where(c => c is > ' ' and <= '~'));
        return visible.Length == 0 ? "/" : visible;
    }
}
