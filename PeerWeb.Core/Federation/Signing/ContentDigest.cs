using System.Security.Cryptography;
using PeerWeb.Core.Federation.Signing.StructuredFields;

namespace PeerWeb.Core.Federation.Signing;

/// <summary>The field Content-Digest (RFC 9530 2) with sha-256 alone, over the raw bytes of the body.</summary>
public static class ContentDigest
{
    private const string Algorithm = "sha-256";

    public static string Of(ReadOnlySpan<byte> body) => $"{Algorithm}=:{Convert.ToBase64String(SHA256.HashData(body))}:";

    /// <summary>True where <paramref name="field"/> is one sha-256 digest, and that of <paramref name="body"/>.</summary>
    public static bool Matches(string? field, ReadOnlySpan<byte> body)
    {
        if (field is null) return false;
        try
        {
            return StructuredFieldParser.Dictionary(field) is [{ Key: Algorithm, Value: Item { Value: SfBytes digest, Parameters: [] } }]
                && CryptographicOperations.FixedTimeEquals(digest.Value, SHA256.HashData(body));
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
