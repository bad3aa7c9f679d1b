using System.Diagnostics;
using System.Security.Cryptography;
using PeerWeb.Core.Federation.Signing;
using PeerWeb.Core.Federation.Wire;

namespace PeerWeb.Bench.Wire;

/// <summary>What signatures cost both sides of one exchange, without the network: sign and check the question, sign and check the answer, digests included.</summary>
internal sealed class SignedExchange(int answerBytes)
{
    private readonly SigningKey _asking = SigningKey.Create();
    private readonly SigningKey _answering = SigningKey.Create();
    private readonly byte[] _question = new byte[300];
    private readonly byte[] _answer = new byte[answerBytes];

    /// <summary>Core time of one exchange on one thread.</summary>
    public async Task<TimeSpan> MeasureAsync(int exchanges, CancellationToken cancellationToken)
    {
        await ExchangeAsync(exchanges, cancellationToken);
        var used = Environment.CpuUsage.TotalTime;
        await ExchangeAsync(exchanges, cancellationToken);
        return (Environment.CpuUsage.TotalTime - used) / exchanges;
    }

    /// <summary>The same signatures, checks and digests by the base library alone.</summary>
    public TimeSpan MeasureBare(int exchanges)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        Span<byte> text = new byte[500];
        var used = TimeSpan.Zero;
        for (var i = -exchanges; i < exchanges; i++)
        {
            if (i == 0)
                used = Environment.CpuUsage.TotalTime;
            foreach (var body in new[] { _question, _answer })
            {
                SHA256.HashData(body);
                if (!key.VerifyData(text, key.SignData(text, HashAlgorithmName.SHA256), HashAlgorithmName.SHA256))
                    throw new UnreachableException("It was signed.");
                SHA256.HashData(body);
            }
        }
        return (Environment.CpuUsage.TotalTime - used) / exchanges;
    }

    private async Task ExchangeAsync(int times, CancellationToken cancellationToken)
    {
        var (signer, answers) = (new RequestSigner(_asking, TimeProvider.System), new AnswerSigner(_answering, TimeProvider.System));
        var verifier = new RequestVerifier("acme.example", TimeProvider.System);
        for (var i = 0; i < times; i++)
        {
            var asked = RequestFields();
            var request = Request(asked);
            var signed = request with { Fields = With(asked, signer.Sign(request)) };
            if (await verifier.VerifyAsync(signed, (_, _) => ValueTask.FromResult<PeerKey?>(_asking.Public), cancellationToken) is not RequestVerification.Verified)
                throw new UnreachableException("The question was signed.");
            var said = AnswerFields();
            var answer = new AnswerMessage { Status = 200, Fields = new FieldSection(said), Body = _answer };
            var answered = answer with { Fields = With(said, answers.Sign(answer, signed)) };
            if (AnswerVerifier.Verify(answered, signed, [_answering.Public]) is not AnswerVerification.Verified)
                throw new UnreachableException("The answer was signed.");
        }
    }

    private RequestMessage Request(IReadOnlyList<KeyValuePair<string, string>> fields) => new()
    {
        Method = "POST",
        Authority = "acme.example",
        Path = "/peer/v1/query",
        Fields = new FieldSection(fields),
        Body = _question,
    };

    // Each digest is taken once on either side, as the peer API does.
    private IReadOnlyList<KeyValuePair<string, string>> RequestFields() =>
    [
        new("Content-Type", "application/json"), new(PeerHeaders.ContentDigest, ContentDigest.Of(_question)), new(PeerHeaders.Version, PeerHeaders.CurrentVersion),
        new(PeerHeaders.Destination, "acme.example"), new(PeerHeaders.Actor, ActorField.Create("sam").ToString()),
    ];

    private IReadOnlyList<KeyValuePair<string, string>> AnswerFields() =>
        [new("Content-Type", "application/json"), new(PeerHeaders.ContentDigest, ContentDigest.Of(_answer))];

    private static FieldSection With(IReadOnlyList<KeyValuePair<string, string>> fields, SignatureHeaders signature) =>
        new([.. fields, new(PeerHeaders.SignatureInput, signature.SignatureInput), new(PeerHeaders.Signature, signature.Signature)]);
}
