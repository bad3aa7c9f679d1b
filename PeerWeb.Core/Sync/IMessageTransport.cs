using NodaTime;

namespace PeerWeb.Core.Sync;

/// <summary>Carries one message to its peer, once; repeating is the outbox's.</summary>
public interface IMessageTransport
{
    /// <summary>A failure is an outcome; nothing but cancellation is thrown for what the peer or the network does.</summary>
    Task<SendOutcome> SendAsync(OutboxMessage message, CancellationToken cancellationToken);
}

public abstract record SendOutcome
{
    private SendOutcome()
    {
    }

    /// <param name="ClockSkew">Their clock minus ours, where the answer shows it.</param>
    public sealed record Delivered(Duration? ClockSkew) : SendOutcome;

    /// <summary>A signed answer that repeating will not change.</summary>
    public sealed record Refused(string Reason, Duration? ClockSkew) : SendOutcome;

    /// <summary>No signed answer, or one that asks to come again.</summary>
    public sealed record Unavailable(string Reason, Duration? ClockSkew) : SendOutcome;

    /// <summary>What a signed answer's status means: 4xx is final but for the six that ask to come again or to sign anew.</summary>
    public static SendOutcome Of(int status, string reason, Duration? clockSkew) => status switch
    {
        >= 200 and < 300 => new Delivered(clockSkew),
        401 or 408 or 409 or 425 or 429 => new Unavailable(reason, clockSkew),
        >= 400 and < 500 => new Refused(reason, clockSkew),
        _ => new Unavailable(reason, clockSkew),
    };
}

/// <summary>Which call of the peer API carries a kind of message: always a POST with the message's body.</summary>
/// <param name="Path">Begins with <c>/peer/v1/</c>.</param>
public sealed record MessageRoute(string Kind, string Path);
