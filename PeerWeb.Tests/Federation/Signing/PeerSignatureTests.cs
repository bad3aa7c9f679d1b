using System.Text;
using System.Text.Json;
using PeerWeb.Core.Federation.Signing;
using PeerWeb.Core.Federation.Wire;
using PeerWeb.PeerApi.Signing;
using Xunit;

namespace PeerWeb.Tests.Federation.Signing;

/// <summary>Requests over real Kestrel: what is signed as it must be is let in, everything else is refused by its name.</summary>
public sealed class PeerSignatureTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string> Wrongs => [.. Wrong.Select(wrong => wrong.What)];

    /// <summary>What is wrong, the slug it must be refused with, and how to make it wrong.</summary>
    private static readonly List<Spoilt> Wrong =
    [
        new("no signature", PeerProblems.SignatureMissing, call => call.Tamper = sent =>
        {
            sent.Remove(PeerHeaders.Signature);
            sent.Remove(PeerHeaders.SignatureInput);
        }),
        new("no Signature field", PeerProblems.SignatureMissing, call => call.Tamper = sent => sent.Remove(PeerHeaders.Signature)),
        new("wrong signature", PeerProblems.SignatureInvalid, call => call.Tamper = sent =>
            sent[PeerHeaders.Signature] = $"pw1=:{Convert.ToBase64String(new byte[64])}:"),
        new("short signature", PeerProblems.SignatureMalformed, call => call.Tamper = sent => sent[PeerHeaders.Signature] = "pw1=:AAEC:"),
        new("expired", PeerProblems.ClockSkew, call => call.ClockOff = TimeSpan.FromSeconds(-301)),
        new("not yet valid", PeerProblems.ClockSkew, call => call.ClockOff = TimeSpan.FromSeconds(61)),
        new("clock ten minutes ahead", PeerProblems.ClockSkew, call => call.ClockOff = TimeSpan.FromMinutes(10)),
        new("clock ten minutes behind", PeerProblems.ClockSkew, call => call.ClockOff = TimeSpan.FromMinutes(-10)),
        new("unknown key", PeerProblems.UnknownKey, call => call.Key = SigningKey.Create()),
        new("another peer's key id", PeerProblems.SignatureInvalid, call => call.Tamper = sent =>
            sent[PeerHeaders.SignatureInput] = sent[PeerHeaders.SignatureInput].Replace(call.Key.KeyId, "OTHER", StringComparison.Ordinal)),
        new("signed for another authority", PeerProblems.SignatureInvalid, call => call.Authority = "peers.initech.example"),
        new("signed for another domain", PeerProblems.WrongDestination, call => call.With(PeerHeaders.Destination, "initech.example")),
        new("destination changed", PeerProblems.SignatureInvalid, call =>
        {
            call.With(PeerHeaders.Destination, "initech.example");
            call.Tamper = sent => sent[PeerHeaders.Destination] = SigningHost.Domain;
        }),
        new("path changed", PeerProblems.SignatureInvalid, call => call.Tamper = sent => sent.Target = "/peer/v1/who/other?x=1&y=%20"),
        new("path spelled otherwise", PeerProblems.SignatureInvalid, call => call.Tamper = sent => sent.Target = "/peer/v1/%77ho/a%2Fb?x=1&y=%20"),
        new("query changed", PeerProblems.SignatureInvalid, call => call.Tamper = sent => sent.Target = "/peer/v1/who/a%2Fb?x=2&y=%20"),
        new("query spelled otherwise", PeerProblems.SignatureInvalid, call => call.Tamper = sent => sent.Target = "/peer/v1/who/a%2Fb?x=1&y=+"),
        new("absolute target", PeerProblems.SignatureInvalid, call => call.Tamper = sent =>
            sent.Target = "http://127.0.0.1/peer/v1/who/a%2Fb?x=1&y=%20"),
        new("method changed", PeerProblems.SignatureInvalid, call => call.Tamper = sent => sent.Method = "DELETE"),
        new("body changed", PeerProblems.DigestMismatch, call =>
        {
            (call.Method, call.Body) = ("PUT", "{\"a\":1}");
            call.Tamper = sent => sent.Body = "{\"a\":2}";
        }),
        new("body and digest changed", PeerProblems.SignatureInvalid, call =>
        {
            (call.Method, call.Body) = ("PUT", "{\"a\":1}");
            call.Tamper = sent =>
            {
                sent.Body = "{\"a\":2}";
                sent[PeerHeaders.ContentDigest] = ContentDigest.Of(Encoding.UTF8.GetBytes(sent.Body));
            };
        }),
        new("digest of another kind", PeerProblems.DigestMismatch, call => call.With(
            PeerHeaders.ContentDigest, "sha-512=:z4PhNX7vuL3xVChQ1m2AB9Yg5AULVxXcg/SpIdNs6c5H0NE8XYXysP+DGNKHfuwvY7kxvUdBeoGlODJ6+SfaPg==:")),
        new("two digests", PeerProblems.DigestMismatch, call => call.With(PeerHeaders.ContentDigest, $"{ContentDigest.Of([])}, md5=:AA==:")),
        new("actor changed", PeerProblems.SignatureInvalid, call =>
        {
            call.With(PeerHeaders.Actor, "\"sam\"");
            call.Tamper = sent => sent[PeerHeaders.Actor] = "\"ada\"";
        }),
        new("actor added", PeerProblems.SignatureComponents, call => call.Tamper = sent => sent[PeerHeaders.Actor] = "\"ada\""),
        new("actor removed", PeerProblems.SignatureComponents, call =>
        {
            call.With(PeerHeaders.Actor, "\"sam\"");
            call.Tamper = sent => sent.Remove(PeerHeaders.Actor);
        }),
        new("actor of another domain", PeerProblems.MalformedField, call => call.With(PeerHeaders.Actor, "\"ada@acme.example\"")),
        new("actor in capitals", PeerProblems.MalformedField, call => call.With(PeerHeaders.Actor, "\"SAM\"")),
        new("idempotency key added", PeerProblems.SignatureComponents, call => call.Tamper = sent => sent[PeerHeaders.IdempotencyKey] = "1"),
        new("if-match added", PeerProblems.SignatureComponents, call => call.Tamper = sent => sent[PeerHeaders.IfMatch] = "\"1\""),
        new("extra covered component", PeerProblems.SignatureComponents, call => call.Tamper = sent => Reword(sent, "\"@query\"", "\"@query\" \"date\"")),
        new("missing component", PeerProblems.SignatureComponents, call => call.Tamper = sent => Reword(sent, "\"@query\" ", "")),
        new("reordered components", PeerProblems.SignatureComponents, call => call.Tamper = sent =>
            Reword(sent, "\"@method\" \"@authority\"", "\"@authority\" \"@method\"")),
        new("component with a parameter", PeerProblems.SignatureComponents, call => call.Tamper = sent =>
            Reword(sent, "\"content-digest\"", "\"content-digest\";sf")),
        new("no version", PeerProblems.SignatureComponents, call => call.Tamper = sent => sent.Remove(PeerHeaders.Version)),
        new("no digest", PeerProblems.SignatureComponents, call => call.Tamper = sent => sent.Remove(PeerHeaders.ContentDigest)),
        new("another version", PeerProblems.VersionUnsupported, call => call.With(PeerHeaders.Version, "2")),
        new("two signatures", PeerProblems.SignatureMalformed, call => call.Tamper = sent =>
        {
            sent[PeerHeaders.SignatureInput] += ", sig2=();created=1";
            sent[PeerHeaders.Signature] += ", sig2=:AAEC:";
        }),
        new("two signature lines", PeerProblems.DuplicateField, call => call.Tamper = sent =>
            sent.Fields.Add(new(PeerHeaders.Signature, sent[PeerHeaders.Signature]))),
        new("two actor lines", PeerProblems.DuplicateField, call =>
        {
            call.With(PeerHeaders.Actor, "\"sam\"");
            call.Tamper = sent => sent.Fields.Add(new(PeerHeaders.Actor, "\"ada\""));
        }),
        new("wrong label", PeerProblems.SignatureMalformed, call => call.Tamper = sent =>
        {
            Reword(sent, "pw1=", "sig1=");
            sent[PeerHeaders.Signature] = sent[PeerHeaders.Signature].Replace("pw1=", "sig1=", StringComparison.Ordinal);
        }),
        new("wrong tag", PeerProblems.SignatureMalformed, call => call.Tamper = sent => Reword(sent, "\"peerweb-1\"", "\"peerweb-answer-1\"")),
        new("an algorithm named", PeerProblems.SignatureMalformed, call => call.Tamper = sent =>
            sent[PeerHeaders.SignatureInput] += ";alg=\"hmac-sha256\""),
        new("no nonce", PeerProblems.SignatureMalformed, call => call.Tamper = sent => Reword(sent, ";nonce=", ";once=")),
        new("expires moved", PeerProblems.SignatureMalformed, call => call.Tamper = sent => Reword(sent, ";expires=", ";expires=1")),
        new("spelled with another space", PeerProblems.SignatureMalformed, call => call.Tamper = sent => Reword(sent, "\" \"@path", "\"  \"@path")),
        new("content-encoding", PeerProblems.ContentEncodingRefused, call => call.Tamper = sent => sent[PeerHeaders.ContentEncoding] = "gzip"),
        new("too large", PeerProblems.BodyTooLarge, call => (call.Method, call.Body) = ("PUT", new string('x', (1024 * 1024) + 1))),
    ];

    [Theory]
    [MemberData(nameof(Wrongs))]
    public async Task A_request_that_is_wrong_is_refused_by_its_name_and_reaches_no_endpoint(string what)
    {
        await using var host = await SigningHost.StartAsync();
        using var other = SigningKey.Create();
        host.Know(other, LinkStanding.Active, Guid.NewGuid());
        var (_, slug, spoil) = Wrong.Single(wrong => wrong.What == what);
        var call = new SignedCall(host);
        spoil(call);
        var sent = call.Sign();
        if (what == "another peer's key id") Reword(sent, "OTHER", other.KeyId);

        var answer = await RawHttp.SendAsync(host.Port, sent, Cancel);

        Assert.Equal((slug, true), (Slug(answer), answer.Status >= 400));
        Assert.Equal((0, 0), (host.Accepted, host.Burned));
    }

    [Fact]
    public async Task A_request_of_a_peer_is_let_in_with_what_is_known_of_it()
    {
        await using var host = await SigningHost.StartAsync();
        var call = new SignedCall(host) { Method = "PUT", Body = "{}" }
            .With(PeerHeaders.Actor, "\"sam\"; groups=(\"sales\")")
            .With(PeerHeaders.IdempotencyKey, "k-1")
            .With(PeerHeaders.IfMatch, "\"3\"")
            .With(PeerHeaders.ContentType, "application/json");

        var answer = await RawHttp.SendAsync(host.Port, call.Sign(), Cancel);

        var text = Encoding.UTF8.GetString(answer.Body.Span);
        Assert.Equal(200, answer.Status);
        Assert.StartsWith(
            $"{PeerClaims.PeerId}={host.PeerId:D} {PeerClaims.KeyId}={host.Peer.KeyId} {PeerClaims.Standing}=Active {PeerClaims.Actor}=sam "
            + $"{PeerClaims.Group}=sales body={{}} key=k-1 nonce=", text, StringComparison.Ordinal);
        Assert.EndsWith("bytes=2", text, StringComparison.Ordinal);
        Assert.Equal(1, host.Burned);
    }

    [Theory]
    [InlineData(-300)]
    [InlineData(60)]
    public async Task The_edges_of_the_window_are_inside(int seconds)
    {
        await using var host = await SigningHost.StartAsync();
        var call = new SignedCall(host) { Method = "PUT", ClockOff = TimeSpan.FromSeconds(seconds) };
        Assert.Equal(200, (await RawHttp.SendAsync(host.Port, call.Sign(), Cancel)).Status);
    }

    [Theory]
    [InlineData("GET", "/peer/v1/who/x")]
    [InlineData("POST", "/peer/v1/query")]
    [InlineData("PUT", "/peer/v1/who/x")]
    [InlineData("DELETE", "/peer/v1/who/x")]
    public async Task The_same_request_counts_once(string method, string target)
    {
        await using var host = await SigningHost.StartAsync();
        var sent = new SignedCall(host) { Method = method, Target = target }.Sign();
        Assert.Equal(200, (await RawHttp.SendAsync(host.Port, sent, Cancel)).Status);
        var again = await RawHttp.SendAsync(host.Port, sent, Cancel);
        Assert.Equal((401, PeerProblems.Replayed), (again.Status, Slug(again)));
        Assert.Equal(1, host.Accepted);
        Assert.Equal(method is "PUT" or "DELETE" ? 1 : 0, host.Burned);
    }

    [Fact]
    public async Task A_refused_request_does_not_use_up_its_nonce()
    {
        await using var host = await SigningHost.StartAsync();
        var sent = new SignedCall(host) { Method = "PUT", Body = "ab" }.Sign();
        sent.Body = "xy";
        Assert.Equal(PeerProblems.DigestMismatch, Slug(await RawHttp.SendAsync(host.Port, sent, Cancel)));
        sent.Body = "ab";
        Assert.Equal(200, (await RawHttp.SendAsync(host.Port, sent, Cancel)).Status);
    }

    [Fact]
    public async Task A_read_signed_before_our_start_is_to_be_signed_anew_and_a_write_is_not()
    {
        await using var host = await SigningHost.StartAsync();
        var read = await RawHttp.SendAsync(host.Port, new SignedCall(host) { ClockOff = TimeSpan.FromSeconds(-1) }.Sign(), Cancel);
        Assert.Equal((401, PeerProblems.Restarted), (read.Status, Slug(read)));
        var write = new SignedCall(host) { Method = "PUT", ClockOff = TimeSpan.FromSeconds(-1) };
        Assert.Equal(200, (await RawHttp.SendAsync(host.Port, write.Sign(), Cancel)).Status);
    }

    [Fact]
    public async Task A_peer_with_no_room_for_nonces_left_is_told_to_wait()
    {
        await using var host = await SigningHost.StartAsync(nonceCapacity: 1);
        Assert.Equal(200, (await RawHttp.SendAsync(host.Port, new SignedCall(host).Sign(), Cancel)).Status);
        var full = await RawHttp.SendAsync(host.Port, new SignedCall(host).Sign(), Cancel);
        Assert.Equal((429, PeerProblems.TooManyRequests), (full.Status, Slug(full)));
    }

    [Theory]
    [InlineData(LinkStanding.Active, 200, 200, 200)]
    [InlineData(LinkStanding.LinkCallsOnly, 403, 200, 200)]
    [InlineData(LinkStanding.RevokedOnly, 403, 403, 200)]
    public async Task What_a_key_may_sign_follows_its_link(LinkStanding standing, int query, int approve, int revoke)
    {
        await using var host = await SigningHost.StartAsync();
        using var key = SigningKey.Create();
        host.Know(key, standing, Guid.NewGuid());
        Assert.Equal((query, approve, revoke), (await Post("query"), await Post("links/approve"), await Post("links/revoke")));

        async Task<int> Post(string path)
        {
            var call = new SignedCall(host) { Method = "POST", Target = "/peer/v1/" + path, Key = key };
            return (await RawHttp.SendAsync(host.Port, call.Sign(), Cancel)).Status;
        }
    }

    [Fact]
    public async Task On_first_contact_the_key_in_the_body_proves_its_possession_and_nothing_else()
    {
        await using var host = await SigningHost.StartAsync();
        using var key = SigningKey.Create();
        var call = new SignedCall(host) { Method = "POST", Target = "/peer/v1/links", Key = key, Body = LinkRequest(key) };
        var answer = await RawHttp.SendAsync(host.Port, call.Sign(), Cancel);
        Assert.Equal(200, answer.Status);
        Assert.StartsWith($"{PeerClaims.KeyId}={key.KeyId} {PeerClaims.Standing}=LinkCallsOnly body=", Encoding.UTF8.GetString(answer.Body.Span),
            StringComparison.Ordinal);

        call.Target = "/peer/v1/query";
        Assert.Equal(PeerProblems.UnknownKey, Slug(await RawHttp.SendAsync(host.Port, call.Sign(), Cancel)));
    }

    [Fact]
    public async Task On_first_contact_the_key_of_another_is_refused()
    {
        await using var host = await SigningHost.StartAsync();
        using var key = SigningKey.Create();
        using var other = SigningKey.Create();
        foreach (var body in new[] { LinkRequest(other), "{}", "[]", "no json", "{\"key\":1}", $"{{\"key\":1,{LinkRequest(key)[1..]}" })
        {
            var call = new SignedCall(host) { Method = "POST", Target = "/peer/v1/links", Key = key, Body = body };
            Assert.Equal(PeerProblems.UnknownKey, Slug(await RawHttp.SendAsync(host.Port, call.Sign(), Cancel)));
        }

        Assert.Equal(0, host.Accepted);
    }

    [Fact]
    public async Task Clock_skew_names_both_times_and_every_problem_its_request()
    {
        await using var host = await SigningHost.StartAsync();
        var answer = await RawHttp.SendAsync(host.Port, new SignedCall(host) { ClockOff = TimeSpan.FromMinutes(-10) }.Sign(), Cancel);
        using var problem = JsonDocument.Parse(answer.Body);
        Assert.Equal("application/problem+json", answer.Fields.Value(PeerHeaders.ContentType));
        Assert.Equal(host.Clock.GetUtcNow().AddMinutes(-10), problem.RootElement.GetProperty("signedAt").GetDateTimeOffset());
        Assert.Equal(host.Clock.GetUtcNow(), problem.RootElement.GetProperty("receivedAt").GetDateTimeOffset());
        Assert.NotEmpty(problem.RootElement.GetProperty("requestId").GetString()!);
        Assert.Contains("11:50:00", problem.RootElement.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Contains("12:00:00", problem.RootElement.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    private sealed record Spoilt(string What, string Slug, Action<SignedCall> Spoil);

    private static string LinkRequest(SigningKey key) => JsonSerializer.Serialize(new { domain = "globex.example", key = key.Public.Jwk });

    private static void Reword(Sent sent, string old, string by)
    {
        Assert.Contains(old, sent[PeerHeaders.SignatureInput], StringComparison.Ordinal);
        sent[PeerHeaders.SignatureInput] = sent[PeerHeaders.SignatureInput].Replace(old, by, StringComparison.Ordinal);
    }

    private static string? Slug(AnswerMessage answer)
    {
        using var problem = JsonDocument.Parse(answer.Body);
        return PeerProblems.Slug(problem.RootElement.GetProperty("type").GetString());
    }
}
