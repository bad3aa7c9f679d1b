namespace PeerWeb.Core.Todos;

/// <summary>What one column of a board shows.</summary>
public sealed record BoardColumn(TodoStatus Status, IReadOnlyList<ShownTodo> Todos);

/// <summary>The same todos as columns by status.</summary>
public static class TodoBoard
{
    /// <summary>One column for each status, in the order of a todo's life; within one as they come.</summary>
    public static IReadOnlyList<BoardColumn> Columns(IEnumerable<ShownTodo> shown)
    {
        var byStatus = shown.ToLookup(todo => todo.Progress.Status);
        return [.. Enum.GetValues<TodoStatus>().Select(status => new BoardColumn(status, [.. byStatus[status]]))];
    }
}
