using NodaTime;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Formats.ICalendar;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Core.Todos;

/// <summary>Todo lists: entries are VTODOs with their changed instances. A todo is where it is due, from its start where it has one; one without either has no instance.</summary>
public sealed class TodoApp : IApp
{
    public static readonly AppId AppId = AppId.Parse("todo");

    private static readonly ComponentEntries Todos = new(ComponentKind.Todo, (series, component) => TodoDetail.Of(series, component).ToJson());

    public AppId Id => AppId;

    public string CollectionNoun => "todo list";

    public string MediaType => ComponentEntries.MediaType;

    public IndexedEntry Index(string text, TimeRange horizon) => Todos.Index(text, horizon);

    public IReadOnlyList<IndexedInstance> Expand(string text, TimeRange range, DateTimeZone viewer, int limit) => Todos.Expand(text, range, viewer, limit);

    public bool IsSame(string stored, string text) => ComponentEntries.IsSame(stored, text);

    public IAsyncEnumerable<FileEntry> SplitAsync(Stream file, CancellationToken cancellationToken) => Todos.SplitAsync(file, cancellationToken);

    public Task JoinAsync(IAsyncEnumerable<Entry> entries, Stream file, Action<SkippedEntry> onSkipped, CancellationToken cancellationToken) =>
        ComponentEntries.JoinAsync(entries, file, onSkipped, cancellationToken);
}
