using NodaTime;
using PeerWeb.Core.Entries;

namespace PeerWeb.Core.Formats.ICalendar;

/// <summary>A VEVENT's times: start, and either an exact end or a nominal duration.</summary>
/// <remarks>RFC 5545 3.6.1: a date lasts a day, a time lasts nothing, where neither DTEND nor DURATION is there.</remarks>
public sealed class EventComponent
{
    private readonly CalendarTime? _end;
    private readonly Period? _duration;

    /// <exception cref="InvalidEntryException">No start, an end before it, or times that cannot be read.</exception>
    public EventComponent(Component component, CalendarZones zones)
    {
        Component = component;
        if (component.Find("RECURRENCE-ID") is { } id)
        {
            RecurrenceId = CalendarTimeText.Read(id, zones);
            ChangesFollowing = id.Parameter("RANGE")?.Trim().Equals("THISANDFUTURE", StringComparison.OrdinalIgnoreCase) ?? false;
        }
        Start = component.Find("DTSTART") is { } start
            ? CalendarTimeText.Read(start, zones)
            : RecurrenceId ?? throw new InvalidEntryException("The event has no start (DTSTART).", component.Line);
        if (component.Find("DTEND") is { } end)
            _end = ReadEnd(end, zones);
        else if (component.Find("DURATION") is { } duration)
            _duration = ReadDuration(duration);
    }

    public Component Component { get; }

    public CalendarTime Start { get; }

    /// <summary>Which instance this changes; null of the master.</summary>
    public CalendarTime? RecurrenceId { get; }

    /// <summary>Whether it changes the instances after it as well.</summary>
    /// <remarks>RFC 5545 3.2.13, RANGE=THISANDFUTURE.</remarks>
    public bool ChangesFollowing { get; }

    public bool IsCancelled => Component.Text("STATUS")?.Equals("CANCELLED", StringComparison.OrdinalIgnoreCase) ?? false;

    /// <summary>The end of an instance that starts at <paramref name="start"/>, which is of this component's kind and zone.</summary>
    /// <remarks>RFC 5545 3.8.5.3: DTEND gives every instance the same exact duration, DURATION the same nominal one.</remarks>
    public CalendarTime EndOf(CalendarTime start)
    {
        if (_end is { } end)
        {
            return end.Instant is { } to && Start.Instant is { } from
                ? end.At(start.Instant.GetValueOrDefault() + (to - from))
                : start.At(start.Local + Period.Between(Start.Local, end.Local, PeriodUnits.Days | PeriodUnits.AllTimeUnits));
        }
        if (_duration is not null)
            return start.Plus(_duration);
        return start.IsDate ? start.At(start.Local.PlusDays(1)) : start;
    }

    private CalendarTime ReadEnd(ContentLine line, CalendarZones zones)
    {
        var end = CalendarTimeText.Read(line, zones);
        if (end.IsDate != Start.IsDate || (end.Instant is null) != (Start.Instant is null))
            throw new InvalidEntryException("Start and end are of different kinds (a date, a time with or without a zone).", line.Number);
        if (end.IsDate && end.Local == Start.Local)
            return end.At(end.Local.PlusDays(1));
        return end.InstantOrUtc >= Start.InstantOrUtc ? end : throw new InvalidEntryException("The end is before the start.", line.Number);
    }

    private Period ReadDuration(ContentLine line)
    {
        var duration = CalendarTimeText.ReadDuration(line.Value) ?? throw new InvalidEntryException("DURATION is not a duration.", line.Number);
        if (!CalendarTimeText.IsWithinYears(duration))
            throw new InvalidEntryException("The event ends outside the years 1900 to 2200.", line.Number);
        var end = Start.Plus(duration);
        if (end.InstantOrUtc < Start.InstantOrUtc)
            throw new InvalidEntryException("The duration is negative.", line.Number);
        return end.Local.Year < 2200 ? duration : throw new InvalidEntryException("The event ends outside the years 1900 to 2200.", line.Number);
    }
}
