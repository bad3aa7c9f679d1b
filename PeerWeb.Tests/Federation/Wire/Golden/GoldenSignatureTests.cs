using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Time.Testing;
using PeerWeb.Core.Federation.Signing;
using PeerWeb.Core.Federation.Wire;
using Xunit;

namespace PeerWeb.Tests.Federation.Wire.Golden;

/// <summary>One request with everything that a signature covers, and the answer to it, as they were signed once: what was valid stays valid, and what is signed is the same text.</summary>
public sealed partial class GoldenSignatureTests
{
    private const string RequestFile = "signature.request.http";
    private const string RequestBaseFile = "signature.request.base.txt";
    private const string AnswerFile = "signature.answer.http";
    private const string AnswerBaseFile = "signature.answer.base.txt";
    private const string KeyFile = "signature.key.json";
    private const string Authority = "globex.example:8443";
    private const string Domain = "globex.example";
    private const string Target = "/peer/v1/collections/01931b5e-7f00-7000-8000-000000000002/entries/cmV2aWV3LTE?note=a%20b";

    private static readonly DateTimeOffset Created = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    public static IReadOnlyList<string> Files { get; } = [RequestFile, RequestBaseFile, AnswerFile, AnswerBaseFile, KeyFile];

    public GoldenSignatureTests()
    {
        if (GoldenFile.IsUpdating)
            SignOnce();
    }

    [Fact]
    public async Task The_request_of_the_file_is_valid_and_its_base_is_the_file()
    {
        var request = RequestOf(GoldenFile.Read(RequestFile));
        Assert.True(SignatureFields.TryRead(request.Fields, out var signature, out _));

        var text = SignatureBase.Build(signature.Input, request, null);
        var outcome = await new RequestVerifier(Domain, Clock()).VerifyAsync(request, (_, _) => ValueTask.FromResult<PeerKey?>(Key()), TestContext.Current.CancellationToken);

        Assert.Equal(GoldenFile.Read(RequestBaseFile), text);
        Assert.Equal(("sam", "5a1f7f0e2d6c4b3a9e8d7c6b5a493827"), Assert.IsType<RequestVerification.Verified>(outcome) is { } verified ? (verified.Actor?.User, verified.IdempotencyKey) : default);
    }

    [Fact]
    public void The_answer_of_the_file_is_valid_and_its_base_is_the_file()
    {
        var (request, answer) = (RequestOf(GoldenFile.Read(RequestFile)), AnswerOf(GoldenFile.Read(AnswerFile)));
        Assert.True(SignatureFields.TryRead(answer.Fields, out var signature, out _));

        Assert.Equal(GoldenFile.Read(AnswerBaseFile), SignatureBase.Build(signature.Input, request, answer));
        Assert.Equal(Created, Assert.IsType<AnswerVerification.Verified>(AnswerVerifier.Verify(answer, request, [Key()])).Created);
    }

