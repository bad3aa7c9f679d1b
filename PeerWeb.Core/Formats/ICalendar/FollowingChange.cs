using NodaTime;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Core.Formats.ICalendar;

/// <summary>A changed instance with RANGE=THISANDFUTURE: all instances after it move by the same difference and have its properties and duration.</summary>
/// <remarks>RFC 5545 3.2.13 and 3.8.4.4. Wall clocks count: what moves from nine to ten stays at ten when clocks change.</remarks>
internal sealed class FollowingChange
{
    private readonly CalendarTime _master;
    private readonly Period _wallClock;

    /// <param name="nominal">The start that it would have unchanged, as the master is typed.</param>
    public FollowingChange(TimedComponent component, CalendarTime master, LocalDateTime nominal)
    {
        (Component, _master, Nominal) = (component, master, nominal);
        var old = component.Start.IsDate ? nominal.Date.AtMidnight() : nominal;
        _wallClock = Period.Between(old, component.Start.Local, PeriodUnits.Days | PeriodUnits.AllTimeUnits);
        Shift = component.Start.InstantOrUtc - _master.At(nominal).InstantOrUtc;
    }

    public TimedComponent Component { get; }

    public LocalDateTime Nominal { get; }

    public Duration Shift { get; }

    /// <summary>Where an instance moves that would start at <paramref name="nominal"/>.</summary>
    public CalendarTime StartOf(LocalDateTime nominal)
    {
        // A time that was only converted to UTC keeps the master's wall clock.
        if (Component.Start.Kind == TimeKind.Utc && _master.At(nominal) is { Kind: TimeKind.Zoned, Instant: { } instant })
            return Component.Start.At(instant + Shift);
        var moved = nominal + _wallClock;
        return Component.Start.At(Component.Start.IsDate ? moved.Date.AtMidnight() : moved);
    }
}
