using NodaTime;
using NodaTime.Text;
using PeerWeb.Core.Formats.ICalendar;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Core.Todos;

/// <summary>A start or due as the entry says it, in the JSON of a detail.</summary>
/// <param name="Local">Wall-clock time such as <c>2026-11-10T09:00:00</c>; of dates midnight.</param>
/// <param name="Zone">IANA id, of zoned times only.</param>
public sealed record TodoTime(TimeKind Kind, string Local, string? Zone)
{
    private static readonly LocalDateTimePattern Pattern = LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm:ss");

    public static TodoTime Of(EntryTime time) => new(time.Kind, Pattern.Format(time.Local), time.ZoneId);

    /// <summary>Null where it is none: it may have been written at a peer.</summary>
    public EntryTime? ToEntryTime()
    {
        if (Local is null || Pattern.Parse(Local) is not { Success: true, Value: { Year: >= 1900 and < 2200 } local })
            return null;
        return Kind switch
        {
            TimeKind.Utc => EntryTime.Utc(local.InUtc().ToInstant()),
            TimeKind.Zoned => Zone is not null && DateTimeZoneProviders.Tzdb.GetZoneOrNull(Zone) is { } zone ? zone.At(local) : null,
            TimeKind.Floating => EntryTime.Floating(local),
            TimeKind.Date => EntryTime.Date(local.Date),
            _ => null,
        };
    }
}

/// <summary>Start and due of a todo, or of an instance of it, as its text says them.</summary>
/// <param name="Due">A date means all of that day.</param>
public readonly record struct TodoTimes(EntryTime? Start, EntryTime? Due)
{
    internal static TodoTimes Of(TimedComponent component) =>
        component.IsTimed ? Of(component, component.Start.ToEntryTime(), component.EndOf(component.Start).ToEntryTime()) : default;

    internal static TodoTimes Of(ComponentInstance instance) => Of(instance.Component, instance.Start, instance.End);

    /// <summary>What an instance says that is somewhere in the series.</summary>
    /// <param name="end">Exclusive.</param>
    public TodoTimes At(EntryTime start, EntryTime end) => Start is null ? new(null, start) : new(start, Due is null ? null : Said(end));

    private static TodoTimes Of(TimedComponent component, EntryTime start, EntryTime end) =>
        component.StartName == component.Kind.EndName ? new(null, start) : new(start, component.HasEnd ? Said(end) : null);

    private static EntryTime Said(EntryTime end) => end.IsDate ? EntryTime.Date(end.Local.Date.PlusDays(-1)) : end;
}
