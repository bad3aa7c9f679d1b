namespace PeerWeb.Core.Federation.Client.Http;

/// <summary>Why a peer counts as unavailable; none of these means that anything is gone, revoked or empty.</summary>
public enum UnavailableReason
{
    /// <summary>No connection was made.</summary>
    NotConnected,

    /// <summary>The connection broke.</summary>
    Transport,

    /// <summary>The deadline passed before the whole answer was there.</summary>
    TimedOut,

    /// <summary>After repeated failures we do not ask for a while.</summary>
    CircuitOpen,

    /// <summary>We have asked it as much as we allow ourselves; it was not asked.</summary>
    BudgetSpent,

    /// <summary>The address, or plain http, is not allowed here.</summary>
    AddressRefused,

    Redirected,

    AnswerTooLarge,

    AnswerEncoded,

    /// <summary>A web page instead of an answer: a proxy, a sign-in page, another server.</summary>
    HtmlAnswer,

    UnsignedAnswer,

    /// <summary>Signed, but with a key that is not one of the peer's.</summary>
    OtherKey,

    /// <summary>Signed, but not validly or not for this request.</summary>
    InvalidSignature,

    /// <summary>Validly signed, but not what the call answers.</summary>
    InvalidAnswer,
}

/// <summary>A peer gave no answer that counts; the message is for a person.</summary>
public sealed class PeerUnavailableException(UnavailableReason reason, string message, Exception? inner = null) : Exception(message, inner)
{
    public UnavailableReason Reason { get; } = reason;

    /// <summary>Whether the request, in this or an earlier attempt, may have reached the peer and had its effect.</summary>
    public bool MayHaveArrived { get; init; } =
        reason is not (UnavailableReason.NotConnected or UnavailableReason.CircuitOpen or UnavailableReason.BudgetSpent or UnavailableReason.AddressRefused);

    /// <summary>The one that <paramref name="exception"/> is or wraps, or null.</summary>
    public static PeerUnavailableException? In(Exception? exception)
    {
        while (exception is not (null or PeerUnavailableException)) exception = exception.InnerException;
        return (PeerUnavailableException?)exception;
    }
}
