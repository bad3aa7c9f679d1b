using PeerWeb.Core.Primitives;

namespace PeerWeb.Core.Entries;

/// <summary>One entry that changed: its new ETag, or null where it is gone or became invisible.</summary>
public sealed record Change(Uid Uid, ETag? ETag);

/// <summary>The answer to "what changed since": a page of the feed, or a token that no longer says anything.</summary>
/// <remarks>RFC 6578 3.3 to 3.6.</remarks>
public abstract record ChangesAnswer
{
    private ChangesAnswer()
    {
    }

    /// <param name="Token">Since where to ask next; to be kept only together with the page.</param>
    public sealed record Page(IReadOnlyList<Change> Changes, SyncToken Token, bool HasMore) : ChangesAnswer;

    /// <summary>The token is unknown, foreign, future or pruned: list everything anew. Never an empty page.</summary>
    public sealed record TokenGone : ChangesAnswer;

    /// <summary>The collection is not there for this principal.</summary>
    public sealed record NotFound : ChangesAnswer;
}
