using PeerWeb.Core.Federation.Merge;
using PeerWeb.Core.Todos;

namespace PeerWeb.Features.Todos;

/// <summary>What the entries of a list say: one for each, in its order. What did not change is the same instance, and where nothing did the whole list is.</summary>
public sealed class ShownTodos
{
    private IReadOnlyList<MergedEntry> _entries = [];
    private List<ShownTodo> _todos = [];

    public IReadOnlyList<ShownTodo> Of(IReadOnlyList<MergedEntry> entries)
    {
        if (ReferenceEquals(entries, _entries))
            return _todos;
        var known = new Dictionary<MergedEntry, ShownTodo>(_todos.Count, ReferenceEqualityComparer.Instance);
        foreach (var (entry, todo) in _entries.Zip(_todos))
            known[entry] = todo;
        var todos = entries.Select(entry => known.TryGetValue(entry, out var todo) ? todo : ShownTodo.Of(entry.Source.Owner, entry.Summary)).ToList();
        _entries = entries;
        if (todos.Count != _todos.Count || !todos.Zip(_todos).All(pair => ReferenceEquals(pair.First, pair.Second)))
            _todos = todos;
        return _todos;
    }
}
