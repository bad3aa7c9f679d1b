using System.Text;
using System.Text.Json;
using PeerWeb.Core.Federation.Signing;
using PeerWeb.Core.Federation.Wire;
using Xunit;

namespace PeerWeb.Tests.Federation.Signing;

/// <summary>Answers over real Kestrel: every one is signed, and holds for one request only.</summary>
public sealed class AnswerSigningTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/peer/v1/who/x", 200, null)]
    [InlineData("/peer/v1/etag", 204, null)]
    [InlineData("/peer/v1/nowhere", 404, null)]
    [InlineData("/peer/v1/busy", 429, null)]
    [InlineData("/peer/v1/large", 500, PeerProblems.AnswerTooLarge)]
    [InlineData("/peer/v1/broken", 500, PeerProblems.InternalError)]
    public async Task Every_answer_is_signed_whatever_its_status(string target, int status, string? slug)
    {
        await using var host = await SigningHost.StartAsync();
        var sent = new SignedCall(host) { Target = target }.Sign();
        var answer = await RawHttp.SendAsync(host.Port, sent, Cancel);

        Assert.Equal(status, answer.Status);
        var verified = Assert.IsType<AnswerVerification.Verified>(Verify(answer, sent, host.Own.Public));
        Assert.Equal((host.Own.KeyId, host.Clock.GetUtcNow()), (verified.KeyId, verified.Created));
        if (slug is not null) Assert.Equal(slug, Slug(answer));
    }

    [Fact]
    public async Task A_refusal_is_signed_too_and_says_why()
    {
        await using var host = await SigningHost.StartAsync();
        var sent = new SignedCall(host) { ClockOff = TimeSpan.FromMinutes(10) }.Sign();
        var answer = await RawHttp.SendAsync(host.Port, sent, Cancel);
        Assert.IsType<AnswerVerification.Verified>(Verify(answer, sent, host.Own.Public));
        Assert.Equal((401, PeerProblems.ClockSkew), (answer.Status, Slug(answer)));
    }

    [Fact]
    public async Task A_request_without_a_signature_has_an_answer_without_one()
    {
        await using var host = await SigningHost.StartAsync();
        var sent = new SignedCall(host).Sign();
        sent.Remove(PeerHeaders.Signature);
        var answer = await RawHttp.SendAsync(host.Port, sent, Cancel);
        Assert.Equal(401, answer.Status);
        Assert.False(answer.Fields.Has(PeerHeaders.Signature));
    }

    [Fact]
    public async Task An_answer_that_was_touched_does_not_count()
    {
        await using var host = await SigningHost.StartAsync();
        var sent = new SignedCall(host) { Target = "/peer/v1/etag" }.Sign();
        var answer = await RawHttp.SendAsync(host.Port, sent, Cancel);
        var key = host.Own.Public;

        Assert.Equal(AnswerFault.Invalid, Fault(answer with { Status = 404 }, sent, key));
        Assert.Equal(AnswerFault.Invalid, Fault(Change(answer, PeerHeaders.ETag, "\"8\""), sent, key));
        Assert.Equal(AnswerFault.Malformed, Fault(Change(answer, PeerHeaders.ETag, null), sent, key));
        Assert.Equal(AnswerFault.Malformed, Fault(Change(answer, PeerHeaders.ContentType, "text/plain"), sent, key));
        Assert.Equal(AnswerFault.Malformed, Fault(Change(answer, PeerHeaders.ContentDigest, null), sent, key));
        Assert.Equal(AnswerFault.DigestMismatch, Fault(answer with { Body = "x"u8.ToArray() }, sent, key));
        Assert.Equal(AnswerFault.NoSignature, Fault(Change(answer, PeerHeaders.Signature, null), sent, key));
        Assert.Equal(AnswerFault.OtherKey, Fault(answer, sent, host.Peer.Public));
        Assert.Equal(AnswerFault.Malformed, Fault(
            Change(answer, PeerHeaders.SignatureInput, sent[PeerHeaders.SignatureInput]), sent, key));
    }

    [Fact]
    public async Task An_answer_holds_for_the_request_that_it_was_given_to()
    {
        await using var host = await SigningHost.StartAsync();
        var first = new SignedCall(host).Sign();
        var second = new SignedCall(host).Sign();
        var answer = await RawHttp.SendAsync(host.Port, first, Cancel);
        Assert.IsType<AnswerVerification.Verified>(Verify(answer, first, host.Own.Public));
        Assert.Equal(AnswerFault.Invalid, Fault(answer, second, host.Own.Public));
    }

    private static AnswerFault Fault(AnswerMessage answer, Sent sent, PeerKey key) =>
        Assert.IsType<AnswerVerification.Refused>(Verify(answer, sent, key)).Fault;

    private static AnswerVerification Verify(AnswerMessage answer, Sent sent, PeerKey key)
    {
        _ = RequestMessage.TrySplitTarget(sent.Target, out var path, out var query);
        var request = new RequestMessage
        {
            Method = sent.Method,
            Authority = SigningHost.Authority,
            Path = path,
            Query = query,
            Fields = new FieldSection(sent.Fields),
            Body = Encoding.UTF8.GetBytes(sent.Body),
        };
        return AnswerVerifier.Verify(answer, request, [key]);
    }

    private static AnswerMessage Change(AnswerMessage answer, string name, string? value)
    {
        string[] names = [PeerHeaders.ContentDigest, PeerHeaders.ETag, PeerHeaders.SignatureInput, PeerHeaders.Signature];
        var fields = names.Where(kept => kept != name && answer.Fields.Has(kept))
            .Select(kept => KeyValuePair.Create(kept, answer.Fields.Value(kept) ?? "")).ToList();
        if (value is not null) fields.Add(new(name, value));
        return answer with { Fields = new FieldSection(fields) };
    }

    private static string? Slug(AnswerMessage answer)
    {
        using var problem = JsonDocument.Parse(answer.Body);
        return PeerProblems.Slug(problem.RootElement.GetProperty("type").GetString());
    }
}
