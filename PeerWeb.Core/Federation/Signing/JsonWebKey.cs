using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Security.Cryptography;
using System.Text.Json.Serialization;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Core.Federation.Signing;

/// <summary>A public P-256 key as JSON (RFC 7517, RFC 7518 6.2): coordinates are base64url of 32 bytes, without padding.</summary>
/// <param name="KeyId">Where present, the RFC 7638 thumbprint of this very key.</param>
public sealed record JsonWebKey(
    [property: JsonPropertyName("kty")] string KeyType,
    [property: JsonPropertyName("crv")] string Curve,
    [property: JsonPropertyName("x")] string X,
    [property: JsonPropertyName("y")] string Y,
    [property: JsonPropertyName("kid"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? KeyId = null,
    [property: JsonPropertyName("use"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Use = null,
    [property: JsonPropertyName("alg"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Algorithm = null)
{
    private const int CoordinateLength = 32;

    // y^2 = x^3 - 3x + b over the field of p; FIPS 186-5, SP 800-186 3.2.1.3.
    private static readonly BigInteger Prime = Unsigned("FFFFFFFF00000001000000000000000000000000FFFFFFFFFFFFFFFFFFFFFFFF");
    private static readonly BigInteger B = Unsigned("5AC635D8AA3A93E7B3EBBD55769886BC651D06B0CC53B0F63BCE3C3E27D2604B");

    /// <summary>RFC 7638: SHA-256 over the required members in lexical order, base64url.</summary>
    [JsonIgnore]
    public string Thumbprint => JwkThumbprint.Of(X, Y);

    /// <summary>Checks everything that this key claims; false with a reason for a person where it is not a usable P-256 signing key.</summary>
    public bool TryGetKey([NotNullWhen(true)] out PeerKey? key, [NotNullWhen(false)] out string? reason)
    {
        key = null;
        reason = Check(out var point);
        if (reason is not null) return false;
        key = PeerKey.FromPoint(point);
        return true;
    }

    internal static JsonWebKey FromPoint(ECPoint point)
    {
        var bare = new JsonWebKey("EC", "P-256", Base64Url.EncodeToString(point.X), Base64Url.EncodeToString(point.Y), Use: "sig", Algorithm: "ES256");
        return bare with { KeyId = bare.Thumbprint };
    }

    private string? Check(out ECPoint point)
    {
        point = default;
        if (KeyType != "EC" || Curve != "P-256") return "The key is not an EC key on P-256.";
        if (Use is not (null or "sig") || Algorithm is not (null or "ES256")) return "The key is not meant for ES256 signatures.";
        if (!TryCoordinate(X, out var x) || !TryCoordinate(Y, out var y)) return "A coordinate is not base64url of 32 bytes.";
        if (!IsOnCurve(x, y)) return "The point is not on the curve.";
        if (KeyId is not null && KeyId != Thumbprint) return "The key's id is not its thumbprint.";
        point = new ECPoint { X = x, Y = y };
        return null;
    }

    private static bool TryCoordinate(string? text, out byte[] bytes)
    {
        bytes = [];
        if (text is not { Length: 43 } || !Base64Url.IsValid(text)) return false;
        bytes = Base64Url.DecodeFromChars(text);
        return bytes.Length == CoordinateLength && Base64Url.EncodeToString(bytes) == text;
    }

    private static bool IsOnCurve(byte[] xBytes, byte[] yBytes)
    {
        var x = new BigInteger(xBytes, isUnsigned: true, isBigEndian: true);
        var y = new BigInteger(yBytes, isUnsigned: true, isBigEndian: true);
        return x < Prime && y < Prime && ((y * y) - ((x * x * x) - (3 * x) + B)) % Prime == 0;
    }

    private static BigInteger Unsigned(string hex) => new(Convert.FromHexString(hex), isUnsigned: true, isBigEndian: true);
}
