using NodaTime;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Core.Formats.ICalendar;

/// <summary>One instance: which it is, when, and the component that says what.</summary>
/// <param name="RecurrenceId">Basic format; null where the event does not recur.</param>
public sealed record EventInstance(string? RecurrenceId, EntryTime Start, EntryTime End, EventComponent Component);

/// <summary>From when to when an event reaches.</summary>
/// <param name="Last">Null where unbounded.</param>
public sealed record EventExtent(Instant First, Instant? Last)
{
    public bool IsUnbounded => Last is null;
}

/// <summary>All VEVENTs of one UID: a master with its changed instances, or such instances without their master.</summary>
/// <remarks>RFC 5545 3.8.5. DTSTART always is the first instance, whether or not a rule matches it, and COUNT counts it.</remarks>
public sealed class EventSeries
{
    private readonly EventComponent? _master;
    private readonly List<EventComponent> _overrides;
    private readonly SeriesExpansion? _expansion;

    private EventSeries(CalendarText text, Uid uid, EventComponent? master, List<EventComponent> overrides, SeriesExpansion? expansion, CalendarZones zones) =>
        (Text, Uid, _master, _overrides, _expansion, Zones) = (text, uid, master, overrides, expansion, zones);

    public CalendarText Text { get; }

    public Uid Uid { get; }

    /// <summary>The master, or the earliest changed instance where there is no master.</summary>
    public EventComponent Main => _master ?? _overrides[0];

    public EventComponent? Master => _master;

    /// <summary>The changed instances, by recurrence id.</summary>
    public IReadOnlyList<EventComponent> Overrides => _overrides;

    public CalendarZones Zones { get; }

    public IEnumerable<EventComponent> Components => _master is null ? _overrides : _overrides.Prepend(_master);

    public bool IsRecurring => _expansion?.Recurs ?? true;

    /// <exception cref="InvalidEntryException">Not one UID's events, beyond a cap, or with times that cannot be read.</exception>
    public static EventSeries Read(string text)
    {
        var calendarText = CalendarText.Read(text);
        var calendar = calendarText.Calendar;
        var foreign = calendar.Components.Find(component => component.Name is "VTODO" or "VJOURNAL" or "VFREEBUSY");
        if (foreign is not null)
            throw new InvalidEntryException($"{foreign.Name} is not an event.", foreign.Line);
        var events = calendar.Components.FindAll(component => component.Name == "VEVENT");
        if (events.Count == 0)
            throw new InvalidEntryException("There is no event (VEVENT) in the text.", null);
        var uid = ReadUid(events);
        var zones = new CalendarZones(calendar.Components.FindAll(component => component.Name == "VTIMEZONE"));
        var components = events.ConvertAll(component => new EventComponent(component, zones));
        var masters = components.FindAll(component => component.RecurrenceId is null);
        if (masters.Count > 1)
            throw new InvalidEntryException("Two events have the same UID and neither has a RECURRENCE-ID.", masters[1].Component.Line);
        var overrides = components.FindAll(component => component.RecurrenceId is not null);
        overrides.Sort((left, right) => left.RecurrenceId!.Value.InstantOrUtc.CompareTo(right.RecurrenceId!.Value.InstantOrUtc));
        var master = masters.Count == 1 ? masters[0] : null;
        var expansion = master is null ? null : new SeriesExpansion(master, overrides, zones);
        return CheckDistinct(new EventSeries(calendarText, uid, master, overrides, expansion, zones));
    }

    /// <exception cref="InvalidEntryException">The rules never match, or are too expensive.</exception>
    public EventExtent Extent()
    {
        var extents = _overrides.Select(component => (First: component.Start.InstantOrUtc, Last: (Instant?)component.EndOf(component.Start).InstantOrUtc)).ToList();
        if (_expansion?.Extent() is { } own)
            extents.Add(own);
        if (extents.Count == 0)
            extents.Add((Main.Start.InstantOrUtc, Main.EndOf(Main.Start).InstantOrUtc));
        return new EventExtent(extents.Min(extent => extent.First), extents.Exists(extent => extent.Last is null) ? null : extents.Max(extent => extent.Last));
    }

