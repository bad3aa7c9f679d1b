using NodaTime;
using PeerWeb.Core.Entries;

namespace PeerWeb.Core.Formats.ICalendar;

/// <summary>What a master lists one by one: RDATEs, EXDATEs, and the instances that overrides change.</summary>
/// <remarks>RFC 5545 3.8.5.1 and 3.8.5.2. All as wall-clock times that are typed as DTSTART is.</remarks>
internal sealed class ListedDates
{
    private readonly CalendarTime _start;
    private readonly HashSet<LocalDateTime> _left = [];
    private readonly HashSet<Instant> _leftInstants = [];
    private readonly HashSet<LocalDate> _leftDays = [];
    private readonly Dictionary<LocalDateTime, CalendarTime> _ends = [];

    public ListedDates(TimedComponent master, List<TimedComponent> overrides, CalendarZones zones)
    {
        _start = master.Start;
        foreach (var line in master.Component.Properties)
        {
            if (line.Name == "RDATE")
                Add(line, zones);
            else if (line.Name == "EXDATE")
                LeaveOut(line, zones);
        }
        foreach (var changed in overrides)
            LeaveOut(changed.RecurrenceId.GetValueOrDefault(), isChanged: true);
    }

    /// <summary>RDATEs.</summary>
    public HashSet<LocalDateTime> Added { get; } = [];

    /// <summary>Of the RDATEs that are periods.</summary>
    public IReadOnlyDictionary<LocalDateTime, CalendarTime> OwnEnds => _ends;

    public bool LeavesOut(LocalDateTime start)
    {
        if (_left.Count + _leftDays.Count == 0)
            return false;
        if (_left.Contains(start) || _leftDays.Contains(start.Date))
            return true;
        return _leftInstants.Count > 0 && _start.At(start).Instant is { } instant && _leftInstants.Contains(instant);
    }

    private void Add(ContentLine line, CalendarZones zones)
    {
        foreach (var (time, end) in CalendarTimeText.ReadList(line, zones))
        {
            var start = _start.LocalLikeMe(time);
            Added.Add(start);
            if (end is not null && !_start.IsDate)
                _ends[start] = _start.At(_start.LocalLikeMe(ReadEnd(time, end, line, zones)));
        }
    }

    /// <remarks>RFC 5545 3.3.9: an end, or a length.</remarks>
    private static CalendarTime ReadEnd(CalendarTime start, string text, ContentLine line, CalendarZones zones)
    {
        CalendarTime? end = CalendarTimeText.ReadDuration(text) is not { } length ? CalendarTimeText.Read(text, line, zones)
            : CalendarTimeText.IsWithinYears(length) ? start.Plus(length) : null;
        return end is { Local.Year: >= 1900 and < 2200 } found && found.InstantOrUtc >= start.InstantOrUtc && found.IsDate == start.IsDate
            ? found
            : throw new InvalidEntryException("A period ends before it starts, or outside the years 1900 to 2200.", line.Number);
    }

    private void LeaveOut(ContentLine line, CalendarZones zones)
    {
        foreach (var (time, _) in CalendarTimeText.ReadList(line, zones))
            LeaveOut(time, isChanged: false);
    }

    private void LeaveOut(CalendarTime time, bool isChanged)
    {
        // Many exporters exclude a whole day of a timed event by its date.
        if (time.IsDate && !_start.IsDate && !isChanged)
            _leftDays.Add(time.Local.Date);
        _left.Add(_start.LocalLikeMe(time));
        if (time.Instant is { } instant)
            _leftInstants.Add(instant);
    }
}
