using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using PeerWeb.Core.Federation.Signing;
using PeerWeb.Core.Federation.Wire;
using PeerWeb.Core.Peers;
using PeerWeb.Core.Primitives;
using PeerWeb.Core.Sharing;
using PeerWeb.Core.Storage;
using PeerWeb.Tests.Conformance;
using PeerWeb.Tests.Federation.Hosts;
using PeerWeb.Tests.PeerApi.Links;
using Xunit;

namespace PeerWeb.Tests.Fuzz;

/// <summary>A linked peer that may do everything calls every route, signed as it must be, and says nonsense: no 5xx, no exit, no hang.</summary>
public sealed class PeerApiFuzzTests : IAsyncLifetime
{
    private const int Inputs = 6_000;

    private readonly SigningKey _globex = SigningKey.Create();
    private readonly SigningKey _initech = SigningKey.Create();
    private readonly PatientClock _clock = new();
    private Home? _home;
    private InstallationHost? _acme;
    private PeerCalls? _calls;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private InstallationHost Acme => _acme ?? throw new InvalidOperationException("Not started.");

    private Home Initech => _home ??= LinkedHosts.Stranger(_initech, "initech.example");

    private PeerCalls Calls => _calls ?? throw new InvalidOperationException("Not started.");

    public async ValueTask InitializeAsync()
    {
        _acme = await InstallationHost.StartAsync("acme", new HostOptions(_clock), Cancel);
        var peer = await LinkedHosts.AddPeerAsync(Acme, LinkedHosts.Stranger(_globex, "globex.example"), new Uri("http://globex.example"));
        var collections = new List<(AppId, CollectionId)>();
        foreach (var app in AppSamples.All.Select(samples => samples.App))
        {
            var id = await Acme.Services.GetRequiredService<SqlCollections>().CreateAsync(UserName.Parse("ada"), app, "Work", null, Cancel);
            var change = new GrantChange(app, id, new Principal.RemoteUser(peer, UserName.Parse("sam")), Rights.All, Rights.None, Version: 0);
            Assert.IsType<GrantOutcome.Saved>(Assert.Single(await Acme.Services.GetRequiredService<SqlGrants>().SaveAsync(UserName.Parse("ada"), [change], Cancel)));
            collections.Add((app, id));
        }
        _calls = new PeerCalls(Acme, _clock, _globex, _initech, collections) { Ends = (Initech.Installation, (await Acme.Links.HomeAsync(Cancel)).Installation) };
        await LinkAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_acme is not null)
            await _acme.DisposeAsync();
        _globex.Dispose();
        _initech.Dispose();
    }

    [Fact]
    public void Every_route_that_takes_a_body_has_one_to_spoil() =>
        Assert.All(Calls.Routes, route => Assert.True(route.Method is "GET" or "DELETE" || Calls.Bodies(route, "one").Count > 0, $"{route.Name} has none."));

    [Fact]
    public async Task Nonsense_that_is_signed_is_answered_and_does_no_harm()
    {
        var (mutator, done) = (new Mutator(3), new Dictionary<string, int>());
        for (var i = 0; i < Inputs; i++)
        {
            if (i % 500 == 499)
                _clock.Advance(TimeSpan.FromMinutes(1));
            var (route, call) = Next(mutator, i);
            var answer = await call.SendAsync(Cancel).WaitAsync(TimeSpan.FromSeconds(30), Cancel);
            Assert.True(answer.Status < 500, $"Input {i}: {call.Method} {call.Target} was answered {answer.Status}.\n{call.Body}");
            done.TryAdd(route, 0);
            if (answer.Status < 300)
                done[route]++;
            if (answer.Message.Fields.Value(PeerHeaders.ETag) is { } etag)
                Calls.ETags[call.Target] = etag;
            // A link that has ended has nothing more to spoil.
            if (answer.Status == StatusCodes.Status200OK && (call.Target.EndsWith("/reject", StringComparison.Ordinal) || call.Target.EndsWith("/revoke", StringComparison.Ordinal)))
                await LinkAsync();
        }

        // Each must get through now and then, or nothing was tried.
        Assert.Equal(Calls.Routes.Select(route => route.Name).Order(StringComparer.Ordinal), done.Keys.Order(StringComparer.Ordinal));
        Assert.DoesNotContain(done, pair => pair.Value == 0);
        var last = await new SignedRaw(Acme, _globex, _clock, "GET", "/peer/v1/collections").SendAsync(Cancel);
        Assert.Equal(StatusCodes.Status200OK, last.Status);
    }

    private async Task LinkAsync() => Calls.Link = await LinkedHosts.AddPeerAsync(Acme, Initech, new Uri("http://initech.example"));

    private (string Route, SignedRaw Call) Next(Mutator mutator, int number)
    {
        var call = Calls.Next(mutator, number);
        var route = Calls.Routes.First(one => one.Method == call.Method && Fits(one.Pattern, call.Target)).Name;
        // Part of the calls stay as they are, so that what is spoilt meets something.
        return (route, mutator.Next(10) == 0 ? call : Spoilt(mutator, call));
    }

    private static SignedRaw Spoilt(Mutator mutator, SignedRaw call) => mutator.Next(5) switch
    {
        0 => call with { Target = "/" + PeerCalls.Visible(mutator.Spoil(call.Target)).TrimStart('/') },
        1 when call.Body.Length > 0 => call with { Body = SpoiltText(mutator, call.Body) },
        2 => call with { IdempotencyKey = PeerCalls.Visible(mutator.Spoil("0123456789abcdef")) },
        3 when call.Actor is { } actor && mutator.Next(2) == 0 => call with { Actor = PeerCalls.Visible(mutator.Spoil(actor)) },
        _ when call.Body.Length > 0 => call with { Body = mutator.Spoil(call.Body) },
        _ => call with { Target = "/" + PeerCalls.Visible(mutator.Spoil(call.Target)).TrimStart('/') },
    };

    private static bool Fits(string pattern, string target)
    {
        var (parts, path) = (pattern.Split('/'), target.Split('?')[0].Split('/'));
        return parts.Length == path.Length && parts.Zip(path).All(pair => pair.First.StartsWith('{') || pair.First == pair.Second);
    }

    /// <summary>The spoilt part is one value inside, so that the JSON itself holds.</summary>
    private static string SpoiltText(Mutator mutator, string body)
    {
        using var document = JsonDocument.Parse(body);
        var values = Values(document.RootElement).ToList();
        var chosen = mutator.Any(values);
        var spoilt = chosen.ValueKind == JsonValueKind.String && mutator.Next(2) == 0
            ? JsonSerializer.Serialize(mutator.Spoil(chosen.GetString() ?? ""))
            : mutator.Any(["null", "[null]", "{}", "[]", "\"\\ud800\"", "-1", "1e999", "true", "\"\"", "[[[]]]", $"\"{new string('x', 5000)}\""]);
        return body.Replace(chosen.GetRawText(), spoilt, StringComparison.Ordinal);
    }

    private static IEnumerable<JsonElement> Values(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(member => Values(member.Value)).Append(element),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Values).Append(element),
        _ => [element],
    };
}
