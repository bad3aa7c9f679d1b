using NodaTime;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Core.Formats.ICalendar;

/// <summary>One instance: which it is, when, and the component that says what.</summary>
/// <param name="RecurrenceId">Basic format; null where the entry does not recur.</param>
public sealed record ComponentInstance(string? RecurrenceId, EntryTime Start, EntryTime End, TimedComponent Component);

/// <summary>From when to when an entry reaches.</summary>
/// <param name="Last">Null where unbounded.</param>
public sealed record ComponentExtent(Instant First, Instant? Last)
{
    public bool IsUnbounded => Last is null;
}

/// <summary>All components of one UID: a master with its changed instances, or such instances without their master.</summary>
/// <remarks>RFC 5545 3.8.5. DTSTART always is the first instance, whether or not a rule matches it, and COUNT counts it.</remarks>
public sealed class ComponentSeries
{
    private readonly TimedComponent? _master;
    private readonly List<TimedComponent> _overrides;
    private readonly SeriesExpansion? _expansion;

    private ComponentSeries(CalendarText text, ComponentKind kind, Uid uid, TimedComponent? master, List<TimedComponent> overrides, SeriesExpansion? expansion, CalendarZones zones) =>
        (Text, Kind, Uid, _master, _overrides, _expansion, Zones) = (text, kind, uid, master, overrides, expansion, zones);

    public CalendarText Text { get; }

    public ComponentKind Kind { get; }

    public Uid Uid { get; }

    /// <summary>The master, or the earliest changed instance where there is no master.</summary>
    public TimedComponent Main => _master ?? _overrides[0];

    public TimedComponent? Master => _master;

    /// <summary>The changed instances, by recurrence id.</summary>
    public IReadOnlyList<TimedComponent> Overrides => _overrides;

    public CalendarZones Zones { get; }

    public IEnumerable<TimedComponent> Components => _master is null ? _overrides : _overrides.Prepend(_master);

    public bool IsRecurring => _expansion?.Recurs ?? _master is null;

    /// <summary>Whether there is a time; without one there are no instances.</summary>
    public bool IsTimed => Main.IsTimed;

    /// <exception cref="InvalidEntryException">Not one UID's components of that kind, beyond a cap, or with times that cannot be read.</exception>
    public static ComponentSeries Read(string text, ComponentKind kind)
    {
        var calendarText = CalendarText.Read(text);
        var calendar = calendarText.Calendar;
        if (calendar.Components.Find(component => kind.IsOther(component.Name)) is { } foreign)
            throw new InvalidEntryException($"{foreign.Name} is not {kind.One}.", foreign.Line);
        var own = calendar.Components.FindAll(component => component.Name == kind.Name);
        var uid = ReadUid(own, kind);
        var zones = new CalendarZones(calendar.Components.FindAll(component => component.Name == "VTIMEZONE"));
        var components = own.ConvertAll(component => new TimedComponent(component, zones, kind));
        var masters = components.FindAll(component => component.RecurrenceId is null);
        if (masters.Count > 1)
            throw new InvalidEntryException($"Two {kind.Noun}s have the same UID and neither has a RECURRENCE-ID.", masters[1].Component.Line);
        var overrides = components.FindAll(component => component.RecurrenceId is not null);
        overrides.Sort((left, right) => left.RecurrenceId!.Value.InstantOrUtc.CompareTo(right.RecurrenceId!.Value.InstantOrUtc));
        var master = masters.Count == 1 ? masters[0] : null;
        if (master is { IsTimed: false } && (overrides.Count > 0 || master.Component.Properties.Exists(line => line.Name is "RRULE" or "RDATE")))
            throw new InvalidEntryException($"The {kind.Noun} repeats, but has no start ({string.Join(" or ", new[] { "DTSTART", kind.SecondStart }.OfType<string>())}).", master.Component.Line);
        var expansion = master is { IsTimed: true } ? new SeriesExpansion(master, overrides, zones) : null;
        return CheckDistinct(new ComponentSeries(calendarText, kind, uid, master, overrides, expansion, zones));
    }

