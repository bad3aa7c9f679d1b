using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using PeerWeb.Core.Federation.Wire;
using PeerWeb.Identity;
using PeerWeb.Tests.Federation.Hosts;
using PeerWeb.Tests.Shell;
using Xunit;

namespace PeerWeb.Tests.Federation.Malicious;

/// <summary>A peer that sends all at once, too much, or what only looks like a request to somebody else. Its clock stands still, so that what it may is what it may in one minute.</summary>
public sealed class MaliciousFloodTests : IAsyncLifetime
{
    private const int Budget = 20;

    private MaliciousWorld? _world;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private MaliciousWorld World => _world ?? throw new InvalidOperationException("Not started.");

    public async ValueTask InitializeAsync() =>
        _world = await MaliciousWorld.StartAsync(new Dictionary<string, string?> { ["PeerWeb:PeerRequestsPerMinute"] = $"{Budget}", ["PeerWeb:PeerMegabytesPerMinute"] = "4" });

    public async ValueTask DisposeAsync()
    {
        if (_world is not null)
            await _world.DisposeAsync();
    }

    [Fact]
    public async Task A_flood_is_turned_away_at_its_budget_and_neither_another_peer_nor_local_users_notice()
    {
        Assert.IsType<AccountOutcome.Done>(await World.Acme.Services.GetRequiredService<UserAccounts>().CreateAsync(new("ada", null, TestInstallation.Password, false), Cancel));
        using var handler = new SocketsHttpHandler { AllowAutoRedirect = false };
        using var browser = new HttpClient(handler) { BaseAddress = new Uri($"http://127.0.0.1:{World.Acme.ListenPort}"), DefaultRequestHeaders = { Host = World.Acme.Domain } };
        using (var signedIn = await TestInstallation.SignInAsync(browser, "ada"))
            Assert.Equal(HttpStatusCode.Found, signedIn.StatusCode);
        var before = await World.RowsAsync(World.GlobexRow);

        var flood = Enumerable.Range(0, 200).Select(number => Next(number).SendAsync(Cancel)).ToList();
        var others = new List<RawAnswer>();
        for (var i = 0; i < Budget - 5; i++)
        {
            others.Add(await (World.Call("GET", MaliciousWorld.PathOf(World.Closed[1])) with { Key = World.Initech }).SendAsync(Cancel));
            Assert.Equal([MaliciousWorld.Secret], await World.LocallyAsync("bob", World.Closed[1]));
            using var page = await browser.GetAsync(new Uri("/calendar", UriKind.Relative), Cancel);
            Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        }
        var answers = await Task.WhenAll(flood).WaitAsync(TimeSpan.FromMinutes(2), Cancel);

        Assert.All(others, answer => Assert.Equal(StatusCodes.Status200OK, answer.Status));
        var refused = answers.Where(answer => answer.Status == StatusCodes.Status429TooManyRequests).ToList();
        Assert.Equal(answers.Length - Budget, refused.Count);
        Assert.All(refused, answer => Assert.Equal((PeerProblems.TooManyRequests, true), (answer.Slug, answer.Message.Fields.Has("Retry-After"))));
        Assert.Equal(before, await World.RowsAsync(World.GlobexRow));
        World.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(StatusCodes.Status200OK, (await World.Call("GET", "/peer/v1/collections").SendAsync(Cancel)).Status);
    }

    [Fact]
    public async Task What_another_host_or_a_proxy_would_make_of_its_fields_makes_no_difference()
    {
        (string Name, string Value)[] fields =
        [
            ("X-HTTP-Method-Override", "DELETE"), ("X-HTTP-Method", "DELETE"), ("X-Method-Override", "PUT"), ("X-Original-URL", "/admin/users"), ("X-Rewrite-URL", "/admin/users"),
            ("X-Forwarded-Host", "initech.example"), ("X-Forwarded-For", "127.0.0.1"), ("X-Forwarded-Proto", "https"), ("X-Forwarded-Prefix", "/admin"), ("Forwarded", "for=127.0.0.1;host=initech.example"),
            ("X-Real-IP", "127.0.0.1"), ("Origin", "http://acme.localhost"), ("Authorization", "Basic YWRhOmFkYQ=="), ("Cookie", "peerweb-acme=x"), ("Range", "bytes=0-1"),
            ("Accept-Encoding", "gzip, br"), ("Expect", "100-continue"), ("Upgrade", "h2c"), ("If-Modified-Since", "Mon, 23 Nov 2026 00:00:00 GMT"), ("X-Long", new string('x', 8_000)),
        ];
        var plain = await ListAsync([]);
        Assert.Equal(StatusCodes.Status200OK, plain.Status);
        foreach (var (name, value) in fields)
        {
            World.Clock.Advance(TimeSpan.FromSeconds(10));
            var answer = await ListAsync([(name, value)]);
            Assert.Equal((name, plain.Status), (name, answer.Status));
            Assert.Equal(plain.Message.Body.ToArray(), answer.Message.Body.ToArray());
        }
    }

