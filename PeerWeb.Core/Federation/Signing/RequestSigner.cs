using System.Buffers.Text;
using System.Security.Cryptography;
using PeerWeb.Core.Federation.Signing.StructuredFields;

namespace PeerWeb.Core.Federation.Signing;

/// <summary>The two lines that sign a message.</summary>
public sealed record SignatureHeaders(string SignatureInput, string Signature);

/// <summary>Signs requests with our key.</summary>
public sealed class RequestSigner(SigningKey key, TimeProvider clock)
{
    private const int NonceBytes = 18;

    /// <summary>Signs with a fresh nonce; the digest must be among the fields. Every attempt is signed anew, only its Idempotency-Key stays.</summary>
    /// <exception cref="ArgumentException">A field that every request carries is absent.</exception>
    public SignatureHeaders Sign(RequestMessage request)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (SignatureProfile.RequiredRequestFields.FirstOrDefault(name => !request.Fields.Has(name)) is { } absent)
            throw new ArgumentException($"{absent} is absent", nameof(request));

        var created = clock.GetUtcNow().ToUnixTimeSeconds();
        var input = new InnerList(SignatureProfile.RequestComponents(request.Fields),
        [
            new("created", new SfInteger(created)),
            new("expires", new SfInteger(created + (long)SignatureProfile.Lifetime.TotalSeconds)),
            new("nonce", new SfString(Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(NonceBytes)))),
            new("keyid", new SfString(key.KeyId)),
            new("tag", new SfString(SignatureProfile.RequestTag)),
        ]);
        var signature = key.Sign(SignatureFields.Bytes(SignatureBase.Build(input, request, null)));
        var fields = new SignatureFields(input, signature);
        return new SignatureHeaders(fields.InputText, fields.SignatureText);
    }
}
