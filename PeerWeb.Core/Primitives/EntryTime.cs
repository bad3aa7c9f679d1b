using NodaTime;
using NodaTime.TimeZones;

namespace PeerWeb.Core.Primitives;

/// <summary>How a date-time of an entry is anchored; the four never mix. The numbers are stored.</summary>
/// <remarks>RFC 5545 3.3.4 and 3.3.5 forms 1 to 3.</remarks>
public enum TimeKind
{
    Utc = 0,
    Zoned = 1,
    Floating = 2,
    Date = 3,
}

/// <summary>A start or end as the entry says it: its kind, its wall-clock time, its IANA zone where it has one, and the instant where that is fixed.</summary>
/// <remarks>Floating times and dates have no instant of their own: they get one in the viewer's zone.</remarks>
public readonly record struct EntryTime
{
    private EntryTime(TimeKind kind, LocalDateTime local, string? zoneId, Instant? instant) =>
        (Kind, Local, ZoneId, Instant) = (kind, local, zoneId, instant);

    public TimeKind Kind { get; }

    /// <summary>Wall-clock time: in UTC, in <see cref="ZoneId"/>, anywhere (floating), or midnight of the date.</summary>
    public LocalDateTime Local { get; }

    /// <summary>IANA id, of zoned times only.</summary>
    public string? ZoneId { get; }

    /// <summary>The instant, of UTC and zoned times only.</summary>
    public Instant? Instant { get; }

    public static EntryTime Utc(Instant instant) => new(TimeKind.Utc, instant.InUtc().LocalDateTime, null, instant);

    public static EntryTime Zoned(LocalDateTime local, string zoneId, Instant instant) => new(TimeKind.Zoned, local, zoneId, instant);

    public static EntryTime Floating(LocalDateTime local) => new(TimeKind.Floating, local, null, null);

    public static EntryTime Date(LocalDate date) => new(TimeKind.Date, date.AtMidnight(), null, null);

    public bool IsDate => Kind == TimeKind.Date;

    /// <summary>The instant for a viewer: its own, or its wall-clock time in the viewer's zone (skipped times move on by the gap, doubled ones are the earlier).</summary>
    public Instant InstantFor(DateTimeZone viewer) => Instant ?? viewer.ResolveLocal(Local, Resolvers.LenientResolver).ToInstant();

    /// <summary>The wall-clock time a viewer in <paramref name="viewer"/> sees; dates and floating times are the same everywhere.</summary>
    public LocalDateTime LocalFor(DateTimeZone viewer) => Instant is { } instant ? instant.InZone(viewer).LocalDateTime : Local;
}
