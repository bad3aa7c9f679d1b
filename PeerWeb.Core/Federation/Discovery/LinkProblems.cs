namespace PeerWeb.Core.Federation.Discovery;

/// <summary>Stable problem types of the link calls, beside those of every call.</summary>
public static class LinkProblems
{
    /// <summary>What the call asks for does not fit the link as it stands; the detail says why.</summary>
    public const string Refused = "link-refused";

    /// <summary>100 requests wait for an admin; come again later.</summary>
    public const string PendingFull = "link-requests-full";

    public const string IdempotencyKeyMissing = "idempotency-key-missing";

    /// <summary>The key came before, with another body.</summary>
    public const string IdempotencyKeyReused = "idempotency-key-reused";

    public const string NotJson = "not-json";

    /// <summary>A user cannot speak for the peer itself.</summary>
    public const string ActorRefused = "actor-refused";
}
