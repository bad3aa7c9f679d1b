using NodaTime;
using NodaTime.TimeZones;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Core.Formats.ICalendar;

/// <summary>A zone that a TZID stands for.</summary>
/// <param name="Id">IANA id; null for a fixed offset that has none, whose times are kept in UTC.</param>
public sealed record CalendarZone(string? Id, DateTimeZone Zone);

/// <summary>A DATE or DATE-TIME as a property says it, before it becomes an instance.</summary>
/// <param name="Local">Wall-clock time, UTC for <see cref="TimeKind.Utc"/>, midnight for dates.</param>
/// <param name="Zone">Of zoned times only.</param>
/// <remarks>RFC 5545 3.3.4 and 3.3.5. Skipped times move on by the gap, doubled ones are the earlier, unless a duration ends in the later one.</remarks>
public readonly record struct CalendarTime(TimeKind Kind, LocalDateTime Local, CalendarZone? Zone)
{
    /// <summary>Only where the wall clock alone would say another one: the second time in a night in which clocks go back.</summary>
    private Instant? Later { get; init; }

    /// <summary>Whether the wall clock says it all.</summary>
    public bool IsPlain => Later is null;

    public bool IsDate => Kind == TimeKind.Date;

    /// <summary>Null for dates and floating times.</summary>
    public Instant? Instant => Kind switch
    {
        TimeKind.Utc => Local.InUtc().ToInstant(),
        TimeKind.Zoned => Later ?? Zone!.Zone.ResolveLocal(Local, Resolvers.LenientResolver).ToInstant(),
        TimeKind.Floating or TimeKind.Date => null,
        _ => throw new InvalidOperationException($"There is no time kind {Kind}."),
    };

    /// <summary>The instant, or for dates and floating times the one they have in UTC.</summary>
    public Instant InstantOrUtc => Instant ?? Local.InUtc().ToInstant();

    public EntryTime ToEntryTime()
    {
        if (Kind == TimeKind.Date)
            return EntryTime.Date(Local.Date);
        if (Instant is not { } instant)
            return EntryTime.Floating(Local);
        return Zone is { Id: { } id, Zone: var zone }
            ? EntryTime.Zoned(instant.InZone(zone).LocalDateTime, id, instant)
            : EntryTime.Utc(instant);
    }

    /// <summary>The same kind and zone at another wall-clock time.</summary>
    public CalendarTime At(LocalDateTime local) => new(Kind, local, Zone);

    /// <summary>The same kind and zone at an instant; of dates and floating times the UTC wall-clock time.</summary>
    public CalendarTime At(Instant instant)
    {
        var local = instant.InZone(Zone?.Zone ?? DateTimeZone.Utc).LocalDateTime;
        var time = At(IsDate ? local.Date.AtMidnight() : local);
        return Kind == TimeKind.Zoned && time.Instant != instant ? time with { Later = instant } : time;
    }

    /// <summary>This time and a duration: days are nominal and hours exact, so that an hour across a change of clocks is an hour. RFC 5545 3.3.6.</summary>
    public CalendarTime Plus(Period duration)
    {
        if (IsDate)
            return At((Local + duration).Date.AtMidnight());
        var days = new PeriodBuilder { Weeks = duration.Weeks, Days = duration.Days }.Build();
        var time = Duration.FromHours(duration.Hours) + Duration.FromMinutes(duration.Minutes) + Duration.FromSeconds(duration.Seconds);
        var later = At(Local + days);
        return later.Instant is { } instant ? later.At(instant + time) : later.At(later.Local + Period.FromSeconds((long)time.TotalSeconds));
    }

    /// <summary>Another time's wall-clock time as this one is typed, so that EXDATE, RDATE and RECURRENCE-ID compare with DTSTART.</summary>
    public LocalDateTime LocalLikeMe(CalendarTime other)
    {
        if (IsDate)
            return other.Local.Date.AtMidnight();
        if (other.IsDate)
            return other.Local.Date + Local.TimeOfDay;
        return other.Instant is { } instant && Instant is not null && !(other.Kind == Kind && Equals(other.Zone, Zone))
            ? At(instant).Local
            : other.Local;
    }

    /// <summary>Basic format: <c>yyyyMMdd</c>, <c>yyyyMMddTHHmmss</c>, with Z in UTC.</summary>
    public string ToBasicFormat() => Kind switch
    {
        TimeKind.Date => CalendarTimeText.Date.Format(Local.Date),
        TimeKind.Utc => CalendarTimeText.DateTime.Format(Local) + "Z",
        TimeKind.Zoned or TimeKind.Floating => CalendarTimeText.DateTime.Format(Local),
        _ => throw new InvalidOperationException($"There is no time kind {Kind}."),
    };
}

/// <summary>From what is shown to what is written.</summary>
public static class EntryTimeConversion
{
    /// <summary>A time of a viewer's clock as a new entry says it: in the viewer's zone, of UTC in UTC. Skipped times move on by the gap.</summary>
    public static EntryTime At(this DateTimeZone viewer, LocalDateTime local)
    {
        var instant = viewer.ResolveLocal(local, Resolvers.LenientResolver).ToInstant();
        return viewer == DateTimeZone.Utc ? EntryTime.Utc(instant) : EntryTime.Zoned(instant.InZone(viewer).LocalDateTime, viewer.Id, instant);
    }

    /// <summary>The time as a property would say it.</summary>
    /// <exception cref="DateTimeZoneNotFoundException">A zone that tzdb does not have.</exception>
    public static CalendarTime ToCalendarTime(this EntryTime time) =>
        new(time.Kind, time.Local, time.ZoneId is { } id ? new CalendarZone(id, DateTimeZoneProviders.Tzdb[id]) : null);
}
