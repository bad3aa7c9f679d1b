using PeerWeb.Core.Federation.Merge;
using PeerWeb.Core.Primitives;
using PeerWeb.Core.Todos;

namespace PeerWeb.Features.Todos;

/// <summary>Which todo, or which instance of a repeating one, of which source.</summary>
public readonly record struct TodoKey(SourceId Source, Uid Uid, string? RecurrenceId)
{
    public static TodoKey Of(ShownTodo todo) => new(new SourceId(todo.Owner, TodoApp.AppId, todo.Collection), todo.Uid, todo.RecurrenceId);
}
