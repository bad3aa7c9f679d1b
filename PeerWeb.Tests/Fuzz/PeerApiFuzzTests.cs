using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using PeerWeb.Core.Calendars;
using PeerWeb.Core.Federation.Signing;
using PeerWeb.Core.Federation.Wire;
using PeerWeb.Core.Primitives;
using PeerWeb.Core.Sharing;
using PeerWeb.Core.Storage;
using PeerWeb.Tests.Federation.Hosts;
using PeerWeb.Tests.Federation.Signing;
using PeerWeb.Tests.PeerApi.Links;
using Xunit;

namespace PeerWeb.Tests.Fuzz;

/// <summary>A linked peer that may do everything sends what is signed as it must be and says nonsense, and a stranger sends nonsense altogether: no 5xx, no exit, no hang.</summary>
public sealed class PeerApiFuzzTests : IAsyncLifetime
{
    private const int Signed = 6_000;
    private const int Raw = 3_000;

    private readonly SigningKey _globex = SigningKey.Create();
    private readonly PatientClock _clock = new();
    private InstallationHost? _acme;
    private CollectionId _calendar;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private InstallationHost Acme => _acme ?? throw new InvalidOperationException("Not started.");

    public async ValueTask InitializeAsync()
    {
        _acme = await InstallationHost.StartAsync("acme", new HostOptions(_clock), Cancel);
        var peer = await LinkedHosts.AddPeerAsync(Acme, LinkedHosts.Stranger(_globex, "globex.example"), new Uri("http://globex.example"));
        _calendar = await Acme.Services.GetRequiredService<SqlCollections>().CreateAsync(UserName.Parse("ada"), CalendarApp.AppId, "Work", null, Cancel);
        var change = new GrantChange(CalendarApp.AppId, _calendar, new Principal.RemoteUser(peer, UserName.Parse("sam")), Rights.All, Rights.None, Version: 0);
        Assert.IsType<GrantOutcome.Saved>(Assert.Single(await Acme.Services.GetRequiredService<SqlGrants>().SaveAsync(UserName.Parse("ada"), [change], Cancel)));
    }

    public async ValueTask DisposeAsync()
    {
        if (_acme is not null)
            await _acme.DisposeAsync();
        _globex.Dispose();
    }

    [Fact]
    public async Task Nonsense_that_is_signed_is_answered_and_does_no_harm()
    {
        var (mutator, statuses) = (new Mutator(3), new SortedDictionary<int, int>());
        for (var i = 0; i < Signed; i++)
        {
            if (i % 1000 == 999)
                _clock.Advance(TimeSpan.FromMinutes(1));
            var call = NextCall(mutator, i);
            var answer = await call.SendAsync(Cancel).WaitAsync(TimeSpan.FromSeconds(30), Cancel);
            Count(statuses, answer.Status);
            Assert.True(answer.Status < 500, $"Input {i}: {call.Method} {call.Target} was answered {answer.Status}.\n{call.Body}");
        }

        // Some must get through, or nothing was tried.
        Assert.True(statuses.GetValueOrDefault(200) + statuses.GetValueOrDefault(201) > Signed / 20, string.Join(' ', statuses));
        var last = await new SignedRaw(Acme, _globex, _clock, "GET", "/peer/v1/collections").SendAsync(Cancel);
        Assert.Equal(StatusCodes.Status200OK, last.Status);
    }

    [Fact]
    public async Task Nonsense_of_a_stranger_is_answered_or_hung_up_on()
    {
        string[] paths =
        [
            "/", "/account/login", "/account/logout", "/calendar", "/calendar/month/2026-11-23", "/calendar/export?collection=x&zone=UTC", "/_blazor/negotiate?negotiateVersion=1", "/_blazor?id=x", "/health/live",
            "/health/ready", "/.well-known/peerweb", "/.well-known/jwks.json", "/peer/v1/links", "/peer/v1/query", "/css/app.css", "/not-found",
        ];
        var mutator = new Mutator(4);
        for (var i = 0; i < Raw; i++)
        {
            var body = "UserName=ada&Password=x";
            var request = $"{mutator.Any(["GET", "POST", "PUT", "DELETE", "HEAD", "OPTIONS"])} {mutator.Any(paths)} HTTP/1.1\r\nHost: {Acme.Domain}\r\nConnection: close\r\n"
                + $"Accept: application/json\r\nCookie: peerweb-{Acme.Domain.Replace(':', '.')}=x\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {body.Length}\r\n\r\n{body}";
            var bytes = mutator.Spoil(Encoding.UTF8.GetBytes(request));

            var status = await RawHttp.StatusAsync(Acme.ListenPort, bytes, Cancel).WaitAsync(TimeSpan.FromSeconds(60), Cancel);

            Assert.True(status is null or < 500 or StatusCodes.Status501NotImplemented or StatusCodes.Status505HttpVersionNotsupported, $"Input {i} was answered {status}.\n{Encoding.UTF8.GetString(bytes)}");
        }
    }

