using System.Security.Cryptography;

namespace PeerWeb.Core.Federation.Signing;

/// <summary>Our own private P-256 key; protecting its bytes at rest is the caller's.</summary>
public sealed class SigningKey : IDisposable
{
    private readonly Lock _gate = new();
    private readonly ECDsa _key;

    private SigningKey(ECDsa key)
    {
        _key = key;
        Public = PeerKey.FromPoint(key.ExportParameters(false).Q);
    }

    /// <summary>The public half, as peers hold it.</summary>
    public PeerKey Public { get; }

    /// <summary>RFC 7638 thumbprint, base64url, 43 characters.</summary>
    public string KeyId => Public.KeyId;

    public static SigningKey Create() => new(ECDsa.Create(ECCurve.NamedCurves.nistP256));

    /// <exception cref="CryptographicException">No PKCS#8 private key on P-256.</exception>
    public static SigningKey FromPkcs8(ReadOnlySpan<byte> pkcs8)
    {
        var key = ECDsa.Create();
        try
        {
            key.ImportPkcs8PrivateKey(pkcs8, out _);
            return key.ExportParameters(false).Curve.Oid.Value == ECCurve.NamedCurves.nistP256.Oid.Value
                ? new SigningKey(key)
                : throw new CryptographicException("The key is not on P-256.");
        }
        catch (CryptographicException)
        {
            key.Dispose();
            throw;
        }
    }

    public byte[] ExportPkcs8() => _key.ExportPkcs8PrivateKey();

    public void Dispose() => _key.Dispose();

    internal byte[] Sign(ReadOnlySpan<byte> data)
    {
        lock (_gate) return _key.SignData(data, HashAlgorithmName.SHA256);
    }
}
