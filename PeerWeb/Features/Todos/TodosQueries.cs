using PeerWeb.Features.Todos.Edit;
using PeerWeb.Shared.Collections;
using PeerWeb.Shared.Entries;

namespace PeerWeb.Features.Todos;

/// <summary>Everything that the page of todos asks of the rest, as the signed-in user of the circuit; its list is asked for by the effects.</summary>
/// <param name="Entries">What the dialog of one todo asks, and the checkbox.</param>
/// <param name="AddTodoList">Makes a todo list of the viewer's own.</param>
public sealed record TodosQueries(EntryCalls<TodoForm> Entries, AddCollection AddTodoList);
