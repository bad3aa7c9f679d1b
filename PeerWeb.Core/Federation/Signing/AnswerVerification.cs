namespace PeerWeb.Core.Federation.Signing;

/// <summary>What became of an answer's signature.</summary>
public abstract record AnswerVerification
{
    private AnswerVerification()
    {
    }

    /// <summary>The peer said this, in answer to this request.</summary>
    /// <param name="Created">What the peer's clock read; never judged, shown where it is far from ours.</param>
    public sealed record Verified(string KeyId, DateTimeOffset Created) : AnswerVerification;

    /// <summary>Nobody knows who said this.</summary>
    /// <param name="Detail">For a person.</param>
    public sealed record Refused(AnswerFault Fault, string Detail) : AnswerVerification;
}

/// <summary>Why an answer does not count.</summary>
public enum AnswerFault
{
    NoSignature,
    Malformed,
    OtherKey,
    Invalid,
    DigestMismatch,
}
