using NodaTime;

namespace PeerWeb.Core.Primitives;

/// <summary>A half-open range [start, end) of instants.</summary>
/// <remarks>RFC 4791 9.9. Start before end, both within the years 1900 to 2200.</remarks>
public readonly record struct TimeRange
{
    public static readonly Instant Earliest = Instant.FromUtc(1900, 1, 1, 0, 0);
    public static readonly Instant Latest = Instant.FromUtc(2200, 1, 1, 0, 0);

    /// <exception cref="ArgumentOutOfRangeException">End not after start, or outside the years 1900 to 2200.</exception>
    public TimeRange(Instant start, Instant end)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(start, Earliest);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(end, Latest);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(end, start);
        (Start, End) = (start, end);
    }

    public Instant Start { get; }

    public Instant End { get; }

    public static bool TryCreate(Instant start, Instant end, out TimeRange range)
    {
        var isRange = start >= Earliest && end <= Latest && start < end;
        range = isRange ? new TimeRange(start, end) : default;
        return isRange;
    }

    /// <summary>Whether [from, to) overlaps; an instance without duration overlaps where it starts.</summary>
    public bool Overlaps(Instant from, Instant to) => from < End && (to > Start || (from == to && from >= Start));
}
