using System.Buffers.Text;

namespace PeerWeb.Core.Peers;

/// <summary>What names a public key everywhere: the base64url of its SHA-256 JWK thumbprint, 43 characters without padding.</summary>
/// <remarks>RFC 7638 3; compared ordinally.</remarks>
public readonly record struct KeyThumbprint
{
    private readonly string? _value;

    private KeyThumbprint(string value) => _value = value;

    public string Value => _value ?? string.Empty;

    public static bool TryParse(string? text, out KeyThumbprint thumbprint)
    {
        thumbprint = default;
        if (text is not { Length: 43 } || !Base64Url.IsValid(text) || text.Contains('=', StringComparison.Ordinal))
            return false;
        // The last character carries four unused bits; only one spelling of a digest is the thumbprint.
        if (Base64Url.EncodeToString(Base64Url.DecodeFromChars(text)) != text)
            return false;
        thumbprint = new KeyThumbprint(text);
        return true;
    }

    /// <exception cref="FormatException">Not 43 characters of base64url.</exception>
    public static KeyThumbprint Parse(string? text) =>
        TryParse(text, out var thumbprint) ? thumbprint : throw new FormatException("A key thumbprint is 43 characters of base64url.");

    /// <summary>The 32 bytes of the digest.</summary>
    public byte[] ToBytes() => Base64Url.DecodeFromChars(Value);

    public override string ToString() => Value;
}
