using System.Text.Json;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Core.Peers;

/// <summary>A P-256 public key as its two coordinates, each 32 bytes in base64url (43 characters).</summary>
/// <remarks>RFC 7518 6.2.1. Whether the point lies on the curve is found out where the key verifies something.</remarks>
public sealed record PublicKey
{
    private PublicKey(string x, string y) =>
        (X, Y, Thumbprint) = (x, y, KeyThumbprint.Parse(JwkThumbprint.Of(x, y)));

    public string X { get; }

    public string Y { get; }

    public KeyThumbprint Thumbprint { get; }

    public static bool TryCreate(string? x, string? y, out PublicKey? key)
    {
        key = KeyThumbprint.TryParse(x, out _) && KeyThumbprint.TryParse(y, out _) ? new PublicKey(x!, y!) : null;
        return key is not null;
    }

    /// <exception cref="FormatException">A coordinate is not 32 bytes of base64url.</exception>
    public static PublicKey Create(string? x, string? y) =>
        TryCreate(x, y, out var key) ? key! : throw new FormatException("A P-256 key has two coordinates of 32 bytes.");

    /// <summary>The one canonical text of the key, over which the thumbprint is taken; also how it is stored.</summary>
    /// <remarks>RFC 7638 3.2: required members only, in lexical order, no white space.</remarks>
    public string ToJwk() => JwkThumbprint.Canonical(X, Y);

    /// <exception cref="FormatException">Not what <see cref="ToJwk"/> wrote.</exception>
    public static PublicKey FromJwk(string jwk)
    {
        using var json = JsonDocument.Parse(jwk);
        return Create(json.RootElement.GetProperty("x").GetString(), json.RootElement.GetProperty("y").GetString());
    }

    public override string ToString() => Thumbprint.Value;
}
