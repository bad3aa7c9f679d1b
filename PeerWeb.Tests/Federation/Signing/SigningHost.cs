using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using PeerWeb.Core.Federation.Signing;
using PeerWeb.Core.Federation.Wire;
using PeerWeb.PeerApi.Signing;

namespace PeerWeb.Tests.Federation.Signing;

/// <summary>Acme's peer API on real Kestrel, with a few endpoints that say who called; Globex is the peer it knows.</summary>
internal sealed class SigningHost : IAsyncDisposable, IPeerKeyDirectory, INonceLedger
{
    public const string Domain = "acme.example";
    public const string Authority = "peers.acme.example:8443";

    private readonly ConcurrentDictionary<string, KnownPeerKey> _keys = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(Guid, string), DateTimeOffset> _burned = new();
    private WebApplication? _app;

    private SigningHost()
    {
    }

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

    public SigningKey Own { get; } = SigningKey.Create();

    public SigningKey Peer { get; } = SigningKey.Create();

    public Guid PeerId { get; } = Guid.NewGuid();

    /// <summary>How often an endpoint ran.</summary>
    public int Accepted => _accepted;

    private int _accepted;

    public int Burned => _burned.Count;

    public int Port { get; private set; }

    public static async Task<SigningHost> StartAsync(int nonceCapacity = NonceCache.DefaultCapacity)
    {
        var host = new SigningHost();
        host.Know(host.Peer, LinkStanding.Active, host.PeerId);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton<TimeProvider>(host.Clock);
        builder.Services.AddSingleton(new OwnIdentity(Domain, Authority, host.Own));
        builder.Services.AddSingleton<IPeerKeyDirectory>(host);
        builder.Services.AddSingleton<INonceLedger>(host);
        builder.Services.AddPeerSignature();
        builder.Services.AddSingleton(new NonceCache(host.Clock, nonceCapacity));
        var app = builder.Build();
        app.UseAnswerSigning();
        app.UseAuthentication();
        app.UseAuthorization();
        host.Map(app);
        await app.StartAsync();
        host._app = app;
        host.Port = new Uri(app.Urls.Single()).Port;
        return host;
    }

    public void Know(SigningKey key, LinkStanding standing, Guid peer) => _keys[key.KeyId] = new KnownPeerKey(peer, key.Public, standing);

    public Task<KnownPeerKey?> FindAsync(string keyId, CancellationToken cancellationToken) => Task.FromResult(_keys.GetValueOrDefault(keyId));

    public Task<bool> TryBurnAsync(Guid peer, string nonce, DateTimeOffset expires, CancellationToken cancellationToken) =>
        Task.FromResult(_burned.TryAdd((peer, nonce), expires));

