using PeerWeb.Core.Federation.Merge;
using PeerWeb.Core.Todos;
using PeerWeb.Features.Todos.Edit;
using PeerWeb.Shared;
using PeerWeb.Shared.Entries;

namespace PeerWeb.Features.Todos;

/// <summary>Todos in the calendar, on the day on which each is due.</summary>
internal static class DueTodos
{
    public static CalendarLayer Layer(EntryCalls<TodoForm> calls) => new(
        TodoApp.AppId, "Due todos", TodoKind.Nouns, Order: 2, Read, (entry, isDone, scene, token) => CheckAsync(calls, entry, isDone, scene, token));

    public static LayerEntry? Read(MergedEntry entry) =>
        ShownOf(entry) is { Due: not null, Progress.Status: not TodoStatus.Cancelled } todo ? new LayerEntry(AtEnd: true, IsDone: !todo.IsOpen) : null;

    private static ShownTodo ShownOf(MergedEntry entry) => ShownTodo.Of(entry.Source.Owner, entry.Summary);

    private static Task<EntryResult.Done> CheckAsync(EntryCalls<TodoForm> calls, MergedEntry entry, bool isDone, EntryScene scene, CancellationToken cancellationToken)
    {
        var todo = ShownOf(entry);
        var status = isDone ? TodoStatus.Completed : TodoStatus.NeedsAction;
        return new TodoWriting(calls).ChangeAsync(
            TodoKey.Of(todo), text => TodoEdits.WithStatus(text, todo.RecurrenceId, status, scene.Now), TodoEdits.Told(todo.Title, status), scene, cancellationToken);
    }
}
