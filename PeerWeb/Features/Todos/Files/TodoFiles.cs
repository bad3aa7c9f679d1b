using PeerWeb.Core.Todos;
using PeerWeb.Features.Todos.Edit;
using PeerWeb.Shared.Files;

namespace PeerWeb.Features.Todos.Files;

/// <summary>Files of todo lists.</summary>
public static class TodoFiles
{
    private static readonly TodoText Text = new();

    public static readonly AppFiles Instance = AppFiles.OfICalendar(
        TodoApp.AppId, TodoKind.Nouns, "Import todos", "An iCalendar file (.ics), as every program for tasks exports it", "Due", text => Of(Text.Read(text)));

    private static EntryWords Of(TodoFields read) => new(
        read.Summary,
        TimeWords.Of(read.Due),
        read.Status switch
        {
            TodoStatus.Completed => "done",
            TodoStatus.Cancelled => "cancelled",
            _ => null,
        },
        [
            new("title", read.Summary), new("due", TimeWords.Of(read.Due)), new("start", TimeWords.Of(read.Start)), new("status", $"{read.Status}, {read.Percent} %"),
            new("priority", read.Priority > 0 ? $"{read.Priority}" : string.Empty), new("tags", string.Join(", ", read.Tags)),
        ]);
}
