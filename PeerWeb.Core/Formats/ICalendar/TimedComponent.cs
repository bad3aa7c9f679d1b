using NodaTime;
using PeerWeb.Core.Entries;

namespace PeerWeb.Core.Formats.ICalendar;

/// <summary>A component's times: start, and either an exact end or a nominal duration. Ends are exclusive, also where DUE names a day.</summary>
/// <remarks>RFC 5545 3.6.1: a date lasts a day, a time lasts nothing, where neither DTEND nor DURATION is there; so for DUE (3.6.2) and of a VJOURNAL (3.6.3).</remarks>
public sealed class TimedComponent
{
    private readonly CalendarTime? _start;
    private readonly CalendarTime? _end;
    private readonly Period? _duration;

    /// <exception cref="InvalidEntryException">No start where it needs one, an end before it, or times that cannot be read.</exception>
    public TimedComponent(Component component, CalendarZones zones, ComponentKind kind)
    {
        (Component, Kind) = (component, kind);
        if (component.Find("RECURRENCE-ID") is { } id)
        {
            RecurrenceId = CalendarTimeText.Read(id, zones);
            ChangesFollowing = id.Parameter("RANGE")?.Trim().Equals("THISANDFUTURE", StringComparison.OrdinalIgnoreCase) ?? false;
        }
        StartLine = FindStart(zones);
        _start = StartLine is not null ? CalendarTimeText.Read(StartLine, zones) : RecurrenceId;
        if (_start is null && kind.NeedsTime)
            throw new InvalidEntryException($"The {kind.Noun} has no start (DTSTART).", component.Line);
        if (StartLine?.Name != "DTSTART" && kind.SecondStart is not null)
            return;
        if (kind.EndName is { } endName && component.Find(endName) is { } end)
            _end = ReadEnd(end, zones);
        else if (kind.EndName is not null && component.Find("DURATION") is { } duration && _start is not null)
            _duration = ReadDuration(duration);
    }

    public Component Component { get; }

    public ComponentKind Kind { get; }

    /// <summary>Whether it has a start; what has none has no instance either.</summary>
    public bool IsTimed => _start is not null;

    /// <exception cref="InvalidOperationException">It has none.</exception>
    public CalendarTime Start => _start ?? throw new InvalidOperationException($"This {Kind.Noun} has no time.");

    /// <summary>The line that says the start; null where it has none, or is at its RECURRENCE-ID.</summary>
    public ContentLine? StartLine { get; }

    /// <summary>The name of that line, or which it would have.</summary>
    public string StartName => StartLine?.Name ?? "DTSTART";

    /// <summary>The line that says the end; null where there is none, or a duration.</summary>
    public ContentLine? EndLine => _end is not null && Kind.EndName is { } name ? Component.Find(name) : null;

    /// <summary>Whether it says an end, or how long it takes.</summary>
    public bool HasEnd => _end is not null || _duration is not null;

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

    /// <remarks>Some programs start a todo on a day and let it be due at a time, or before it starts; then DUE counts.</remarks>
    private ContentLine? FindStart(CalendarZones zones)
    {
        var start = Component.Find("DTSTART");
        if (Kind.SecondStart is not { } name || Component.Find(name) is not { } second)
            return start;
        if (start is null || RecurrenceId is not null || Component.Properties.Exists(line => line.Name is "RRULE" or "RDATE"))
            return start ?? second;
        var (from, to) = (CalendarTimeText.Read(start, zones), CalendarTimeText.Read(second, zones));
        return from.IsDate == to.IsDate && (from.Instant is null) == (to.Instant is null) && from.InstantOrUtc <= to.InstantOrUtc ? start : second;
    }

    private CalendarTime ReadEnd(ContentLine line, CalendarZones zones)
    {
        var end = CalendarTimeText.Read(line, zones);
        if (end.IsDate && Kind.IsOfItsLastDay)
            end = end.At(end.Local.PlusDays(1));
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
            throw new InvalidEntryException($"The {Kind.Noun} ends outside the years 1900 to 2200.", line.Number);
        var end = Start.Plus(duration);
        if (end.InstantOrUtc < Start.InstantOrUtc)
            throw new InvalidEntryException("The duration is negative.", line.Number);
        return end.Local.Year < 2200 ? duration : throw new InvalidEntryException($"The {Kind.Noun} ends outside the years 1900 to 2200.", line.Number);
    }
}
