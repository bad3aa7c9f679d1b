using PeerWeb.Core.Federation.Signing.StructuredFields;
using PeerWeb.Core.Federation.Wire;

namespace PeerWeb.Core.Federation.Signing;

/// <summary>Signs answers with our key, each bound to the signature of the request it answers.</summary>
public sealed class AnswerSigner(SigningKey key, TimeProvider clock)
{
    /// <summary>True where the request carries a signature that an answer can be bound to, be it valid or not.</summary>
    public static bool CanAnswer(RequestMessage request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return SignatureFields.TryRead(request.Fields, out _, out _);
    }

    /// <summary>Signs <paramref name="answer"/>, whose Content-Digest must be among its fields.</summary>
    /// <exception cref="ArgumentException">The answer has no Content-Digest.</exception>
    /// <exception cref="FormatException">A component is not plain ASCII, or the request cannot be answered.</exception>
    public SignatureHeaders Sign(AnswerMessage answer, RequestMessage request)
    {
        ArgumentNullException.ThrowIfNull(answer);
        if (!answer.Fields.Has(PeerHeaders.ContentDigest)) throw new ArgumentException("Content-Digest is absent", nameof(answer));
        var input = new InnerList(SignatureProfile.AnswerComponents(answer.Fields),
        [
            new("created", new SfInteger(clock.GetUtcNow().ToUnixTimeSeconds())),
            new("keyid", new SfString(key.KeyId)),
            new("tag", new SfString(SignatureProfile.AnswerTag)),
        ]);
        var fields = new SignatureFields(input, key.Sign(SignatureFields.Bytes(SignatureBase.Build(input, request, answer))));
        return new SignatureHeaders(fields.InputText, fields.SignatureText);
    }
}
