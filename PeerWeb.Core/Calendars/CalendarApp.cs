using NodaTime;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Formats.ICalendar;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Core.Calendars;

/// <summary>Calendars: entries are VEVENTs with their changed instances.</summary>
public sealed class CalendarApp : IApp
{
    public static readonly AppId AppId = AppId.Parse("calendar");

    private static readonly ComponentEntries Events = new(ComponentKind.Event, (series, component) => CalendarEventDetail.Of(component.Component, series.IsRecurring).ToJson());

    public AppId Id => AppId;

    public string CollectionNoun => "calendar";

    public bool HasBusyTime => true;

    /// <remarks>RFC 5545 3.8.2.7: TRANSP; what is cancelled takes no time either.</remarks>
    public bool IsBusy(string detail) => CalendarEventDetail.Parse(detail) is { Transparency: Transparency.Opaque, Status: not EventStatus.Cancelled };

    public string MediaType => ComponentEntries.MediaType;

    public IndexedEntry Index(string text, TimeRange horizon) => Events.Index(text, horizon);

    public IReadOnlyList<IndexedInstance> Expand(string text, TimeRange range, DateTimeZone viewer, int limit) => Events.Expand(text, range, viewer, limit);

    public bool IsSame(string stored, string text) => ComponentEntries.IsSame(stored, text);

    public IAsyncEnumerable<FileEntry> SplitAsync(Stream file, CancellationToken cancellationToken) => Events.SplitAsync(file, cancellationToken);

    public Task JoinAsync(IAsyncEnumerable<Entry> entries, Stream file, Action<SkippedEntry> onSkipped, CancellationToken cancellationToken) =>
        ComponentEntries.JoinAsync(entries, file, onSkipped, cancellationToken);
}
