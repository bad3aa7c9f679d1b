using PeerWeb.Core.Entries;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Core.Formats.ICalendar;

/// <summary>Titles and details of a series' instances; those of unchanged instances are said once, with the entry.</summary>
internal sealed class ComponentSummary
{
    private readonly Dictionary<TimedComponent, (string? Title, string? Detail)> _own = [];

    public ComponentSummary(ComponentSeries series, Func<ComponentSeries, TimedComponent, string> detailOf)
    {
        (Title, Detail) = (TitleOf(series.Main.Component), detailOf(series, series.Main));
        _own[series.Main] = (null, null);
        foreach (var component in series.Components.Where(component => component != series.Main))
        {
            var (title, detail) = (TitleOf(component.Component), detailOf(series, component));
            _own[component] = (title == Title ? null : title, detail == Detail ? null : detail);
        }
    }

    public string Title { get; }

    public string Detail { get; }

    public static string TitleOf(Component component) => DisplayText.OneLine(component.Text("SUMMARY") ?? string.Empty);

    public IndexedInstance Index(ComponentInstance instance)
    {
        var (title, detail) = _own[instance.Component];
        return new IndexedInstance(instance.RecurrenceId, instance.Start, instance.End, title, detail);
    }
}
