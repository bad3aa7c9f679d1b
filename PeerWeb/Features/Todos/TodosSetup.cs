using MudBlazor;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Todos;
using PeerWeb.Features.Todos.Edit;
using PeerWeb.Features.Todos.Files;
using PeerWeb.Shared;
using PeerWeb.Shared.Collections;
using PeerWeb.Shared.Entries;
using PeerWeb.Shared.Lists;

namespace PeerWeb.Features.Todos;

public static class TodosSetup
{
    /// <summary>The page of todos, on what the pages of all apps share.</summary>
    public static IServiceCollection AddTodos(this IServiceCollection services) => services
        .AddSingleton(new EntryPage(
            TodoApp.AppId, "Todo", "/todo", "todo", Icons.Material.Outlined.TaskAlt, Order: 2, (entry, _) => new EntryLink(entry.Source, entry.Summary.Uid).On("/todo"), TodoWords.About))
        // What is due today may be anywhere in it.
        .AddSingleton(new ListQuestion(TodoApp.AppId, TodoKind.Nouns) { Sort = EntrySort.Start, PageSize = 1000, IsReadToItsEnd = true })
        .AddSingleton(TodoFiles.Instance)
        .AddScoped<TodosBrowser>()
        .AddScoped(provider => DueTodos.Layer(provider.GetRequiredService<TodosQueries>().Entries))
        .AddScoped(provider => new TodosQueries(EntryCallsSetup.Create(provider, TodoKind.Instance), provider.GetRequiredService<AddCollection>()));
}
