using Microsoft.AspNetCore.Components;
using PeerWeb.Core.Federation.Merge;
using PeerWeb.Core.Todos;

namespace PeerWeb.Features.Todos.Components;

/// <summary>One was dragged; made by <c>todos.js</c>.</summary>
public sealed class TodoDropEventArgs : EventArgs
{
    public string Source { get; set; } = string.Empty;

    public string Uid { get; set; } = string.Empty;

    public string? RecurrenceId { get; set; }

    /// <summary>The column it was dropped on; null of a tree.</summary>
    public string? Status { get; set; }

    /// <summary>The todo it was dropped on; null of a board.</summary>
    public string? OnUid { get; set; }

    public string? OnSource { get; set; }

    public TodoKey? Key => KeyOf(Source, Uid, RecurrenceId);

    /// <summary>Whichever instance.</summary>
    public TodoKey? OnKey => KeyOf(OnSource, OnUid, null);

    public TodoStatus? Column => Enum.TryParse<TodoStatus>(Status, out var status) && Enum.IsDefined(status) ? status : null;

    private static TodoKey? KeyOf(string? source, string? uid, string? recurrenceId) =>
        SourceId.TryParse(source, out var id) && Core.Primitives.Uid.TryParse(uid, out var parsed) ? new TodoKey(id, parsed, recurrenceId) : null;
}

/// <summary>Ctrl with a bracket, within a todo; made by <c>todos.js</c>.</summary>
public sealed class TodoLevelEventArgs : EventArgs
{
    public string Source { get; set; } = string.Empty;

    public string Uid { get; set; } = string.Empty;

    public string? RecurrenceId { get; set; }

    /// <summary>Deeper; else higher.</summary>
    public bool IsDeeper { get; set; }

    public TodoKey? Key => SourceId.TryParse(Source, out var id) && Core.Primitives.Uid.TryParse(Uid, out var parsed) ? new TodoKey(id, parsed, RecurrenceId) : null;
}

[EventHandler("ontododrop", typeof(TodoDropEventArgs))]
[EventHandler("ontodolevel", typeof(TodoLevelEventArgs))]
public static class EventHandlers;
