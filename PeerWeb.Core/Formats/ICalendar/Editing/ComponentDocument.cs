using NodaTime;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Core.Formats.ICalendar.Editing;

/// <summary>An entry's text, read as a series and open for changes of single lines.</summary>
internal sealed class ComponentDocument
{
    private ComponentDocument(ComponentSeries series, ComponentLines calendar) => (Series, Calendar) = (series, calendar);

    /// <summary>As it was read; changes of lines do not show in it.</summary>
    public ComponentSeries Series { get; }

    public ComponentLines Calendar { get; }

    public ComponentKind Kind => Series.Kind;

    /// <exception cref="InvalidEntryException">The text is none of that kind.</exception>
    public static ComponentDocument Read(string text, ComponentKind kind)
    {
        var series = ComponentSeries.Read(text, kind);
        // Read once more as it is stored, so that the line numbers of the two agree.
        series = ComponentSeries.Read(series.Text.Text, kind);
        return new ComponentDocument(series, ComponentLines.Read(ContentLines.Read(series.Text.Text)));
    }

    public ComponentLines LinesOf(TimedComponent component) => Calendar.Components.First(lines => lines.Line == component.Component.Line);

    public void SetUid(Uid uid)
    {
        foreach (var component in Series.Components)
            LinesOf(component).Set($"UID:{TextValue.Escape(uid.Value)}");
    }

    /// <summary>Adds the rules of the zone where the text has none of that name.</summary>
    public void NeedZone(EntryTime time)
    {
        if (time.ZoneId is { } id && !Calendar.Components.Any(zone => zone.Name == "VTIMEZONE" && zone.Find("TZID")?.Value.Trim() == id))
            Calendar.AddFirst(ZoneText.Write(id, time.Instant.GetValueOrDefault()));
    }

    /// <exception cref="InvalidEntryException">What came out is beyond a cap, or none of that kind any more.</exception>
    public string Write()
    {
        var series = ComponentSeries.Read(ContentLines.Write(Calendar.All()), Kind);
        series.Extent();
        return series.Text.Text;
    }

    /// <summary>As <see cref="Write"/>, or null where no instance is left.</summary>
    public string? WriteUnlessEmpty() =>
        Calendar.Components.Any(component => component.Name == Kind.Name) && !Again().Series.IsEmpty ? Write() : null;

    /// <summary>The document as its lines are now.</summary>
    public ComponentDocument Again() => Read(ContentLines.Write(Calendar.All()), Kind);

    /// <summary>Marks a component as changed.</summary>
    /// <remarks>RFC 5545 3.8.7.2, 3.8.7.3 and 3.8.7.4; SEQUENCE as in RFC 5546 2.1.4.</remarks>
    public static void Stamp(ComponentLines component, Instant now, bool isRescheduled)
    {
        component.Set($"DTSTAMP:{TimeLine.Utc(now)}");
        component.Set($"LAST-MODIFIED:{TimeLine.Utc(now)}");
        if (isRescheduled)
            component.Set(FormattableString.Invariant($"SEQUENCE:{SequenceOf(component) + 1}"));
    }

    public static int SequenceOf(ComponentLines component) =>
        component.Find("SEQUENCE") is { } line && int.TryParse(line.Value, out var sequence) && sequence is >= 0 and < int.MaxValue ? sequence : 0;
}
