using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace PeerWeb.Core.Federation.Signing;

/// <summary>A public P-256 key of a peer; it verifies <c>ecdsa-p256-sha256</c> (RFC 9421 3.3.4) and nothing else.</summary>
public sealed class PeerKey
{
    private readonly Lock _gate = new();
    private readonly ECDsa _key;

    private PeerKey(ECDsa key)
    {
        _key = key;
        Jwk = JsonWebKey.FromPoint(key.ExportParameters(false).Q);
        KeyId = Jwk.Thumbprint;
    }

    /// <summary>RFC 7638 thumbprint, base64url, 43 characters.</summary>
    public string KeyId { get; }

    public JsonWebKey Jwk { get; }

    /// <summary>Reads a SubjectPublicKeyInfo (RFC 5480); false for anything but a valid P-256 key.</summary>
    public static bool TryFromSpki(ReadOnlySpan<byte> spki, [NotNullWhen(true)] out PeerKey? key)
    {
        key = null;
        using var imported = ECDsa.Create();
        try
        {
            imported.ImportSubjectPublicKeyInfo(spki, out var read);
            var parameters = imported.ExportParameters(false);
            if (read != spki.Length || parameters.Curve.Oid.Value != ECCurve.NamedCurves.nistP256.Oid.Value) return false;
            return JsonWebKey.FromPoint(parameters.Q).TryGetKey(out key, out _);
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    public byte[] ExportSpki() => _key.ExportSubjectPublicKeyInfo();

    internal static PeerKey FromPoint(ECPoint point) =>
        new(ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = point }));

    /// <summary>True where <paramref name="signature"/> (r and s, 32 bytes each) holds over <paramref name="data"/>.</summary>
    internal bool Verifies(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        // ECDsa promises nothing about two threads at once.
        lock (_gate) return signature.Length == 64 && _key.VerifyData(data, signature, HashAlgorithmName.SHA256);
    }
}
