using PeerWeb.Core.Primitives;

namespace PeerWeb.Core.Entries;

public enum EntrySort
{
    /// <summary>By start in the query's zone, entries without start last. Without a range floating times and dates are ordered as if they were UTC: such lists have one order for all viewers.</summary>
    Start,

    /// <summary>By folded title.</summary>
    Title,
}

/// <summary>One question to a source, over several of its collections at once.</summary>
/// <remarks>Answers are ordered by (sort key, collection, UID, recurrence id), the same in every store.</remarks>
public sealed record EntryQuery
{
    public const int MaxLimit = 3000;

    public required AppId App { get; init; }

    /// <summary>Null: every collection of the app that the principal may read. One that is not there is answered as a gone slice.</summary>
    public IReadOnlyList<CollectionId>? Collections { get; init; }

    /// <summary>With a range: instances that overlap it. Without: entries, each once.</summary>
    public TimeRange? Range { get; init; }

    /// <summary>The viewer's IANA zone; floating times and dates are cut and ordered in it.</summary>
    public string Zone { get; init; } = "UTC";

    /// <summary>Folded words that all must occur in the entry's text; at most 200 characters.</summary>
    public string? Text { get; init; }

    public EntrySort Sort { get; init; } = EntrySort.Start;

    /// <summary>Continues after the page that gave it.</summary>
    public QueryCursor? Cursor { get; init; }

    /// <summary>1 to 3,000.</summary>
    public int Limit { get; init; } = MaxLimit;

    /// <summary>Tokens of slices that the caller already holds for the same range, zone and text; current ones are answered "unchanged".</summary>
    public IReadOnlyDictionary<CollectionId, SyncToken> KnownTokens { get; init; } = new Dictionary<CollectionId, SyncToken>();
}

/// <summary>Where a page ended: the sort key and identity of its last row.</summary>
public sealed record QueryCursor(string SortKey, CollectionId Collection, Uid Uid, string RecurrenceId)
{
    private static readonly Uid Lowest = Uid.Parse("0");

    /// <summary>Begins a list by title at the first that is not before <paramref name="prefix"/>, such as a letter; folded as titles are.</summary>
    public static QueryCursor AtTitle(string prefix) => new(QueryOrder.TitleKey(prefix), new CollectionId(Guid.Empty), Lowest, RecurrenceId: string.Empty);
}

public enum SliceState
{
    /// <summary>The answer's summaries of this collection are complete up to the cursor.</summary>
    Current,

    /// <summary>The known token is current: what the caller holds is still right, and no summary of it is sent.</summary>
    Unchanged,

    /// <summary>Not there, or not for this principal; the two are one.</summary>
    Gone,
}

/// <summary>The part of an answer that concerns one collection.</summary>
/// <param name="Token">Null where gone.</param>
public sealed record Slice(CollectionId Collection, SliceState State, SyncToken? Token);

/// <summary>A page of summaries over all slices, in the order of the query.</summary>
/// <param name="Next">Null on the last page.</param>
public sealed record QueryAnswer(IReadOnlyList<Slice> Slices, IReadOnlyList<EntrySummary> Entries, QueryCursor? Next)
{
    /// <summary>Entries that the source sent but that could not be read; they are missing from <see cref="Entries"/>.</summary>
    public int UnreadableCount { get; init; }
}
