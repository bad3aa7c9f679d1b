using NodaTime;
using NodaTime.TimeZones;

namespace PeerWeb.Core.Formats.ICalendar;

/// <summary>A change of clocks.</summary>
/// <param name="To">Offset from then on.</param>
internal readonly record struct ZoneTransition(Instant At, Offset To);

/// <summary>A zone that no table has, from the transitions that its VTIMEZONE lists.</summary>
/// <remarks>RFC 5545 3.6.5.</remarks>
internal sealed class RuleZone : DateTimeZone
{
    private readonly List<ZoneInterval> _intervals = [];

    /// <param name="first">Offset before all transitions.</param>
    /// <param name="transitions">In order.</param>
    public RuleZone(string id, Offset first, List<ZoneTransition> transitions)
        : base(id, isFixed: false, Least(first, transitions), Greatest(first, transitions))
    {
        var (offset, start) = (first, (Instant?)null);
        foreach (var transition in transitions.Where(transition => transition.At > Instant.MinValue))
        {
            if (transition.To == offset || transition.At <= start)
                continue;
            _intervals.Add(new ZoneInterval(id, start, transition.At, offset, Offset.Zero));
            (offset, start) = (transition.To, transition.At);
        }
        _intervals.Add(new ZoneInterval(id, start, null, offset, Offset.Zero));
    }

    public override ZoneInterval GetZoneInterval(Instant instant)
    {
        var (low, high) = (0, _intervals.Count - 1);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            if (_intervals[middle].Start <= instant)
                low = middle;
            else
                high = middle - 1;
        }
        return _intervals[low];
    }

    private static Offset Least(Offset first, List<ZoneTransition> transitions) => transitions.Aggregate(first, (least, transition) => Offset.Min(least, transition.To));

    private static Offset Greatest(Offset first, List<ZoneTransition> transitions) => transitions.Aggregate(first, (most, transition) => Offset.Max(most, transition.To));
}
