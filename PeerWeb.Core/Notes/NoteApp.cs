using NodaTime;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Formats.ICalendar;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Core.Notes;

/// <summary>Notebooks: entries are VJOURNALs. A note without a date has no instance.</summary>
public sealed class NoteApp : IApp
{
    public static readonly AppId AppId = AppId.Parse("notes");

    private static readonly ComponentEntries Notes = new(ComponentKind.Journal, (_, component) => NoteDetail.Of(component.Component).ToJson());

    public AppId Id => AppId;

    public string CollectionNoun => "notebook";

    public string MediaType => ComponentEntries.MediaType;

    public IndexedEntry Index(string text, TimeRange horizon) => Notes.Index(text, horizon);

    public IReadOnlyList<IndexedInstance> Expand(string text, TimeRange range, DateTimeZone viewer, int limit) => Notes.Expand(text, range, viewer, limit);

    public bool IsSame(string stored, string text) => ComponentEntries.IsSame(stored, text);

    public IAsyncEnumerable<FileEntry> SplitAsync(Stream file, CancellationToken cancellationToken) => Notes.SplitAsync(file, cancellationToken);

    public Task JoinAsync(IAsyncEnumerable<Entry> entries, Stream file, Action<SkippedEntry> onSkipped, CancellationToken cancellationToken) =>
        ComponentEntries.JoinAsync(entries, file, onSkipped, cancellationToken);
}
