using NodaTime;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Core.Formats.ICalendar;

/// <summary>Writes properties that hold a time, in the form that they had where that still fits.</summary>
/// <remarks>RFC 5545 3.3.4, 3.3.5, 3.2.19.</remarks>
public static class TimeLine
{
    /// <summary>The line with another time. Parameters stay where kind and zone do.</summary>
    /// <param name="like">The line as it was; of another name it lends only its form.</param>
    /// <param name="likeTime">What <paramref name="like"/> says.</param>
    public static string Write(string name, EntryTime time, ContentLine? like, CalendarTime? likeTime)
    {
        if (like is not null && likeTime is { } old && IsAlike(time, old.ToEntryTime()))
        {
            var same = time.Instant is { } instant ? old.At(instant) : old.At(time.Local);
            if (same.IsPlain && same.Instant == time.Instant)
                return Write(name, same, like);
        }
        return Write(name, time);
    }

    /// <summary>The line with a time of the same form.</summary>
    public static string Write(string name, CalendarTime time, ContentLine like)
    {
        if (!time.IsPlain)
            return Write(name, time.ToEntryTime());
        if (like.Name == name)
            return like.Raw[..^like.Value.Length] + time.ToBasicFormat();
        var parameters = (time.Kind, like.Parameter("TZID")) switch
        {
            (TimeKind.Date, _) => ";VALUE=DATE",
            (TimeKind.Zoned, { } zone) => $";TZID={Quoted(zone)}",
            _ => string.Empty,
        };
        return $"{name}{parameters}:{time.ToBasicFormat()}";
    }

    /// <summary>A line of its own making; zoned times need a VTIMEZONE of that id beside.</summary>
    /// <remarks>An hour that clocks repeat cannot be said in local time when its second pass is meant; it is written in UTC.</remarks>
    public static string Write(string name, EntryTime time) => time.Kind switch
    {
        TimeKind.Date => $"{name};VALUE=DATE:{CalendarTimeText.Date.Format(time.Local.Date)}",
        TimeKind.Zoned when IsPlain(time) => $"{name};TZID={time.ZoneId}:{CalendarTimeText.DateTime.Format(time.Local)}",
        TimeKind.Zoned or TimeKind.Utc => $"{name}:{Utc(time.Instant.GetValueOrDefault())}",
        TimeKind.Floating => $"{name}:{CalendarTimeText.DateTime.Format(time.Local)}",
        _ => throw new InvalidOperationException($"There is no time kind {time.Kind}."),
    };

    public static string Utc(Instant instant) => CalendarTimeText.DateTime.Format(instant.InUtc().LocalDateTime) + "Z";

    /// <summary>Whether both are of one kind and zone.</summary>
    public static bool IsAlike(EntryTime left, EntryTime right) => left.Kind == right.Kind && left.ZoneId == right.ZoneId;

    private static bool IsPlain(EntryTime time) => time.ToCalendarTime().Instant == time.Instant;

    private static string Quoted(string value) => value.AsSpan().ContainsAny(":;,") ? $"\"{value}\"" : value;
}
