using PeerWeb.Core.Entries;

namespace PeerWeb.Core.Federation.Merge;

/// <summary>What a write to a source came to.</summary>
public abstract record WriteAnswer
{
    private WriteAnswer()
    {
    }

    /// <summary>The owner decided.</summary>
    public sealed record Decided(SaveOutcome Outcome) : WriteAnswer;

    /// <summary>The owner gave no answer. Repeated with the same idempotency key, the write has one effect however often it arrives.</summary>
    /// <param name="Reason">One sentence.</param>
    /// <param name="MayHaveHappened">It was sent, so the owner may have saved it.</param>
    public sealed record Unavailable(string Reason, bool MayHaveHappened) : WriteAnswer;
}