    private SignedRaw NextCall(Mutator mutator, int number)
    {
        var collection = _calendar.ToString();
        var uid = "uid" + (number % 50).ToString(CultureInfo.InvariantCulture);
        var entry = $"/peer/v1/collections/{collection}/entries/{Uid.Parse(uid).ToPathSegment()}";
        var query = new WireQuery(
            "calendar", "Europe/Zurich", mutator.Any(["start", "title"]), 100, [collection], "2026-11-01T00:00:00Z", "2026-12-01T00:00:00Z", mutator.Any([null, "meeting"]), Known: new Dictionary<string, string> { [collection] = "x" });
        var call = mutator.Next(6) switch
        {
            0 => Call("POST", "/peer/v1/query", Json(query)),
            1 => Call("PUT", entry, Json(new WireEntry(collection, uid, mutator.Any(CalendarTexts.All).Replace("UID:one", $"UID:{uid}", StringComparison.Ordinal)))) with { Fields = [KeyValuePair.Create(PeerHeaders.IfNoneMatch, "*")] },
            2 => Call(mutator.Any(["PUT", "DELETE"]), entry, Json(new WireEntry(collection, uid, CalendarTexts.All[0]))) with { Fields = [KeyValuePair.Create(PeerHeaders.IfMatch, Visible(mutator.Spoil("\"1.7\"")))] },
            3 => Call("GET", mutator.Any([entry, "/peer/v1/collections?app=calendar", $"/peer/v1/collections/{collection}/changes?since=1.7.x&limit=10"]), ""),
            4 => Call("POST", "/peer/v1/messages", """{"kind":"grant-offer","sequence":1,"body":{"grant":"x","version":1,"owner":"ada","app":"calendar","rights":["read"]}}"""),
            _ => Call("POST", mutator.Any(["/peer/v1/links", "/peer/v1/links/approve", "/peer/v1/links/suspend"]), $$"""{"domain":"globex.example","key":{{JsonSerializer.Serialize(_globex.Public.Jwk)}}}"""),
        };
        // Part of the calls stay as they are, so that what is spoilt meets something.
        if (mutator.Next(10) == 0)
            return call;
        return mutator.Next(4) switch
        {
            0 => call with { Target = Visible(mutator.Spoil(call.Target)) },
            1 when call.Body.Length > 0 => call with { Body = SpoiltText(mutator, call.Body) },
            2 => call with { IdempotencyKey = Visible(mutator.Spoil("0123456789abcdef")) },
            _ => call with { Body = call.Body.Length > 0 ? mutator.Spoil(call.Body) : call.Body, Target = call.Body.Length > 0 ? call.Target : Visible(mutator.Spoil(call.Target)) },
        };
    }

    /// <summary>The spoilt part is one string inside, so that the JSON itself holds.</summary>
    private static string SpoiltText(Mutator mutator, string body)
    {
        using var document = JsonDocument.Parse(body);
        var members = document.RootElement.EnumerateObject().Where(member => member.Value.ValueKind == JsonValueKind.String).ToList();
        if (members.Count == 0)
            return mutator.Spoil(body);
        var chosen = mutator.Any(members);
        return body.Replace(chosen.Value.GetRawText(), JsonSerializer.Serialize(mutator.Spoil(chosen.Value.GetString() ?? "")), StringComparison.Ordinal);
    }

    private SignedRaw Call(string method, string target, string body) => new(Acme, _globex, _clock, method, target) { Body = body };

    private static string Json<T>(T value) => JsonSerializer.Serialize(value, PeerJson.Requests);

    /// <summary>What can be signed at all: a field's value and a target are visible ASCII.</summary>
    private static string Visible(string text)
    {
        var visible = string.Concat(text.Where(c => c is > ' ' and <= '~'));
        return visible.Length == 0 ? "/" : visible;
    }

    private static void Count(SortedDictionary<int, int> statuses, int status) => statuses[status] = statuses.GetValueOrDefault(status) + 1;
}
