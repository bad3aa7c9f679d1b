using System.Globalization;
using NodaTime;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Core.Storage;

/// <summary>The order of every answer: (sort key, collection, UID, recurrence id), by code point.</summary>
internal sealed class QueryOrder(EntrySort sort, DateTimeZone zone) : IComparer<OrderedSummary>
{
    public OrderedSummary Key(EntrySummary summary) => new(SortKeyOf(summary), summary);

    public string SortKeyOf(EntrySummary summary) => sort == EntrySort.Title
        ? Folding.Fold(summary.Title)
        : StartKey(summary.Start?.InstantFor(zone).ToUnixTimeSeconds());

    /// <summary>Fixed width, so that text order is time order; entries without time come last.</summary>
    public static string StartKey(long? seconds) =>
        seconds is { } known ? (known + Offset).ToString("D12", CultureInfo.InvariantCulture) : "~";

    /// <summary>The reverse of <see cref="StartKey"/>; null for entries without time.</summary>
    /// <exception cref="InvalidQueryException">Not a key of this order.</exception>
    public static long? SecondsOf(string key)
    {
        if (key == "~")
            return null;
        return long.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            ? seconds - Offset
            : throw new InvalidQueryException("The cursor is not one of this order.");
    }

    public int Compare(OrderedSummary? x, OrderedSummary? y) => (x, y) switch
    {
        (null, null) => 0,
        (null, _) => -1,
        (_, null) => 1,
        _ => Compare(x, y.SortKey, y.Summary.Collection, y.Summary.Uid, y.Summary.RecurrenceId ?? string.Empty),
    };

    public static int Compare(OrderedSummary x, QueryCursor cursor) => Compare(x, cursor.SortKey, cursor.Collection, cursor.Uid, cursor.RecurrenceId);

    private static int Compare(OrderedSummary x, string sortKey, CollectionId collection, Uid uid, string recurrenceId)
    {
        var byKey = Folding.Compare(x.SortKey, sortKey);
        if (byKey != 0)
            return byKey;
        var byCollection = x.Summary.Collection.CompareTo(collection);
        if (byCollection != 0)
            return byCollection;
        var byUid = x.Summary.Uid.CompareTo(uid);
        return byUid != 0 ? byUid : Folding.Compare(x.Summary.RecurrenceId ?? string.Empty, recurrenceId);
    }

    /// <summary>Seconds from the year 0 to 1970, so that no key is negative.</summary>
    private const long Offset = 62_200_000_000;
}

internal sealed record OrderedSummary(string SortKey, EntrySummary Summary);
