namespace PeerWeb.Core.Federation.Wire;

/// <summary>Names of the header fields that peers exchange; HTTP compares them without case.</summary>
public static class PeerHeaders
{
    /// <summary>RFC 9530; sha-256 only, on every request and answer, also over an empty body.</summary>
    public const string ContentDigest = "Content-Digest";

    public const string ContentType = "Content-Type";

    public const string ContentEncoding = "Content-Encoding";

    public const string ETag = "ETag";

    public const string IdempotencyKey = "Idempotency-Key";

    public const string IfMatch = "If-Match";

    public const string IfNoneMatch = "If-None-Match";

    /// <summary>RFC 9421 4.1.</summary>
    public const string SignatureInput = "Signature-Input";

    /// <summary>RFC 9421 4.2.</summary>
    public const string Signature = "Signature";

    /// <summary>The version of the peer API that the request is written in; <see cref="CurrentVersion"/>.</summary>
    public const string Version = "PeerWeb-Version";

    /// <summary>The user who acts at the signing peer; absent when the peer itself does.</summary>
    public const string Actor = "PeerWeb-Actor";

    /// <summary>The domain that the request is meant for, which need not be the host of the endpoint.</summary>
    public const string Destination = "PeerWeb-Destination";

    public const string CurrentVersion = "1";
}
