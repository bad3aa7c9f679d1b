using NodaTime;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Core.Formats.ICalendar.Editing;

/// <summary>How a whole series moves: its old and new start, and the wall-clock difference between them for every instance.</summary>
internal sealed record SeriesShift
{
    private readonly Period _by;

    /// <param name="before">Start of the instance that was moved.</param>
    public SeriesShift(CalendarTime seriesStart, EntryTime before, EntryTime after)
    {
        OldStart = seriesStart;
        var keeps = TimeLine.IsAlike(before, after);
        var form = keeps ? seriesStart : after.ToCalendarTime();
        Days = Period.Between(before.Local.Date, after.Local.Date, PeriodUnits.Days).Days;
        _by = seriesStart.IsDate || form.IsDate ? Period.FromDays(Days) : Period.Between(before.Local, after.Local, PeriodUnits.Seconds);
        var local = seriesStart.Local + _by;
        NewStart = form.At(seriesStart.IsDate && !form.IsDate ? local.Date + after.Local.TimeOfDay : form.IsDate ? local.Date.AtMidnight() : local);
        // Days by which the dates of the series move; instances in another zone may cross midnight elsewhere.
        Days = Period.Between(OldStart.Local.Date, NewStart.Local.Date, PeriodUnits.Days).Days;
        KeepsForm = NewStart.Kind == OldStart.Kind && Equals(NewStart.Zone?.Id, OldStart.Zone?.Id);
        ChangesKind = NewStart.IsDate != OldStart.IsDate || (NewStart.Instant is null) != (OldStart.Instant is null);
    }

    public CalendarTime OldStart { get; }

    public CalendarTime NewStart { get; }

    public int Days { get; }

    /// <summary>Whether kind and zone stay.</summary>
    public bool KeepsForm { get; }

    /// <summary>Whether dates become times, or times with a zone such without, or the reverse.</summary>
    public bool ChangesKind { get; }

    public bool IsNone => KeepsForm && OldStart.Local == NewStart.Local;

    public bool IsWholeDays => OldStart.Local.TimeOfDay == NewStart.Local.TimeOfDay;

    /// <summary>Where instances are afterwards that do not move as far as the start does.</summary>
    public IReadOnlyDictionary<LocalDateTime, LocalDateTime> Places { get; init; } = new Dictionary<LocalDateTime, LocalDateTime>();

    /// <summary>Where the instance is that was at <paramref name="nominal"/>.</summary>
    public CalendarTime Map(LocalDateTime nominal)
    {
        if (Places.TryGetValue(nominal, out var place))
            return NewStart.At(place);
        if (NewStart.IsDate)
            return NewStart.At(nominal.Date.PlusDays(Days).AtMidnight());
        return NewStart.At(OldStart.IsDate ? nominal.Date.PlusDays(Days) + NewStart.Local.TimeOfDay : nominal + _by);
    }

    /// <summary>A time of its own kind, moved as far as the instance at <paramref name="nominal"/> is.</summary>
    public LocalDateTime Move(LocalDateTime local, bool isDate, LocalDateTime nominal)
    {
        var isByDays = isDate || OldStart.IsDate || NewStart.IsDate;
        if (Places.TryGetValue(nominal, out var place))
            return isByDays ? local.PlusDays(Period.DaysBetween(nominal.Date, place.Date)) : local + Period.Between(nominal, place, PeriodUnits.Seconds);
        return isByDays ? local.PlusDays(Days) : local + _by;
    }
}