    [Theory]
    [InlineData(RequestFile, RequestBaseFile)]
    [InlineData(AnswerFile, AnswerBaseFile)]
    public void The_signature_of_the_file_holds_over_the_base_of_the_file_for_any_implementation(string message, string signatureBase)
    {
        var jwk = WireSample.Parse<JsonWebKey>(GoldenFile.Read(KeyFile), PeerJson.Answers);
        using var key = ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = new ECPoint { X = Decoded(jwk.X), Y = Decoded(jwk.Y) } });
        var field = Fields(GoldenFile.Read(message)).Value(PeerHeaders.Signature) ?? "";

        Assert.StartsWith("pw1=:", field, StringComparison.Ordinal);
        Assert.True(key.VerifyData(Encoding.ASCII.GetBytes(GoldenFile.Read(signatureBase)), Convert.FromBase64String(field["pw1=:".Length..^1]), HashAlgorithmName.SHA256));
    }

    [Fact]
    public void What_is_signed_today_has_the_same_parts_in_the_same_order()
    {
        using var key = SigningKey.Create();
        var (request, answer) = (RequestOf(GoldenFile.Read(RequestFile)), AnswerOf(GoldenFile.Read(AnswerFile)));
        var signed = request.Fields;

        var ofRequest = new RequestSigner(key, Clock()).Sign(request with { Fields = Bare(request.Fields) });
        var ofAnswer = new AnswerSigner(key, Clock()).Sign(answer with { Fields = Bare(answer.Fields) }, request);

        Assert.Equal(Masked(signed.Value(PeerHeaders.SignatureInput)), Masked(ofRequest.SignatureInput));
        Assert.Equal(Masked(answer.Fields.Value(PeerHeaders.SignatureInput)), Masked(ofAnswer.SignatureInput));
    }

    private static FakeTimeProvider Clock() => new(Created);

    private static PeerKey Key() =>
        WireSample.Parse<JsonWebKey>(GoldenFile.Read(KeyFile), PeerJson.Answers).TryGetKey(out var key, out var reason) ? key : throw new InvalidOperationException(reason);

    private static byte[] Decoded(string text) => System.Buffers.Text.Base64Url.DecodeFromChars(text);

    private static FieldSection Bare(FieldSection fields) => new(Names.Where(fields.Has).Select(name => KeyValuePair.Create(name, fields.Value(name) ?? "")));

    private static string Masked(string? input) => OfTheSigner().Replace(input ?? "", "$1=\"\"");

    private static readonly string[] Names =
    [
        PeerHeaders.ContentType, PeerHeaders.ContentDigest, PeerHeaders.IdempotencyKey, PeerHeaders.IfMatch, PeerHeaders.IfNoneMatch, PeerHeaders.Version, PeerHeaders.Actor,
        PeerHeaders.Destination, PeerHeaders.ETag,
    ];

    private static FieldSection Fields(string message) =>
        new(message.Split("\n\n", 2)[0].Split('\n').Skip(1).Select(line => line.Split(": ", 2)).Select(pair => KeyValuePair.Create(pair[0], pair[1])));

    private static RequestMessage RequestOf(string message)
    {
        var line = message.Split('\n', 2)[0].Split(' ');
        Assert.True(RequestMessage.TrySplitTarget(line[1], out var path, out var query));
        return new RequestMessage
        {
            Method = line[0],
            Authority = Authority,
            Path = path,
            Query = query,
            Fields = Fields(message),
            Body = Encoding.UTF8.GetBytes(message.Split("\n\n", 2)[1]),
        };
    }

    private static AnswerMessage AnswerOf(string message) => new()
    {
        Status = int.Parse(message.Split('\n', 2)[0], null),
        Fields = Fields(message),
        Body = Encoding.UTF8.GetBytes(message.Split("\n\n", 2)[1]),
    };

    /// <summary>The key is forgotten at once: the files are signed once, not again.</summary>
    private static void SignOnce()
    {
        using var key = SigningKey.Create();
        var body = JsonSerializer.Serialize(new WireEntry(WireSamples.Work.ToString(), WireSamples.Review.Value, WireSamples.Text), PeerJson.Requests);
        var head = $"PUT {Target}\nContent-Type: application/json; charset=utf-8\nContent-Digest: {ContentDigest.Of(Encoding.UTF8.GetBytes(body))}\n"
            + "Idempotency-Key: 5a1f7f0e2d6c4b3a9e8d7c6b5a493827\nIf-Match: \"1.17\"\nIf-None-Match: *\nPeerWeb-Version: 1\nPeerWeb-Actor: \"sam\"; groups=(\"sales\" \"board\")\n"
            + $"PeerWeb-Destination: {Domain}";
        var request = RequestOf($"{head}\n\n{body}");
        var signature = new RequestSigner(key, Clock()).Sign(request);
        var signed = $"{head}\nSignature-Input: {signature.SignatureInput}\nSignature: {signature.Signature}\n\n{body}";
        request = RequestOf(signed);
        Write(RequestFile, RequestBaseFile, signed, request.Fields, request, null);

        var answerBody = WireSample.Text(new WireSaved(WireSamples.Work.ToString(), WireSamples.Review.Value));
        var answerHead = $"201\nContent-Type: application/json; charset=utf-8\nContent-Digest: {ContentDigest.Of(Encoding.UTF8.GetBytes(answerBody))}\nETag: \"1.18\"";
        var answer = AnswerOf($"{answerHead}\n\n{answerBody}");
        var ofAnswer = new AnswerSigner(key, Clock()).Sign(answer, request);
        signed = $"{answerHead}\nSignature-Input: {ofAnswer.SignatureInput}\nSignature: {ofAnswer.Signature}\n\n{answerBody}";
        answer = AnswerOf(signed);
        Write(AnswerFile, AnswerBaseFile, signed, answer.Fields, request, answer);
        GoldenFile.Equal(KeyFile, JsonSerializer.Serialize(key.Public.Jwk, PeerJson.Answers));
    }

    private static void Write(string file, string baseFile, string message, FieldSection fields, RequestMessage request, AnswerMessage? answer)
    {
        Assert.True(SignatureFields.TryRead(fields, out var signature, out _));
        GoldenFile.Equal(file, message);
        GoldenFile.Equal(baseFile, SignatureBase.Build(signature.Input, request, answer));
    }

    [GeneratedRegex("(nonce|keyid)=\"[^\"]*\"")]
    private static partial Regex OfTheSigner();
}
