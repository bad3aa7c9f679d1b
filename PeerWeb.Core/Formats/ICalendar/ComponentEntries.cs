using NodaTime;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Core.Formats.ICalendar;

/// <summary>What apps do alike whose entries are components of one kind with their changed instances.</summary>
/// <param name="detailOf">The JSON of <see cref="EntrySummary.Detail"/> for a component of a series; of the main one it is the entry's.</param>
public sealed class ComponentEntries(ComponentKind kind, Func<ComponentSeries, TimedComponent, string> detailOf)
{
    /// <summary>Instances of one entry within a horizon; more is refused.</summary>
    public const int MaxInstances = 10_000;

    public const string MediaType = "text/calendar";

    /// <inheritdoc cref="IApp.Index"/>
    public IndexedEntry Index(string text, TimeRange horizon) => CalendarText.Guard(() =>
    {
        var series = ComponentSeries.Read(text, kind);
        var extent = series.Extent();
        var instances = series.Instances(horizon, viewer: null, MaxInstances + 1);
        if (instances.Count > MaxInstances)
            throw new InvalidEntryException($"The {kind.Noun} repeats more than 10,000 times within two years.", series.Main.Component.Line);
        var summary = new ComponentSummary(series, detailOf);
        return new IndexedEntry(
            series.Uid,
            series.Text.Text,
            summary.Title,
            Folding.Fold(string.Join(' ', series.Components.SelectMany(component => SearchedText.Of(component.Component)).Distinct())),
            series.Text.Calendar.Tree().Any(component => component.IsPrivate),
            extent?.First,
            extent?.Last,
            extent is { IsUnbounded: true },
            summary.Detail,
            instances.ConvertAll(summary.Index));
    });

    /// <inheritdoc cref="IApp.Expand"/>
    public IReadOnlyList<IndexedInstance> Expand(string text, TimeRange range, DateTimeZone viewer, int limit) => CalendarText.Guard(() =>
    {
        var series = ComponentSeries.Read(text, kind);
        var summary = new ComponentSummary(series, detailOf);
        return series.Instances(range, viewer, limit).Take(limit).Select(summary.Index).ToList();
    });

    /// <inheritdoc cref="IApp.IsSame"/>
    /// <remarks>A stored text that is not read any more is another one, so that a good version replaces it.</remarks>
    public static bool IsSame(string stored, string text)
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

    /// <inheritdoc cref="IApp.SplitAsync"/>
    public IAsyncEnumerable<FileEntry> SplitAsync(Stream file, CancellationToken cancellationToken) => new CalendarFile(kind).SplitAsync(file, cancellationToken);

    /// <inheritdoc cref="IApp.JoinAsync"/>
    public static Task JoinAsync(IAsyncEnumerable<Entry> entries, Stream file, Action<SkippedEntry> onSkipped, CancellationToken cancellationToken) =>
        CalendarJoin.WriteAsync(entries, file, onSkipped, cancellationToken);
}
