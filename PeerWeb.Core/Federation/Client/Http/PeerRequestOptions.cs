using PeerWeb.Core.Federation.Signing;

namespace PeerWeb.Core.Federation.Client.Http;

/// <summary>What travels beside a request, in <see cref="HttpRequestMessage.Options"/>.</summary>
public static class PeerRequestOptions
{
    /// <summary>The user who acts; without it the peer itself does.</summary>
    public static readonly HttpRequestOptionsKey<ActorField> Actor = new("peerweb-actor");

    /// <summary>Of a write; the same on every attempt.</summary>
    public static readonly HttpRequestOptionsKey<string> IdempotencyKey = new("peerweb-idempotency-key");

    /// <summary>Shorter or longer than <see cref="PeerHttpOptions.Deadline"/>.</summary>
    public static readonly HttpRequestOptionsKey<TimeSpan> Deadline = new("peerweb-deadline");

    /// <summary>Set before a repetition: an earlier attempt may have reached the peer, so that the last one's answer is not the whole story.</summary>
    public static readonly HttpRequestOptionsKey<bool> EarlierMayHaveArrived = new("peerweb-earlier");

    /// <summary>Set with the answer, on the request that is reachable from it: what the two clocks read.</summary>
    public static readonly HttpRequestOptionsKey<PeerClock> Clock = new("peerweb-clock");
}

/// <summary>What a signed answer says of the peer's clock (whole seconds), and what ours read then.</summary>
public sealed record PeerClock(DateTimeOffset Theirs, DateTimeOffset Ours)
{
    /// <summary>Positive where the peer's clock is ahead.</summary>
    public TimeSpan Skew => Theirs - Ours;
}
