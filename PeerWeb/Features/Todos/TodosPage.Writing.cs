using MudBlazor;
using PeerWeb.Core.Federation.Merge;
using PeerWeb.Core.Primitives;
using PeerWeb.Core.Todos;
using PeerWeb.Features.Todos.Components;
using PeerWeb.Features.Todos.Edit;
using PeerWeb.Shared.Entries;

namespace PeerWeb.Features.Todos;

/// <remarks>What is done without a dialog is told at the desk, which undoes it too.</remarks>
public sealed partial class TodosPage
{
    private TodoForm NewForm => TodoForm.Empty with { Zone = Zone.Id };

    private Task OnMenuAsync(Func<ShownTodo, Task> chosen) => _menu is { } todo ? chosen(todo) : Task.CompletedTask;

    /// <summary>Who has nowhere to write makes a list first.</summary>
    private Task NewAsync() => AtDeskAsync(async (desk, token) =>
    {
        var form = NewForm;
        if (_todos.HasNowhereToWrite)
        {
            if (await AddListAsync(token) is not { } made)
                return;
            form = form with { Source = made.ToString() };
        }
        await desk.OpenAsync(PlainEntrySession.New(queries.Entries, TodoShape.Instance, Scene, form));
    });

    private Task AddPartAsync(ShownTodo parent)
    {
        var form = NewForm with { Source = TodoKey.Of(parent).Source.ToString(), Parent = parent.Uid.Value };
        return OpenAsync(PlainEntrySession.New(queries.Entries, TodoShape.Instance, Scene, form));
    }

    private Task EditAsync(ShownTodo todo) => EditAsync(TodoKey.Of(todo).Source, todo.Uid, todo.Title);

    private Task EditAsync(SourceId source, Uid uid, string title) =>
        OpenAsync(PlainEntrySession.Of(queries.Entries, TodoShape.Instance, Scene, source, uid, TodoForm.Empty with { Title = title }));

    private Task OpenAsync(PlainEntrySession<TodoForm, TodoFields> session) => _desk?.OpenAsync(session) ?? Task.CompletedTask;

    private PlainEntrySession<TodoForm, TodoFields> Resume(Guid id, EntryDraft<TodoForm> draft, bool isKept) =>
        PlainEntrySession.Of(queries.Entries, TodoShape.Instance, Scene, id, draft, isKept);

    private Task<IDialogReference> ShowAsync(EntrySession<TodoForm> session, Func<EntryConflict, Task<ConflictChoice?>> decide)
    {
        var parameters = new DialogParameters<TodoDialog>
        {
            { dialog => dialog.Session, (PlainEntrySession<TodoForm, TodoFields>)session },
            { dialog => dialog.Decide, decide },
            { dialog => dialog.Parents, (source, self) => ParentChoice.Of(Todos, source, self) },
        };
        return dialogs.ShowAsync<TodoDialog>(null, parameters, EntryDialogs.Options);
    }

    /// <summary>What cannot be saved at once opens in the dialog, which says why and keeps it.</summary>
    private async Task<bool> AddAsync(TodoFields fields, Source into)
    {
        var isTaken = false;
        await AtDeskAsync(async (desk, token) =>
        {
            var session = PlainEntrySession.New(queries.Entries, TodoShape.Instance, Scene, NewForm with { Source = into.Id.ToString() });
            session.Form = TodoShape.Instance.Show(fields, into.Id.ToString(), Scene);
            var result = await session.SettleAsync(session.SaveAsync, desk.DecideAsync, token);
            isTaken = true;
            await FinishAsync(desk, session, result, token);
        });
        return isTaken;
    }

    private Task DeleteAsync(ShownTodo todo) => AtDeskAsync(async (desk, token) =>
    {
        var session = PlainEntrySession.Of(
            queries.Entries, TodoShape.Instance, Scene, TodoKey.Of(todo).Source, todo.Uid, TodoForm.Empty with { Title = todo.Title });
        await session.LoadAsync(token);
        await FinishAsync(desk, session, await session.SettleAsync(session.DeleteAsync, desk.DecideAsync, token), token);
    });

    private static Task FinishAsync(EntryDesk<TodoForm> desk, PlainEntrySession<TodoForm, TodoFields> session, EntryResult result, CancellationToken cancellationToken) =>
        result is EntryResult.Done done ? desk.FinishAsync(done, cancellationToken) : desk.OpenAsync(session);

    private Task CheckAsync(ShownTodo todo) => MoveAsync(todo, todo.IsOpen ? TodoStatus.Completed : TodoStatus.NeedsAction);

    private Task MoveAsync(ShownTodo todo, TodoStatus status) =>
        ChangeAsync(todo, text => TodoEdits.WithStatus(text, todo.RecurrenceId, status, Scene.Now), TodoEdits.Told(todo.Title, status));

    private Task NestAsync(ShownTodo todo, bool isDeeper) =>
        NestAsync(todo, isDeeper ? TodoEdits.Indent(Overview.Tree, todo) : TodoEdits.Outdent(Overview.Tree, todo));

    private Task NestAsync(ShownTodo todo, Nesting nesting)
    {
        if (nesting is Nesting.Into(var parent, var told))
            return ChangeAsync(todo, text => TodoNesting.Nest(text, parent, Scene.Now), told);
        if (nesting is Nesting.Refused(var reason))
            _desk?.Tell(new EntryResult.Done(reason));
        return Task.CompletedTask;
    }

    private Task LevelAsync(TodoLevelEventArgs moved) =>
        IsBoard || Find(moved.Key) is not { } todo ? Task.CompletedTask : NestAsync(todo, moved.IsDeeper);

    private Task DropAsync(TodoDropEventArgs dropped)
    {
        if (Find(dropped.Key) is not { } todo)
            return Task.CompletedTask;
        if (dropped.Column is { } status)
            return status == todo.Progress.Status ? Task.CompletedTask : MoveAsync(todo, status);
        if (dropped is { OnSource: null, OnUid: null })
            return todo.Parent is null ? Task.CompletedTask : NestAsync(todo, TodoEdits.Top);
        // A tree has the instances of a repeating todo once.
        return dropped.OnKey is { } onto && Todos.FirstOrDefault(other => TodoKey.Of(other) with { RecurrenceId = null } == onto) is { } parent
            ? NestAsync(todo, TodoEdits.Below(Todos, todo, parent))
            : Task.CompletedTask;
    }

    private ShownTodo? Find(TodoKey? key) => key is { } known ? Todos.FirstOrDefault(todo => TodoKey.Of(todo) == known) : null;

    private Task ChangeAsync(ShownTodo todo, Func<string, string> change, string told)
    {
        if (NoEdit(todo) is { } reason)
        {
            _desk?.Tell(new EntryResult.Done(reason));
            return Task.CompletedTask;
        }
        return AtDeskAsync(async (desk, token) =>
        {
            var key = TodoKey.Of(todo);
            if (!_busy.Add(key))
                return;
            try
            {
                await desk.FinishAsync(await new TodoWriting(queries.Entries).ChangeAsync(key, change, told, Scene, token), token);
            }
            finally
            {
                _busy.Remove(key);
            }
        });
    }

    private Task AtDeskAsync(Func<EntryDesk<TodoForm>, CancellationToken, Task> step) =>
        _desk is { } desk ? desk.GuardAsync(token => step(desk, token)) : Task.CompletedTask;

    private Task AddListAsync() => AtDeskAsync((_, token) => AddListAsync(token));

    private Task<SourceId?> AddListAsync(CancellationToken cancellationToken) => _todos.AddAsync(queries.AddTodoList, dialogs, _todos.Colors.Values, cancellationToken);
}
