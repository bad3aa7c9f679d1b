using PeerWeb.Core.Primitives;

namespace PeerWeb.Core.Entries;

/// <summary>What must be true for a write to happen; there is no unconditional write.</summary>
/// <remarks>RFC 9110 13.1.1 and 13.1.2.</remarks>
public abstract record Precondition
{
    private Precondition()
    {
    }

    /// <summary>The entry is there with this ETag.</summary>
    public sealed record Match(ETag ETag) : Precondition;

    /// <summary>No entry with this UID is there (<c>If-None-Match: *</c>).</summary>
    public sealed record Absent : Precondition;
}

/// <summary>One entry to save.</summary>
/// <param name="Text">The whole entry: all components of the UID.</param>
public sealed record EntryWrite(CollectionId Collection, Uid Uid, string Text, Precondition Precondition);

/// <summary>One entry to delete.</summary>
public sealed record EntryRemoval(CollectionId Collection, Uid Uid, ETag ETag);

/// <summary>What a save or delete came to; callers switch over it.</summary>
public abstract record SaveOutcome
{
    private SaveOutcome()
    {
    }

    public sealed record Saved(ETag ETag) : SaveOutcome;

    public sealed record Deleted : SaveOutcome;

    /// <summary>The precondition failed and nothing changed.</summary>
    /// <param name="Current">What is there now; null where nothing is, or where the principal may not read it in full.</param>
    public sealed record Stale(Entry? Current) : SaveOutcome;

    /// <summary>The principal may see that the collection is there, but not do this.</summary>
    public sealed record Forbidden(Rights Missing) : SaveOutcome;

    /// <summary>Not there, or not for this principal.</summary>
    public sealed record NotFound : SaveOutcome;

    /// <param name="Line">1-based line of the text, where one is to blame.</param>
    public sealed record Invalid(string Reason, int? Line) : SaveOutcome;

    /// <summary>The idempotency key came before, with another write; nothing happened.</summary>
    public sealed record KeyReused : SaveOutcome;
}