    /// <summary>Instances that overlap <paramref name="range"/>, by start, then recurrence id.</summary>
    /// <param name="viewer">Zone of dates and floating times; null fetches them with 14 hours to spare on both sides.</param>
    /// <param name="most">Of the unchanged ones no more than this are looked for.</param>
    /// <exception cref="InvalidEntryException">Too expensive to evaluate.</exception>
    public List<EventInstance> Instances(TimeRange range, DateTimeZone? viewer, int most)
    {
        List<EventInstance> found = _expansion is null ? [] : [.. _expansion.Instances(range, viewer, most)];
        found.AddRange(_overrides.Where(changed => SeriesExpansion.Overlaps((changed.Start, changed.EndOf(changed.Start), changed), range, viewer)).Select(changed => Of(RecurrenceIdOf(changed), changed)));
        found.Sort((left, right) =>
        {
            var byStart = left.Start.InstantFor(viewer ?? DateTimeZone.Utc).CompareTo(right.Start.InstantFor(viewer ?? DateTimeZone.Utc));
            return byStart != 0 ? byStart : string.CompareOrdinal(left.RecurrenceId, right.RecurrenceId);
        });
        return found;
    }

    /// <summary>The instance with this recurrence id, whether or not the rules still generate it; without id, or for one that is no time, the event as such.</summary>
    public EventInstance Instance(string? recurrenceId)
    {
        if (recurrenceId is not null && _overrides.Find(component => RecurrenceIdOf(component) == recurrenceId) is { } changed)
            return Of(recurrenceId, changed);
        if (recurrenceId is not null && _expansion is not null && CalendarTimeText.ParseBasic(recurrenceId.TrimEnd('Z')) is { } nominal)
            return _expansion.Instance(recurrenceId, nominal);
        return Of(null, Main);
    }

    /// <summary>Whether there is an instance with this recurrence id: a changed one, or one that is generated and not left out.</summary>
    public bool Has(string recurrenceId) =>
        _overrides.Exists(changed => RecurrenceIdOf(changed) == recurrenceId) || Generates(recurrenceId);

    /// <summary>Whether no instance is left.</summary>
    public bool IsEmpty => _overrides.Count == 0 && (_expansion?.IsEmpty ?? true);

    /// <summary>Basic format, typed as the master is.</summary>
    public string RecurrenceIdOf(EventComponent changed) =>
        _master is null ? changed.RecurrenceId!.Value.ToBasicFormat() : _master.Start.At(NominalOf(changed)).ToBasicFormat();

    /// <summary>The start that a changed instance would have unchanged, as the master is typed.</summary>
    public LocalDateTime NominalOf(EventComponent changed)
    {
        var id = changed.RecurrenceId!.Value;
        return _expansion?.Nominal(id) ?? id.Local;
    }

    private bool Generates(string recurrenceId) =>
        _expansion is not null && CalendarTimeText.ParseBasic(recurrenceId.TrimEnd('Z')) is { } nominal && _expansion.Generates(nominal);

    private static EventInstance Of(string? id, EventComponent component) =>
        new(id, component.Start.ToEntryTime(), component.EndOf(component.Start).ToEntryTime(), component);

    private static Uid ReadUid(List<Component> events)
    {
        Uid? uid = null;
        foreach (var component in events)
        {
            var line = component.Find("UID") ?? throw new InvalidEntryException("The event has no UID.", component.Line);
            if (!Uid.TryParse(TextValue.Unescape(line.Value).Trim(), out var own))
                throw new InvalidEntryException($"The UID is empty or longer than {Uid.MaxLength} characters.", line.Number);
            if (uid is { } first && first != own)
                throw new InvalidEntryException("An entry is one event with its changed instances, but this text has several UIDs.", line.Number);
            uid = own;
        }
        return uid ?? throw new InvalidEntryException("There is no event (VEVENT) in the text.", null);
    }

    private static EventSeries CheckDistinct(EventSeries series)
    {
        var ids = new HashSet<string>();
        foreach (var changed in series._overrides)
        {
            if (!ids.Add(series.RecurrenceIdOf(changed)))
                throw new InvalidEntryException("Two changed instances have the same RECURRENCE-ID.", changed.Component.Line);
        }
        return series;
    }
}