    /// <summary>Connects to this host, whatever name a request is for.</summary>
    public SocketsHttpHandler Sockets() => new()
    {
        AllowAutoRedirect = false,
        UseProxy = false,
        ConnectCallback = async (_, cancellationToken) =>
        {
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(IPAddress.Loopback, Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        },
    };

    public async ValueTask DisposeAsync()
    {
        if (_app is not null) await _app.DisposeAsync();
        Own.Dispose();
        Peer.Dispose();
    }

    private void Map(WebApplication app)
    {
        app.Map("/peer/v1/who/{**rest}", Who).RequireAuthorization(PeerPolicies.Active);
        app.MapPost("/peer/v1/query", Who).RequireAuthorization(PeerPolicies.Active);
        app.MapPost("/peer/v1/links", Who).RequireAuthorization(PeerPolicies.FirstContact);
        app.MapPost("/peer/v1/links/approve", Who).RequireAuthorization(PeerPolicies.LinkCalls);
        app.MapPost("/peer/v1/links/revoke", Who).RequireAuthorization(PeerPolicies.Revoke);
        app.MapGet("/peer/v1/large", () => Results.Bytes(new byte[AnswerSigningMiddleware.AnswerCap + 1])).RequireAuthorization(PeerPolicies.Active);
        app.MapGet("/peer/v1/broken", Broken).RequireAuthorization(PeerPolicies.Active);
        app.MapGet("/peer/v1/etag", ETag).RequireAuthorization(PeerPolicies.Active);
        app.MapGet("/peer/v1/busy", () => Results.StatusCode(StatusCodes.Status429TooManyRequests)).AllowAnonymous();
    }

    private async Task Who(HttpContext context)
    {
        Interlocked.Increment(ref _accepted);
        var request = context.Features.GetRequiredFeature<PeerRequest>();
        using var reader = new StreamReader(context.Request.Body);
        var claims = context.User.Claims.Select(claim => $"{claim.Type}={claim.Value}");
        await context.Response.WriteAsync(
            $"{string.Join(' ', claims)} body={await reader.ReadToEndAsync()} key={request.IdempotencyKey} nonce={request.Nonce} bytes={request.Body.Length}");
    }

    private static async Task Broken(HttpContext context)
    {
        await context.Response.WriteAsync("half of it");
        throw new InvalidOperationException("broken");
    }

    private static IResult ETag(HttpContext context)
    {
        context.Response.Headers.ETag = "\"7\"";
        return Results.StatusCode(StatusCodes.Status204NoContent);
    }
}

/// <summary>One request to the host, signed as Globex would; each member can be set wrong, before or after signing.</summary>
internal sealed class SignedCall(SigningHost host)
{
    public string Method { get; set; } = "GET";

    public string Target { get; set; } = "/peer/v1/who/a%2Fb?x=1&y=%20";

    public string Authority { get; set; } = SigningHost.Authority;

    public string Body { get; set; } = "";

    public SigningKey Key { get; set; } = host.Peer;

    public TimeSpan ClockOff { get; set; }

    /// <summary>Before signing.</summary>
    public List<KeyValuePair<string, string>> Fields { get; } =
        [new(PeerHeaders.Version, "1"), new(PeerHeaders.Destination, SigningHost.Domain)];

    /// <summary>After signing: rewrites what is sent.</summary>
    public Action<Sent> Tamper { get; set; } = _ => { };

    public SignedCall With(string name, string value)
    {
        Fields.RemoveAll(field => field.Key == name);
        Fields.Add(new(name, value));
        return this;
    }

    public Sent Sign()
    {
        _ = RequestMessage.TrySplitTarget(Target, out var path, out var query);
        var body = Encoding.UTF8.GetBytes(Body);
        if (!Fields.Exists(field => field.Key == PeerHeaders.ContentDigest)) With(PeerHeaders.ContentDigest, ContentDigest.Of(body));
        var message = new RequestMessage
        {
            Method = Method,
            Authority = Authority,
            Path = path,
            Query = query,
            Fields = FieldSection.Empty,
            Body = body,
        };
        var clock = new FakeTimeProvider(host.Clock.GetUtcNow() + ClockOff);
        var signature = new RequestSigner(Key, clock).Sign(message with { Fields = new FieldSection(Fields) });
        var sent = new Sent { Method = Method, Target = Target, Body = Body };
        sent.Fields.AddRange(Fields);
        sent.Fields.Add(new(PeerHeaders.SignatureInput, signature.SignatureInput));
        sent.Fields.Add(new(PeerHeaders.Signature, signature.Signature));
        Tamper(sent);
        return sent;
    }
}

/// <summary>What goes on the wire.</summary>
internal sealed class Sent
{
    public required string Method { get; set; }

    public required string Target { get; set; }

    public required string Body { get; set; }

    /// <summary>The body where it is no text.</summary>
    public byte[]? Octets { get; init; }

    /// <summary>Limits by address count another loopback address as another caller.</summary>
    public IPAddress From { get; init; } = IPAddress.Loopback;

    public List<KeyValuePair<string, string>> Fields { get; } = [];

    public string this[string name]
    {
        get => Fields.Single(field => field.Key == name).Value;
        set
        {
            Fields.RemoveAll(field => field.Key == name);
            Fields.Add(new(name, value));
        }
    }

    public void Remove(string name) => Fields.RemoveAll(field => field.Key == name);
}
