using PeerWeb.Core.Entries;
using PeerWeb.Core.Formats.ICalendar;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Core.Calendars;

/// <summary>Titles and details of a series' instances; those of unchanged instances are said once, with the entry.</summary>
internal sealed class EventSummary
{
    private readonly EventSeries _series;
    private readonly Dictionary<EventComponent, (string? Title, string? Detail)> _own = [];

    public EventSummary(EventSeries series)
    {
        _series = series;
        (Title, Detail) = Describe(series.Main);
        foreach (var component in series.Components)
        {
            var (title, detail) = Describe(component);
            _own[component] = (title == Title ? null : title, detail == Detail ? null : detail);
        }
    }

    public string Title { get; }

    public string Detail { get; }

    public IndexedInstance Index(EventInstance instance)
    {
        var (title, detail) = _own[instance.Component];
        return new IndexedInstance(instance.RecurrenceId, instance.Start, instance.End, title, detail);
    }

    private (string Title, string Detail) Describe(EventComponent component) =>
        (DisplayText.OneLine(component.Component.Text("SUMMARY") ?? string.Empty), CalendarEventDetail.Of(component.Component, _series.IsRecurring).ToJson());
}
