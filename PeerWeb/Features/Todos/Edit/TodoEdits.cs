using NodaTime;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Primitives;
using PeerWeb.Core.Todos;

namespace PeerWeb.Features.Todos.Edit;

/// <summary>What the tree and the board do with a todo without its dialog: texts before, texts after.</summary>
public static class TodoEdits
{
    /// <summary>Out of what it is a part of.</summary>
    public static readonly Nesting Top = new Nesting.Into(null, "It is no part of another todo any more.");

    private static readonly TodoText Texts = new();

    /// <summary>The text with another status; the text itself where it has that.</summary>
    /// <param name="recurrenceId">Which instance; null for the todo as such.</param>
    /// <exception cref="InvalidEntryException">The text is no todo, or has no such instance.</exception>
    public static string WithStatus(string text, string? recurrenceId, TodoStatus status, Instant now)
    {
        switch (status)
        {
            case TodoStatus.Completed:
                return TodoCompletion.Complete(text, recurrenceId, now);
            case TodoStatus.NeedsAction:
                return TodoCompletion.Reopen(text, recurrenceId, now);
            default:
                var before = TodoText.ReadInstance(text, recurrenceId);
                return recurrenceId is null || before.Recurrence is null
                    ? Texts.Change(text, before, before.With(status), now)
                    : TodoText.ChangeInstance(text, recurrenceId, before, before.With(status), now);
        }
    }

    /// <summary>What to tell of it.</summary>
    public static string Told(string title, TodoStatus status) => status switch
    {
        TodoStatus.Completed => $"“{TodoWords.Title(title)}” is done.",
        TodoStatus.NeedsAction => $"“{TodoWords.Title(title)}” is to do again.",
        _ => $"“{TodoWords.Title(title)}”: {TodoWords.Of(status).ToLowerInvariant()}.",
    };

    /// <summary>Deeper by one: a part of the todo above it on the same level and in the same list.</summary>
    public static Nesting Indent(IReadOnlyList<NestedTodo> tree, ShownTodo todo)
    {
        var at = PlaceOf(tree, todo);
        for (var i = at - 1; i >= 0 && tree[i].Level >= tree[at].Level; i--)
        {
            if (tree[i].Level == tree[at].Level && (tree[i].Todo.Owner, tree[i].Todo.Collection) == (todo.Owner, todo.Collection))
                return Below([.. tree.Select(nested => nested.Todo)], todo, tree[i].Todo);
        }
        return new Nesting.Refused($"There is no todo of the same list above “{TodoWords.Title(todo.Title)}” that it could be a part of.");
    }

    /// <summary>Higher by one: a part of what the todo above is a part of.</summary>
    public static Nesting Outdent(IReadOnlyList<NestedTodo> tree, ShownTodo todo)
    {
        var at = PlaceOf(tree, todo);
        if (at < 0 || todo.Parent is null)
            return new Nesting.Refused($"“{TodoWords.Title(todo.Title)}” is at the top already.");
        for (var i = at - 1; i >= 0; i--)
        {
            if (tree[i].Level == tree[at].Level - 1)
                return tree[i].Todo.Parent is { } parent ? new Nesting.Into(parent, "It is one level higher now.") : Top;
        }
        // What it is a part of does not show here.
        return Top;
    }

    /// <summary>A part of that one.</summary>
    /// <param name="todos">All that are known, so that a circle is seen.</param>
    public static Nesting Below(IReadOnlyList<ShownTodo> todos, ShownTodo todo, ShownTodo parent) =>
        TodoNesting.Refusal(todos, todo, parent) is { } refusal
            ? new Nesting.Refused(refusal)
            : new Nesting.Into(parent.Uid, $"It is a part of “{TodoWords.Title(parent.Title)}” now.");

    private static int PlaceOf(IReadOnlyList<NestedTodo> tree, ShownTodo todo)
    {
        for (var i = 0; i < tree.Count; i++)
        {
            if (TodoKey.Of(tree[i].Todo) == TodoKey.Of(todo))
                return i;
        }
        return -1;
    }
}

/// <summary>What moving a todo in the tree comes to.</summary>
public abstract record Nesting
{
    private Nesting()
    {
    }

    /// <param name="Parent">Null: at the top.</param>
    /// <param name="Told">What to tell of it.</param>
    public sealed record Into(Uid? Parent, string Told) : Nesting;

    /// <param name="Reason">A sentence for a person.</param>
    public sealed record Refused(string Reason) : Nesting;
}
