using NodaTime;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Formats.ICalendar;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Core.Calendars;

/// <summary>Calendars: entries are VEVENTs with their changed instances.</summary>
public sealed class CalendarApp : IApp
{
    /// <summary>Instances of one event within a horizon; more is refused.</summary>
    public const int MaxInstances = 10_000;

    public static readonly AppId AppId = AppId.Parse("calendar");

    public AppId Id => AppId;

    public string CollectionNoun => "calendar";

    public string MediaType => "text/calendar";

    public IndexedEntry Index(string text, TimeRange horizon) => CalendarText.Guard(() =>
    {
        var series = EventSeries.Read(text);
        var extent = series.Extent();
        var instances = series.Instances(horizon, viewer: null, MaxInstances + 1);
        if (instances.Count > MaxInstances)
            throw new InvalidEntryException("The event repeats more than 10,000 times within two years.", series.Main.Component.Line);
        var summary = new EventSummary(series);
        return new IndexedEntry(
            series.Uid,
            series.Text.Text,
            summary.Title,
            Folding.Fold(string.Join(' ', series.Components.SelectMany(component => SearchedText.Of(component.Component)).Distinct())),
            IsPrivate(series.Text.Calendar),
            extent.First,
            extent.Last,
            extent.IsUnbounded,
            summary.Detail,
            instances.ConvertAll(summary.Index));
    });

    public IReadOnlyList<IndexedInstance> Expand(string text, TimeRange range, DateTimeZone viewer, int limit) => CalendarText.Guard(() =>
    {
        var series = EventSeries.Read(text);
        var summary = new EventSummary(series);
        return series.Instances(range, viewer, limit).Take(limit).Select(summary.Index).ToList();
    });

    public IAsyncEnumerable<FileEntry> SplitAsync(Stream file, CancellationToken cancellationToken) =>
        new CalendarFile("VEVENT", "event").SplitAsync(file, cancellationToken);

    public Task JoinAsync(IAsyncEnumerable<Entry> entries, Stream file, Action<SkippedEntry> onSkipped, CancellationToken cancellationToken) =>
        CalendarJoin.WriteAsync(entries, file, onSkipped, cancellationToken);

    /// <remarks>A stored text that is not read any more is another one, so that a good version replaces it.</remarks>
    public bool IsSame(string stored, string text)
    {
        try
        {
            return CalendarText.Guard(() => CalendarComparison.IsSame(stored, text));
        }
        catch (InvalidEntryException)
        {
            return stored == text;
        }
    }

    /// <summary>An unknown or empty CLASS is private too: who wrote it meant to say something.</summary>
    private static bool IsPrivate(Component calendar) =>
        calendar.Tree().SelectMany(component => component.All("CLASS")).Any(line => !line.Value.Trim().Equals("PUBLIC", StringComparison.OrdinalIgnoreCase));
}
