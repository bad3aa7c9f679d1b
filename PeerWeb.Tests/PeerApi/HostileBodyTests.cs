using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using PeerWeb.Core.Calendars;
using PeerWeb.Core.Federation.Signing;
using PeerWeb.Core.Federation.Wire;
using PeerWeb.Core.Primitives;
using PeerWeb.Core.Storage;
using PeerWeb.Tests.Federation.Hosts;
using PeerWeb.Tests.Fuzz;
using PeerWeb.Tests.PeerApi.Links;
using Xunit;

namespace PeerWeb.Tests.PeerApi;

/// <summary>Bodies that readers of JSON stumble over or read differently, to every route that takes one, in the hand of a peer that may do everything.</summary>
public sealed class HostileBodyTests : IAsyncLifetime
{
    /// <summary>By name: what is made of a good body that no route may take.</summary>
    private static readonly Dictionary<string, Func<string, byte[]>> Wrong = new()
    {
        ["nothing"] = _ => Utf8(" "),
        ["null"] = _ => Utf8("null"),
        ["an array"] = body => Utf8($"[{body}]"),
        ["a string"] = body => Utf8(JsonSerializer.Serialize(body)),
        ["two objects"] = body => Utf8(body + body),
        ["half of it"] = body => Utf8(body[..(body.Length / 2)]),
        ["a comma too many"] = body => Utf8(body[..^1] + ",}"),
        ["a comment"] = body => Utf8("/* */" + body),
        ["single quotes"] = body => Utf8(body.Replace('"', '\'')),
        ["a byte order mark"] = body => [0xef, 0xbb, 0xbf, .. Utf8(body)],
        ["UTF-16"] = body => Encoding.Unicode.GetBytes(body),
        ["a member that nobody knows"] = body => With(body, "\"more\":1"),
        ["a member twice"] = body => With(body, FirstMember(body)),
        ["a member twice, once escaped"] = body => With(body, Escaped(FirstMember(body))),
        ["a member twice, once in capitals"] = body => With(body, FirstMember(body).ToUpperInvariant()),
        ["members in capitals"] = body => Utf8(body.Replace("\"kind\"", "\"Kind\"", StringComparison.Ordinal).Replace("\"link\"", "\"Link\"", StringComparison.Ordinal).Replace("\"app\"", "\"App\"", StringComparison.Ordinal).Replace("\"text\"", "\"Text\"", StringComparison.Ordinal)),
        ["33 levels"] = body => With(body, $"\"more\":{Nested(32)}"),
        ["100,000 levels"] = body => With(body, $"\"more\":{Nested(100_000)}"),
        ["100,000 open brackets"] = _ => Utf8(new string('[', 100_000)),
        ["100,000 members"] = body => With(body, string.Join(',', Enumerable.Range(0, 50_000).Select(i => $"\"m{i}\":{i}"))),
        ["half a character in a name"] = body => With(body, "\"\\ud800\":1"),
        ["octets that are no text in a name"] = body => [.. "{\""u8, 0xff, .. "\":1,"u8, .. Utf8(body[1..])],
        ["not a number"] = body => With(body, "\"more\":NaN"),
        ["a number of 100,000 digits"] = body => With(body, $"\"more\":{new string('9', 100_000)}"),
        ["a control character"] = body => Utf8(body.Insert(1, "\0")),
    };

    private readonly SigningKey _globex = SigningKey.Create();
    private readonly SigningKey _initech = SigningKey.Create();
    private readonly PatientClock _clock = new();
    private InstallationHost? _acme;
    private PeerCalls? _calls;
    private byte _caller;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private InstallationHost Acme => _acme ?? throw new InvalidOperationException("Not started.");

    private PeerCalls Calls => _calls ?? throw new InvalidOperationException("Not started.");

    public async ValueTask InitializeAsync()
    {
        _acme = await InstallationHost.StartAsync("acme", new HostOptions(_clock), Cancel);
        await LinkedHosts.AddPeerAsync(Acme, LinkedHosts.Stranger(_globex, "globex.example"), new Uri("http://globex.example"));
        var calendar = await Acme.Services.GetRequiredService<SqlCollections>().CreateAsync(UserName.Parse("ada"), CalendarApp.AppId, "Work", null, Cancel);
        var initech = LinkedHosts.Stranger(_initech, "initech.example");
        _calls = new PeerCalls(Acme, _clock, _globex, _initech, [(CalendarApp.AppId, calendar)])
        {
            Ends = (initech.Installation, (await Acme.Links.HomeAsync(Cancel)).Installation),
            Link = await LinkedHosts.AddPeerAsync(Acme, initech, new Uri("http://initech.example")),
        };
    }