    /// <summary>Null where there is no time.</summary>
    /// <exception cref="InvalidEntryException">The rules never match, or are too expensive.</exception>
    public ComponentExtent? Extent()
    {
        if (!IsTimed)
            return null;
        var extents = _overrides.Select(component => (First: component.Start.InstantOrUtc, Last: (Instant?)component.EndOf(component.Start).InstantOrUtc)).ToList();
        if (_expansion?.Extent() is { } own)
            extents.Add(own);
        if (extents.Count == 0)
            extents.Add((Main.Start.InstantOrUtc, Main.EndOf(Main.Start).InstantOrUtc));
        return new ComponentExtent(extents.Min(extent => extent.First), extents.Exists(extent => extent.Last is null) ? null : extents.Max(extent => extent.Last));
    }

    /// <summary>Instances that overlap <paramref name="range"/>, by start, then recurrence id.</summary>
    /// <param name="viewer">Zone of dates and floating times; null fetches them with 14 hours to spare on both sides.</param>
    /// <param name="most">Of the unchanged ones no more than this are looked for.</param>
    /// <exception cref="InvalidEntryException">Too expensive to evaluate.</exception>
    public List<ComponentInstance> Instances(TimeRange range, DateTimeZone? viewer, int most)
    {
        List<ComponentInstance> found = _expansion is null ? [] : [.. _expansion.Instances(range, viewer, most)];
        found.AddRange(_overrides.Where(changed => SeriesExpansion.Overlaps((changed.Start, changed.EndOf(changed.Start), changed), range, viewer)).Select(changed => Of(RecurrenceIdOf(changed), changed)));
        found.Sort((left, right) =>
        {
            var byStart = left.Start.InstantFor(viewer ?? DateTimeZone.Utc).CompareTo(right.Start.InstantFor(viewer ?? DateTimeZone.Utc));
            return byStart != 0 ? byStart : string.CompareOrdinal(left.RecurrenceId, right.RecurrenceId);
        });
        return found;
    }

    /// <summary>The first instance, by start, that is unchanged or whose change <paramref name="isWanted"/>; null where there is none.</summary>
    /// <exception cref="InvalidEntryException">Too expensive to evaluate.</exception>
    public ComponentInstance? First(Predicate<TimedComponent> isWanted)
    {
        var changed = _overrides.Where(component => isWanted(component)).Select(component => Of(RecurrenceIdOf(component), component));
        return changed.Append(_expansion?.First()).OfType<ComponentInstance>().MinBy(instance => instance.Start.InstantFor(DateTimeZone.Utc));
    }

    /// <summary>The instance with this recurrence id, whether or not the rules still generate it; without id, or for one that is no time, the entry as such.</summary>
    public ComponentInstance Instance(string? recurrenceId)
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
    public bool IsEmpty => IsTimed && _overrides.Count == 0 && (_expansion?.IsEmpty ?? true);

    /// <summary>Basic format, typed as the master is.</summary>
    public string RecurrenceIdOf(TimedComponent changed) =>
        _master is null ? changed.RecurrenceId!.Value.ToBasicFormat() : _master.Start.At(NominalOf(changed)).ToBasicFormat();

    /// <summary>The start that a changed instance would have unchanged, as the master is typed.</summary>
    public LocalDateTime NominalOf(TimedComponent changed)
    {
        var id = changed.RecurrenceId!.Value;
        return _expansion?.Nominal(id) ?? id.Local;
    }

    private bool Generates(string recurrenceId) =>
        _expansion is not null && CalendarTimeText.ParseBasic(recurrenceId.TrimEnd('Z')) is { } nominal && _expansion.Generates(nominal);

    private static ComponentInstance Of(string? id, TimedComponent component) =>
        new(id, component.Start.ToEntryTime(), component.EndOf(component.Start).ToEntryTime(), component);

    private static Uid ReadUid(List<Component> components, ComponentKind kind)
    {
        Uid? uid = null;
        foreach (var component in components)
        {
            var line = component.Find("UID") ?? throw new InvalidEntryException($"The {kind.Noun} has no UID.", component.Line);
            if (!Uid.TryParse(TextValue.Unescape(line.Value).Trim(), out var own))
                throw new InvalidEntryException($"The UID is empty or longer than {Uid.MaxLength} characters.", line.Number);
            if (uid is { } first && first != own)
                throw new InvalidEntryException($"An entry is one {kind.Noun} with its changed instances, but this text has several UIDs.", line.Number);
            uid = own;
        }
        return uid ?? throw new InvalidEntryException($"There is no {kind.Noun} ({kind.Name}) in the text.", null);
    }

    private static ComponentSeries CheckDistinct(ComponentSeries series)
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
