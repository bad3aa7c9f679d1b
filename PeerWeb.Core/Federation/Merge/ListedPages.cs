using PeerWeb.Core.Entries;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Core.Federation.Merge;

/// <summary>The pages of one installation that were read so far, as one run in order. A peer may lie about order, places and ends: nothing of it is lost, doubled or asked for ever.</summary>
internal sealed class ListedPages(QueryOrder order, QueryCursor? start)
{
    /// <summary>Pages in a row without a new entry, after which no more are asked for.</summary>
    private const int MostEmpty = 5;

    private readonly HashSet<(CollectionId, Uid)> _known = [];
    private readonly List<ListedEntry> _entries = [];
    private QueryCursor? _asked = start;
    private int _empty;

    public int Count => _entries.Count;

    /// <summary>Where the next page begins; null after the last one.</summary>
    public QueryCursor? Next { get; private set; }

    /// <summary>What must be known about how it ended; null where nothing is wrong.</summary>
    public string? Problem { get; private set; }

    public void Add(IEnumerable<MergedEntry> page, QueryCursor? next)
    {
        var (before, isInOrder) = (_entries.Count, true);
        foreach (var entry in page)
        {
            if (!_known.Add((entry.Summary.Collection, entry.Summary.Uid)))
                continue;
            var placed = order.Place(entry.Summary);
            isInOrder &= _entries.Count == 0 || order.Compare(_entries[^1].Placed, placed) <= 0;
            _entries.Add(new ListedEntry(placed, entry));
        }
        if (!isInOrder)
            _entries.Sort((left, right) => order.Compare(left.Placed, right.Placed));
        _empty = _entries.Count == before ? _empty + 1 : 0;
        if (next is not null && !LeadsOn(next))
        {
            Problem = "Its list does not go on: what follows is missing.";
            next = null;
        }
        (_asked, Next) = (next, next);
    }

    /// <summary>How many are not after a place.</summary>
    /// <param name="place">Null: the end.</param>
    public int CountUpTo(QueryCursor? place)
    {
        if (place is null)
            return _entries.Count;
        var isAfter = order.After(place);
        var (low, high) = (0, _entries.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = isAfter(_entries[middle].Placed) ? (low, middle) : (middle + 1, high);
        }
        return low;
    }

    public IEnumerable<ListedEntry> UpTo(QueryCursor? place) => _entries.Take(CountUpTo(place));

    private bool LeadsOn(QueryCursor next) => order.IsPlace(next) && _empty < MostEmpty && (_asked is null || order.Compare(next, _asked) > 0);
}
