using System.Text.Json.Serialization;
using PeerWeb.Core.Todos;
using PeerWeb.Shared.Entries;

namespace PeerWeb.Features.Todos.Edit;

/// <summary>Todos, as the dialogs of all apps know them.</summary>
public static class TodoKind
{
    public static readonly EntryNouns Nouns = new("todo", "todos", "todo list", "todo lists");

    public static readonly EntryKind<TodoForm> Instance = new(TodoApp.AppId, Nouns, TodoDraftJson.Default.EntryDraftTodoForm);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(EntryDraft<TodoForm>))]
internal sealed partial class TodoDraftJson : JsonSerializerContext;
