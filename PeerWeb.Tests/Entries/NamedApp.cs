using NodaTime;
using PeerWeb.Core.Calendars;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Tests.Entries;

/// <summary>An app of another name that takes what calendars take.</summary>
internal sealed class NamedApp(AppId id) : IApp
{
    private readonly CalendarApp _calendar = new();

    public AppId Id => id;

    public string CollectionNoun => id.Value;

    public string MediaType => _calendar.MediaType;

    public IndexedEntry Index(string text, TimeRange horizon) => _calendar.Index(text, horizon);

    public IReadOnlyList<IndexedInstance> Expand(string text, TimeRange range, DateTimeZone viewer, int limit) => _calendar.Expand(text, range, viewer, limit);

    public bool IsSame(string stored, string text) => _calendar.IsSame(stored, text);

    public IAsyncEnumerable<FileEntry> SplitAsync(Stream file, CancellationToken cancellationToken) => _calendar.SplitAsync(file, cancellationToken);

    public Task JoinAsync(IAsyncEnumerable<Entry> entries, Stream file, Action<SkippedEntry> onSkipped, CancellationToken cancellationToken) =>
        _calendar.JoinAsync(entries, file, onSkipped, cancellationToken);
}
