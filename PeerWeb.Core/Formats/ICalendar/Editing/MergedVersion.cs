using NodaTime.Text;

namespace PeerWeb.Core.Formats.ICalendar.Editing;

/// <summary>One version of an entry, its components by the instance that they are.</summary>
internal sealed class MergedVersion
{
    /// <summary>Of the master.</summary>
    public const string MasterKey = "";

    private static readonly LocalDatePattern Day = LocalDatePattern.CreateWithInvariantCulture("d MMMM uuuu");

    private readonly Dictionary<string, ComponentLines> _components = [];

    private MergedVersion(ComponentDocument document)
    {
        Document = document;
        foreach (var component in document.Series.Components)
            _components[component == document.Series.Master ? MasterKey : document.Series.RecurrenceIdOf(component)] = document.LinesOf(component);
    }

    public ComponentDocument Document { get; }

    public ComponentLines? Master => Find(MasterKey);

    /// <summary>The VCALENDAR without entries and zones.</summary>
    public ComponentLines Calendar
    {
        get
        {
            var calendar = Document.Calendar.Copy();
            foreach (var component in calendar.Components.Where(component => component.Name == Document.Kind.Name || component.Name == "VTIMEZONE").ToList())
                calendar.Remove(component);
            return calendar;
        }
    }

    public IEnumerable<string> Keys => _components.Keys;

    public static MergedVersion Read(string text, ComponentKind kind) => new(ComponentDocument.Read(text, kind));

    public ComponentLines? Find(string key) => _components.GetValueOrDefault(key);

    /// <summary>The component, or what it would be for an instance that is unchanged; null where there is no such instance.</summary>
    public ComponentLines? FindOrImply(string key) => Find(key)
        ?? (key != MasterKey && Document.Series.Master is not null && Document.Series.Has(key) ? InstanceChange.MakeOverride(Document, key) : null);

    /// <summary>Which day an instance is of; null of the master, and where there is no such component.</summary>
    public static string? NameOf(string key) =>
        key != MasterKey && CalendarTimeText.ParseBasic(key.TrimEnd('Z')) is { } start ? Day.Format(start.Date) : null;

    public string SayInstance(string key) => Find(key) is { } lines
        ? PropertyWords.Say("SUMMARY", lines, Document) + ", " + PropertyWords.Say(PropertyUnits.When, lines, Document)
        : Document.Series.Has(key) ? "as all others" : "removed";
}
