using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace PeerWeb.Core.Primitives;

/// <summary>The one text of a P-256 key, and the digest of it that names the key everywhere.</summary>
/// <remarks>RFC 7638 3.2: required members only, in lexical order, no white space.</remarks>
public static class JwkThumbprint
{
    /// <param name="x">Base64url of 32 bytes, no padding; <paramref name="y"/> alike.</param>
    public static string Canonical(string x, string y) => $$"""{"crv":"P-256","kty":"EC","x":"{{x}}","y":"{{y}}"}""";

    /// <summary>SHA-256 of the canonical text, base64url, 43 characters.</summary>
    public static string Of(string x, string y) => Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(Canonical(x, y))));
}
