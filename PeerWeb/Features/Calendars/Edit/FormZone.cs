using NodaTime;
using NodaTime.TimeZones;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Features.Calendars.Edit;

/// <summary>By which clock a time of the form is typed, and how the event keeps it.</summary>
/// <param name="Clock">Of floating times UTC, which skips and repeats nothing.</param>
/// <remarks>As text: an IANA id, <c>UTC</c>, <c>floating</c>, or <c>UTC@</c> and the id of the clock by which a time in UTC is shown.</remarks>
public sealed record FormZone(TimeKind Kind, DateTimeZone Clock)
{
    public const string Floating = "floating";
    public const string Utc = "UTC";
    private const string UtcOn = "UTC@";

    /// <summary>What people call a zone.</summary>
    public string Words => Kind switch
    {
        TimeKind.Floating => "the same clock time everywhere",
        TimeKind.Utc when Clock != DateTimeZone.Utc => $"UTC, shown as {Clock.Id.Replace('_', ' ')}",
        _ => Clock.Id.Replace('_', ' '),
    };

    /// <summary>Of an event's time. What is kept in UTC is shown and typed by the viewer's clock, as most calendars write single events so.</summary>
    public static string TextOf(EntryTime time, DateTimeZone viewer) => time.Kind switch
    {
        TimeKind.Floating => Floating,
        TimeKind.Date => viewer.Id,
        TimeKind.Zoned when time.ZoneId is { } id && DateTimeZoneProviders.Tzdb.GetZoneOrNull(id) is not null => id,
        _ => viewer == DateTimeZone.Utc ? Utc : UtcOn + viewer.Id,
    };

    /// <summary>Null for what is no zone here.</summary>
    public static FormZone? Read(string text) => text switch
    {
        Floating => new FormZone(TimeKind.Floating, DateTimeZone.Utc),
        Utc => new FormZone(TimeKind.Utc, DateTimeZone.Utc),
        _ when text.StartsWith(UtcOn, StringComparison.Ordinal) => Find(text[UtcOn.Length..]) is { } clock ? new FormZone(TimeKind.Utc, clock) : null,
        _ => Find(text) is { } zone ? new FormZone(TimeKind.Zoned, zone) : null,
    };

    /// <summary>A time that was typed. An hour that clocks skip moves on by the gap, one that they repeat is the earlier.</summary>
    public EntryTime At(LocalDateTime local)
    {
        if (Kind == TimeKind.Floating)
            return EntryTime.Floating(local);
        var instant = Clock.ResolveLocal(local, Resolvers.LenientResolver).ToInstant();
        return Kind == TimeKind.Utc ? EntryTime.Utc(instant) : EntryTime.Zoned(instant.InZone(Clock).LocalDateTime, Clock.Id, instant);
    }

    /// <summary>What this clock shows of a time.</summary>
    public LocalDateTime Show(EntryTime time) => Kind == TimeKind.Floating ? time.Local : time.LocalFor(Clock);

    private static DateTimeZone? Find(string id) => id.Length is > 0 and <= 64 ? DateTimeZoneProviders.Tzdb.GetZoneOrNull(id) : null;
}
