using NodaTime;
using NodaTime.Text;
using NodaTime.TimeZones;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Features.Todos.Edit;

/// <summary>By which clock the times of a form are typed, and how the todo keeps them.</summary>
/// <param name="Zone">Of floating times UTC, which skips and repeats nothing.</param>
/// <remarks>As text: an IANA id, <c>floating</c>, or <c>utc</c> for times that are kept in UTC and shown by the viewer's clock.</remarks>
public sealed record TodoClock(TimeKind Kind, DateTimeZone Zone)
{
    public const string Floating = "floating";
    public const string Utc = "utc";

    private static readonly LocalDateTimePattern Minutes = LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm");
    private static readonly LocalDateTimePattern Seconds = LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm:ss");

    /// <summary>What people call it.</summary>
    public string Words => Kind switch
    {
        TimeKind.Floating => "The same clock time everywhere",
        TimeKind.Utc when Zone != DateTimeZone.Utc => $"UTC, shown as {Zone.Id.Replace('_', ' ')}",
        _ => Zone.Id.Replace('_', ' '),
    };

    /// <summary>Of a todo's time; of a new one the viewer's.</summary>
    public static string TextOf(EntryTime? time, DateTimeZone viewer) => time switch
    {
        { Kind: TimeKind.Floating } => Floating,
        { Kind: TimeKind.Utc } => Utc,
        { Kind: TimeKind.Zoned, ZoneId: { } id } when Find(id) is not null => id,
        _ => viewer.Id,
    };

    /// <summary>What is no clock is the viewer's.</summary>
    public static TodoClock Of(string text, DateTimeZone viewer) => text switch
    {
        Floating => new TodoClock(TimeKind.Floating, DateTimeZone.Utc),
        Utc => new TodoClock(TimeKind.Utc, viewer),
        _ => Find(text) is { } zone && zone != DateTimeZone.Utc ? new TodoClock(TimeKind.Zoned, zone) : new TodoClock(viewer == DateTimeZone.Utc || text == DateTimeZone.Utc.Id ? TimeKind.Utc : TimeKind.Zoned, text == DateTimeZone.Utc.Id ? DateTimeZone.Utc : viewer),
    };

    /// <summary>A time that was typed. An hour that clocks skip moves on by the gap, one that they repeat is the earlier.</summary>
    public EntryTime At(LocalDateTime local)
    {
        if (Kind == TimeKind.Floating)
            return EntryTime.Floating(local);
        var instant = Zone.ResolveLocal(local, Resolvers.LenientResolver).ToInstant();
        return Kind == TimeKind.Utc ? EntryTime.Utc(instant) : EntryTime.Zoned(instant.InZone(Zone).LocalDateTime, Zone.Id, instant);
    }

    /// <summary>What a native input shows of a time.</summary>
    public string Show(EntryTime? time) => time switch
    {
        null => string.Empty,
        { IsDate: true, Local: var day } => DayText(day.Date),
        { } said => (Kind == TimeKind.Floating ? said.Local : said.LocalFor(Zone)) is var local && local.Second == 0 ? Minutes.Format(local) : Seconds.Format(local),
    };

    public static string DayText(LocalDate day) => LocalDatePattern.Iso.Format(day);

    /// <summary>What a native input says, of a day midnight; null for what is none.</summary>
    public static LocalDateTime? Local(string text)
    {
        if (LocalDatePattern.Iso.Parse(text) is { Success: true, Value: var day })
            return day.AtMidnight();
        return Minutes.Parse(text) is { Success: true, Value: var minute } ? minute : Seconds.Parse(text) is { Success: true, Value: var second } ? second : null;
    }

    private static DateTimeZone? Find(string id) => id.Length is > 0 and <= 64 ? DateTimeZoneProviders.Tzdb.GetZoneOrNull(id) : null;
}