    public async ValueTask DisposeAsync()
    {
        if (_acme is not null)
            await _acme.DisposeAsync();
        _globex.Dispose();
        _initech.Dispose();
    }

    [Fact]
    public async Task No_route_takes_a_body_that_can_be_read_in_two_ways_or_not_at_all()
    {
        var wrong = new List<string>();
        foreach (var (route, body) in Taking())
        {
            _clock.Advance(TimeSpan.FromMinutes(1));
            foreach (var (name, spoil) in Wrong)
            {
                var answer = await SendAsync(route, spoil(body));
                // On first contact what cannot be read carries no key.
                if (!(answer.Status == StatusCodes.Status400BadRequest || (route.Name == "POST /peer/v1/links" && answer.Slug == PeerProblems.UnknownKey)
                    || (route.Pattern == "/peer/v1/messages" && answer.Slug == PeerProblems.MessageKindUnknown)))
                    wrong.Add($"{route.Name}, {name}: {answer.Status} {answer.Slug}");
            }
        }
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Fact]
    public async Task Any_value_of_a_body_may_be_anything_and_is_answered()
    {
        string[] values = ["null", "[null]", "[]", "{}", "[[]]", "[{}]", "{\"\":null}", "\"\\ud800\"", "\"\\u0000\"", "\"\"", "-1", "1e400", "9223372036854775808", "true"];
        var wrong = new List<string>();
        foreach (var (route, body) in Taking())
        {
            _clock.Advance(TimeSpan.FromMinutes(1));
            foreach (var path in Places(JsonNode.Parse(body)))
            {
                foreach (var value in values)
                {
                    var spoilt = With(body, path, value);
                    if (await SendAsync(route, Utf8(spoilt)) is { Status: >= 500 } answer)
                        wrong.Add($"{route.Name} was answered {answer.Status}: {spoilt}");
                }
            }
        }
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    /// <summary>One good body of each shape.</summary>
    private IEnumerable<(PeerRoute Route, string Body)> Taking()
    {
        foreach (var route in Calls.Routes)
        {
            foreach (var body in Calls.Bodies(route, "one").DistinctBy(body => string.Join(',', Places(JsonNode.Parse(body)).Append(body.Contains("lease", StringComparison.Ordinal) ? "lease" : ""))))
                yield return (route, body);
        }
    }

    private Task<RawAnswer> SendAsync(PeerRoute route, byte[] body)
    {
        var path = route.Pattern.Replace("{collection}", CollectionId.New().ToString(), StringComparison.Ordinal).Replace("{uid}", Uid.Parse("one").ToPathSegment(), StringComparison.Ordinal);
        return new SignedRaw(Acme, route.IsOfLinks ? _initech : _globex, _clock, route.Method, path)
        {
            Octets = body,
            Actor = route.IsOfInstallation ? null : "\"sam\"",
            Fields = route.Method == "PUT" ? [KeyValuePair.Create(PeerHeaders.IfNoneMatch, "*")] : [],
            From = new System.Net.IPAddress([127, 0, 3, ++_caller]),
        }.SendAsync(Cancel).WaitAsync(TimeSpan.FromSeconds(60), Cancel);
    }

    /// <summary>The places of all values, as steps by name or number.</summary>
    private static IEnumerable<string> Places(JsonNode? node) => node switch
    {
        JsonObject members => members.SelectMany(member => Places(member.Value).Select(rest => $"{member.Key}/{rest}").Append(member.Key)),
        JsonArray items => items.SelectMany((item, at) => Places(item).Select(rest => $"{at}/{rest}").Append($"{at}")),
        _ => [],
    };

    private static string With(string body, string path, string value)
    {
        const string Here = "\"here\"";
        var root = JsonNode.Parse(body) ?? throw new FormatException(body);
        var steps = path.Split('/');
        var at = root;
        foreach (var step in steps[..^1])
            at = (at is JsonArray items ? items[int.Parse(step, null)] : at[step]) ?? throw new FormatException(path);
        if (at is JsonArray array)
            array[int.Parse(steps[^1], null)] = "here";
        else
            at[steps[^1]] = "here";
        return root.ToJsonString().Replace(Here, value, StringComparison.Ordinal);
    }

    private static byte[] With(string body, string member) => Utf8($"{body[..^1]},{member}}}");

    private static string FirstMember(string body)
    {
        using var document = JsonDocument.Parse(body);
        var first = document.RootElement.EnumerateObject().First();
        return $"\"{first.Name}\":{first.Value.GetRawText()}";
    }

    private static string Escaped(string member) => $"\"\\u{(int)member[1]:x4}{member[2..]}";

    private static string Nested(int levels) => new string('[', levels) + new string(']', levels);

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);
}
