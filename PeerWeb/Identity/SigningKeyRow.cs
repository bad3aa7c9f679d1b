namespace PeerWeb.Identity;

public enum SigningKeyState
{
    /// <summary>Announced, not yet used.</summary>
    Pending,

    /// <summary>Signs; there is one.</summary>
    Active,

    /// <summary>Signs no more; peers still accept it for a while.</summary>
    Retiring,
}

internal sealed class SigningKeyRow
{
    /// <summary>RFC 7638 thumbprint, SHA-256, base64url.</summary>
    public required string KeyId { get; init; }

    public required SigningKeyState State { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>PKCS#8, encrypted by Data Protection.</summary>
    public required byte[] ProtectedPkcs8 { get; init; }
}
