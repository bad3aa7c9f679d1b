using System.Text;
using System.Text.RegularExpressions;
using PeerWeb.Core.Calendars;
using PeerWeb.Core.Federation.Wire;
using PeerWeb.Core.Primitives;
using PeerWeb.Tests.Conformance;
using PeerWeb.Tests.Federation.Hosts;
using PeerWeb.Tests.Federation.Signing;
using Xunit;

namespace PeerWeb.Tests.PeerApi;

/// <summary>To a peer, what is not there and what is not its user's are one answer, to the byte: status, fields and body, but for the request's id and the signature.</summary>
public sealed partial class UniformAnswersTests(LinkedHosts hosts) : IClassFixture<LinkedHosts>
{
    private const string Missing = "uid-1";
    private const string Present = "uid-2";
    private const string Private = "uid-3";

    private static readonly HashSet<string> OfTheMoment = new(StringComparer.OrdinalIgnoreCase) { "Date", "Signature", "Signature-Input", "Content-Digest" };

    /// <summary>All calls that name a collection or an entry, with conditions that could tell them apart.</summary>
    private static readonly Call[] Calls =
    [
        new("GET", "/entries/{uid}"),
        new("PUT", "/entries/{uid}") { Condition = new("If-None-Match", "*"), HasEntry = true },
        new("PUT", "/entries/{uid}") { Condition = new("If-Match", "\"1.1\""), HasEntry = true },
        new("PUT", "/entries/{uid}") { Condition = new("If-Match", "\"1.1\""), HasEntry = true, IsBroken = true },
        new("DELETE", "/entries/{uid}") { Condition = new("If-Match", "\"1.1\"") },
        new("GET", "/changes"),
        new("GET", "/changes?since=nonsense"),
        new("GET", "/changes?limit=0"),
        new("POST", "/peer/v1/query"),
    ];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_collection_that_is_not_there_is_one_that_is_not_shared()
    {
        var pair = await hosts.LinkAsync();
        var others = await pair.Acme.CalendarAsync("Not yours", Rights.None);
        await PutAsync(pair, others, Present);
        foreach (var call in Calls)
        {
            var none = await AskAsync(pair, call, CollectionId.New(), Missing);
            Assert.Equal(none, await AskAsync(pair, call, others, Present));
            Assert.Equal(none, await AskAsync(pair, call, others, Missing));
            Assert.True(call.Path.Contains('?', StringComparison.Ordinal) || none.Contains(call.Method == "POST" ? "\"gone\"" : PeerProblems.NotFound, StringComparison.Ordinal), $"{call}: {none}");
        }
    }

    [Fact]
    public async Task An_entry_that_is_not_there_is_one_that_is_private()
    {
        var pair = await hosts.LinkAsync();
        var calendar = await pair.Acme.CalendarAsync("Shared", Rights.Read | Rights.Edit | Rights.Delete);
        var etag = await PutAsync(pair, calendar, Private, "CLASS:PRIVATE");
        foreach (var call in Calls.Where(call => call.Path.Contains("{uid}", StringComparison.Ordinal)))
            Assert.Equal(await AskAsync(pair, call, calendar, Missing), await AskAsync(pair, call, calendar, Private));
        var shown = await AskAsync(pair, new Call("POST", "/peer/v1/query"), calendar, Private);
        Assert.DoesNotContain("UID", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("Theirs", shown, StringComparison.Ordinal);

        // Of what a private event says, and of one that takes no time, nothing is there.
        await pair.Acme.PutAsync(calendar, Private, Ics.Event(Private, "Something else", ":20261110T090000Z", ":20261110T100000Z", "CLASS:CONFIDENTIAL", "LOCATION:Elsewhere"), etag);
        await pair.Acme.PutAsync(calendar, Present, Ics.Event(Present, "Another", ":20261111T090000Z", ":20261111T100000Z", "CLASS:PRIVATE", "TRANSP:TRANSPARENT"));
        Assert.Equal(TokenPattern.Replace(shown, ""), TokenPattern.Replace(await AskAsync(pair, new Call("POST", "/peer/v1/query"), calendar, Private), ""));
    }

    [Fact]
    public async Task With_add_alone_what_is_there_is_not_there()
    {
        var pair = await hosts.LinkAsync();
        var calendar = await pair.Acme.CalendarAsync("Letterbox", Rights.Add);
        await PutAsync(pair, calendar, Present);
        foreach (var call in Calls.Where(call => call.Path.Contains("{uid}", StringComparison.Ordinal) && call.Condition?.Key != "If-None-Match"))
            Assert.Equal(await AskAsync(pair, call, calendar, Missing), await AskAsync(pair, call, calendar, Present));
    }

    /// <summary>Of two answers that are the same this says the same, whatever was asked for.</summary>
    private async Task<string> AskAsync(LinkedPair pair, Call call, CollectionId collection, string uid)
    {
        var id = Uid.Parse(uid);
        var target = call.Method == "POST" ? call.Path : $"/peer/v1/collections/{collection}{call.Path.Replace("{uid}", id.ToPathSegment(), StringComparison.Ordinal)}";
        var raw = new SignedRaw(hosts.Acme, LinkedHosts.KeyOf(hosts.Globex), hosts.GlobexClock, call.Method, target)
        {
            Actor = $"\"{pair.Reader}\"",
            Fields = call.Condition is { } condition ? [condition] : [],
            Body = call.Method switch
            {
                "POST" => $$"""{"app":"{{CalendarApp.AppId}}","zone":"Europe/Zurich","sort":"start","limit":10,"collections":["{{collection}}"],"from":"2026-11-01T00:00:00Z","to":"2026-12-01T00:00:00Z"}""",
                "PUT" => Encoding.UTF8.GetString(System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(
                    new WireEntry(collection.ToString(), uid, call.IsBroken ? "BEGIN:VCALENDAR" : Ics.Event(uid, "Mine", ":20261110T090000Z", ":20261110T100000Z")), PeerJson.Requests)),
                _ => "",
            },
        };
        var answer = await RawHttp.TextAsync(hosts.Acme.ListenPort, raw.Sign(), Cancel);
        var head = answer[..answer.IndexOf("\r\n\r\n", StringComparison.Ordinal)].Split("\r\n");
        var fields = head.Skip(1).Where(line => !OfTheMoment.Contains(line.Split(':')[0])).Order(StringComparer.Ordinal);
        return RequestPattern.Replace($"{call}: {head[0]}\n{string.Join('\n', fields)}\n{answer[(answer.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..]}", "REQUEST")
            .Replace(collection.ToString(), "COLLECTION", StringComparison.Ordinal).Replace(uid, "UID", StringComparison.Ordinal);
    }

    private static Task<ETag> PutAsync(LinkedPair pair, CollectionId calendar, string uid, params string[] more) =>
        pair.Acme.PutAsync(calendar, uid, Ics.Event(uid, "Theirs", ":20261110T090000Z", ":20261110T100000Z", more));

    [GeneratedRegex("\"requestId\":\"[^\"]+\"")]
    private static partial Regex RequestPattern { get; }

    [GeneratedRegex("\"(token|syncToken|grantVersion|version)\":\"[^\"]+\"|content-length: \\d+", RegexOptions.IgnoreCase)]
    private static partial Regex TokenPattern { get; }

    private sealed record Call(string Method, string Path)
    {
        public KeyValuePair<string, string>? Condition { get; init; }

        public bool HasEntry { get; init; }

        public bool IsBroken { get; init; }

        public override string ToString() => $"{Method} {Path} {Condition}";
    }
}
