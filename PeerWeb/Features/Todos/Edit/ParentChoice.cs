using PeerWeb.Core.Primitives;
using PeerWeb.Core.Todos;

namespace PeerWeb.Features.Todos.Edit;

/// <summary>The todos that one can be a part of.</summary>
public static class ParentChoice
{
    /// <summary>More are no choice any more; the tree nests any.</summary>
    public const int Most = 300;

    /// <summary>Open ones of a source by title, without the todo itself and all that is below it.</summary>
    /// <param name="source">A source id; of none there is nothing.</param>
    public static IReadOnlyList<(string Uid, string Title)> Of(IReadOnlyList<ShownTodo> todos, string source, Uid self)
    {
        var list = todos.Where(todo => TodoKey.Of(todo).Source.ToString() == source).DistinctBy(todo => todo.Uid).ToList();
        var parts = list.ToLookup(todo => todo.Parent);
        var below = new HashSet<Uid> { self };
        var left = new Stack<Uid>([self]);
        while (left.TryPop(out var next))
        {
            foreach (var part in parts[next].Where(part => below.Add(part.Uid)))
                left.Push(part.Uid);
        }
        return
        [
            .. list.Where(todo => todo.IsOpen && !below.Contains(todo.Uid)).OrderBy(todo => todo.Title, StringComparer.CurrentCultureIgnoreCase).Take(Most)
                .Select(todo => (todo.Uid.Value, DisplayText.Excerpt(TodoWords.Title(todo.Title), 100))),
        ];
    }
}