    [Fact]
    public async Task Heads_that_are_too_large_or_for_somebody_else_are_refused_and_change_nothing()
    {
        var before = await World.RowsAsync(World.GlobexRow);
        var statuses = new Dictionary<string, int>
        {
            ["one field of 40 KB"] = (await ListAsync([("X-Long", new string('x', 40_000))])).Status,
            ["300 fields"] = (await ListAsync([.. Enumerable.Range(0, 300).Select(i => ($"X-{i}", "x"))])).Status,
            ["a target of 20 KB"] = (await World.Call("GET", "/peer/v1/collections?app=" + new string('x', 20_000)).SendAsync(Cancel)).Status,
            ["another destination"] = (await (World.Call("GET", "/peer/v1/collections") with { Destination = "initech.example" }).SendAsync(Cancel)).Status,
            ["a destination in capitals"] = (await (World.Call("GET", "/peer/v1/collections") with { Destination = World.Acme.Domain.ToUpperInvariant() }).SendAsync(Cancel)).Status,
            ["a destination with a dot"] = (await (World.Call("GET", "/peer/v1/collections") with { Destination = World.Acme.Domain.Replace(":", ".:", StringComparison.Ordinal) }).SendAsync(Cancel)).Status,
            ["another authority"] = (await (World.Call("GET", "/peer/v1/collections") with { Authority = "initech.example" }).SendAsync(Cancel)).Status,
            ["a body of 2 MiB"] = (await World.Call("POST", "/peer/v1/messages", new string(' ', 2 * 1024 * 1024), actor: null).SendAsync(Cancel)).Status,
        };

        Assert.Equal(
            new Dictionary<string, int>
            {
                ["one field of 40 KB"] = StatusCodes.Status431RequestHeaderFieldsTooLarge,
                ["300 fields"] = StatusCodes.Status431RequestHeaderFieldsTooLarge,
                ["a target of 20 KB"] = StatusCodes.Status414UriTooLong,
                ["another destination"] = StatusCodes.Status421MisdirectedRequest,
                ["a destination in capitals"] = StatusCodes.Status421MisdirectedRequest,
                ["a destination with a dot"] = StatusCodes.Status421MisdirectedRequest,
                ["another authority"] = StatusCodes.Status401Unauthorized,
                ["a body of 2 MiB"] = StatusCodes.Status413PayloadTooLarge,
            },
            statuses);
        Assert.Equal(before, await World.RowsAsync(World.GlobexRow));
        Assert.Equal(StatusCodes.Status200OK, (await World.Call("GET", "/peer/v1/collections").SendAsync(Cancel)).Status);
    }

    /// <summary>Reads of what it may and may not, writes that it may not, and messages to nobody.</summary>
    private SignedRaw Next(int number) => (number % 4) switch
    {
        0 => World.Call("GET", "/peer/v1/collections"),
        1 => World.Call("POST", "/peer/v1/query", """{"app":"calendar","zone":"Europe/Zurich","sort":"start","limit":3000,"from":"1901-01-01T00:00:00Z","to":"2199-01-01T00:00:00Z"}"""),
        2 => Put($"flood-{number}"),
        _ => World.Call("POST", "/peer/v1/messages", $$"""{"kind":"nudge","collections":["{{World.Shared}}"]}""", actor: null),
    };

    private SignedRaw Put(string uid)
    {
        var body = JsonSerializer.Serialize(new WireEntry(World.Closed[0].ToString(), uid, MaliciousWorld.Text(uid, "Flood")), PeerJson.Requests);
        return World.Call("PUT", MaliciousWorld.PathOf(World.Closed[0], uid), body) with { Fields = [KeyValuePair.Create(PeerHeaders.IfNoneMatch, "*")] };
    }

    private Task<RawAnswer> ListAsync(IReadOnlyList<(string Name, string Value)> fields)
    {
        var sent = World.Call("GET", "/peer/v1/collections").Sign();
        sent.Fields.AddRange(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));
        return SignedRaw.SendAsync(World.Acme, sent, Cancel);
    }
}
