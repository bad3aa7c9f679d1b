using System.Globalization;
using NodaTime;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Core.Entries;

/// <summary>A summary with what it is ordered by.</summary>
/// <param name="Start">Unix seconds for the viewer; <see cref="long.MaxValue"/> without time.</param>
/// <param name="Title">As <see cref="QueryOrder.TitleKey"/> makes it; only where the order is by title.</param>
internal readonly record struct PlacedSummary(long Start, string Title, EntrySummary Summary);

/// <summary>The order of every answer: (sort key, collection, UID, recurrence id), by code point.</summary>
internal sealed class QueryOrder(EntrySort sort, DateTimeZone zone) : IComparer<PlacedSummary>
{
    /// <summary>Seconds from the year 0 to 1970, so that no key is negative.</summary>
    private const long Offset = 62_200_000_000;

    private const string NoTime = "~";

    /// <summary>Characters of a title that count for the order: with collection and UID it must be the key of an index, which PostgreSQL limits to 2,704 bytes.</summary>
    private const int MostOfTitle = 256;

    /// <summary>Of lists without a range: one order for all viewers.</summary>
    public static QueryOrder OfList(EntrySort sort) => new(sort, DateTimeZone.Utc);

    public bool IsByStart => sort == EntrySort.Start;

    public PlacedSummary Place(EntrySummary summary) => Place(summary, summary.Start?.InstantFor(zone).ToUnixTimeSeconds() ?? long.MaxValue);

    /// <param name="start">What the summary's start is for the viewer.</param>
    public PlacedSummary Place(EntrySummary summary, long start) => new(start, IsByStart ? string.Empty : TitleKey(summary.Title), summary);

    /// <summary>What titles are ordered by: folded, its first 256 characters.</summary>
    public static string TitleKey(string title)
    {
        var folded = Folding.Fold(title);
        if (folded.Length <= MostOfTitle)
            return folded;
        return folded[..(char.IsHighSurrogate(folded[MostOfTitle - 1]) ? MostOfTitle - 1 : MostOfTitle)];
    }

    public QueryCursor CursorAfter(PlacedSummary placed) => new(
        IsByStart ? StartKey(placed.Start) : placed.Title,
        placed.Summary.Collection, placed.Summary.Uid, placed.Summary.RecurrenceId ?? string.Empty);

    /// <summary>Whether a row comes after the page that ended with the cursor.</summary>
    /// <exception cref="InvalidQueryException">The cursor is not one of this order.</exception>
    public Predicate<PlacedSummary> After(QueryCursor cursor)
    {
        var start = IsByStart ? SecondsOf(cursor.SortKey) : 0;
        return row => Compare(row, start, cursor.SortKey, cursor.Collection, cursor.Uid, cursor.RecurrenceId) > 0;
    }

    /// <summary>Whether a cursor is one of this order: whoever sent it may send anything.</summary>
    public bool IsPlace(QueryCursor cursor) => !IsByStart || cursor.SortKey == NoTime || long.TryParse(cursor.SortKey, NumberStyles.None, CultureInfo.InvariantCulture, out _);

    /// <summary>Which of two cursors of this order is further.</summary>
    /// <exception cref="InvalidQueryException">One is not of this order.</exception>
    public int Compare(QueryCursor x, QueryCursor y)
    {
        var byKey = IsByStart ? SecondsOf(x.SortKey).CompareTo(SecondsOf(y.SortKey)) : Folding.Compare(x.SortKey, y.SortKey);
        if (byKey != 0)
            return byKey;
        var byCollection = x.Collection.CompareTo(y.Collection);
        if (byCollection != 0)
            return byCollection;
        var byUid = x.Uid.CompareTo(y.Uid);
        return byUid != 0 ? byUid : Folding.Compare(x.RecurrenceId, y.RecurrenceId);
    }

    /// <summary>Unix seconds of the key of an order by start; <see cref="long.MaxValue"/> for entries without time.</summary>
    /// <exception cref="InvalidQueryException">Not a key of this order.</exception>
    public static long SecondsOf(string key)
    {
        if (key == NoTime)
            return long.MaxValue;
        return long.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            ? seconds - Offset
            : throw new InvalidQueryException("The cursor is not one of this order.");
    }

    public int Compare(PlacedSummary x, PlacedSummary y) =>
        Compare(x, y.Start, y.Title, y.Summary.Collection, y.Summary.Uid, y.Summary.RecurrenceId ?? string.Empty);

    private int Compare(PlacedSummary x, long start, string title, CollectionId collection, Uid uid, string recurrenceId)
    {
        var byKey = IsByStart ? x.Start.CompareTo(start) : Folding.Compare(x.Title, title);
        if (byKey != 0)
            return byKey;
        var byCollection = x.Summary.Collection.CompareTo(collection);
        if (byCollection != 0)
            return byCollection;
        var byUid = x.Summary.Uid.CompareTo(uid);
        return byUid != 0 ? byUid : Folding.Compare(x.Summary.RecurrenceId ?? string.Empty, recurrenceId);
    }

    /// <summary>Fixed width, so that text order is time order; entries without time come last.</summary>
    private static string StartKey(long seconds) =>
        seconds == long.MaxValue ? NoTime : (seconds + Offset).ToString("D12", CultureInfo.InvariantCulture);
}
