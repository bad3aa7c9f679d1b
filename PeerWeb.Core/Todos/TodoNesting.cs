using NodaTime;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Formats.ICalendar;
using PeerWeb.Core.Formats.ICalendar.Editing;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Core.Todos;

/// <summary>A todo at its place in the tree.</summary>
/// <param name="Level">0 at the top.</param>
/// <param name="Children">How many it has right below it.</param>
public sealed record NestedTodo(ShownTodo Todo, int Level, int Children);

/// <summary>Todos that are parts of others in the same list.</summary>
/// <remarks>RFC 5545 3.8.4.5. Who writes into a list may write anything, so a todo may be said to be a part of itself.</remarks>
public static class TodoNesting
{
    /// <summary>Each todo once, parts right below what they are part of, otherwise in the order given. At the top is what is part of nothing shown, and all of a circle.</summary>
    public static IReadOnlyList<NestedTodo> Tree(IReadOnlyList<ShownTodo> shown)
    {
        var places = PlacesOf(shown);
        var parents = shown.Select(todo => ParentOf(todo, places)).ToArray();
        foreach (var place in Circles(parents))
            parents[place] = -1;
        var children = Enumerable.Range(0, shown.Count).ToLookup(place => parents[place]);
        var tree = new List<NestedTodo>(shown.Count);
        var left = new Stack<(int Place, int Level)>(children[-1].Reverse().Select(place => (place, 0)));
        while (left.TryPop(out var next))
        {
            var own = children[next.Place].ToList();
            tree.Add(new NestedTodo(shown[next.Place], next.Level, own.Count));
            for (var i = own.Count - 1; i >= 0; i--)
                left.Push((own[i], next.Level + 1));
        }
        return tree;
    }

    /// <summary>Why <paramref name="child"/> cannot become a part of <paramref name="parent"/>, as a sentence for a person; null where it can.</summary>
    public static string? Refusal(IReadOnlyList<ShownTodo> shown, ShownTodo child, ShownTodo parent)
    {
        if (KeyOf(child) == KeyOf(parent))
            return "A todo cannot be a part of itself.";
        if ((child.Owner, child.Collection) != (parent.Owner, parent.Collection))
            return "Both have to be in the same todo list.";
        var places = PlacesOf(shown);
        var seen = new HashSet<int>();
        for (var place = ParentOf(parent, places); place >= 0 && seen.Add(place); place = ParentOf(shown[place], places))
        {
            if (KeyOf(shown[place]) == KeyOf(child))
                return $"“{parent.Title}” is a part of “{child.Title}” already.";
        }
        return null;
    }

    /// <summary>The text of a todo that is a part of another one, or with null of none; of a repeating one in all instances. The text itself where that is so.</summary>
    /// <exception cref="InvalidEntryException">The text is no todo, or the parent is itself.</exception>
    public static string Nest(string text, Uid? parent, Instant now) => CalendarText.Guard(() =>
    {
        var document = ComponentDocument.Read(text, ComponentKind.Todo);
        if (parent == document.Series.Uid)
            throw new InvalidEntryException("A todo cannot be a part of itself.", null);
        var isChanged = false;
        foreach (var lines in document.Series.Components.Select(document.LinesOf).Where(lines => TodoParent.Of(lines.Properties) != parent))
        {
            TodoParent.Set(lines, parent);
            ComponentDocument.Stamp(lines, now, isRescheduled: false);
            isChanged = true;
        }
        return isChanged ? document.Write() : text;
    });

    private static (Address, CollectionId, Uid) KeyOf(ShownTodo todo) => (todo.Owner, todo.Collection, todo.Uid);

    /// <summary>Where each todo is; of several instances of one the first.</summary>
    private static Dictionary<(Address, CollectionId, Uid), int> PlacesOf(IReadOnlyList<ShownTodo> shown)
    {
        var places = new Dictionary<(Address, CollectionId, Uid), int>(shown.Count);
        for (var place = 0; place < shown.Count; place++)
            places.TryAdd(KeyOf(shown[place]), place);
        return places;
    }

    /// <summary>-1 where it is not shown.</summary>
    private static int ParentOf(ShownTodo todo, Dictionary<(Address, CollectionId, Uid), int> places) =>
        todo.Parent is { } parent && places.TryGetValue((todo.Owner, todo.Collection, parent), out var place) ? place : -1;

    /// <summary>Those that are, by way of their parents, parts of themselves.</summary>
    private static List<int> Circles(int[] parents)
    {
        var circles = new List<int>();
        var walks = new int[parents.Length];
        for (var start = 0; start < parents.Length; start++)
        {
            var place = start;
            for (; place >= 0 && walks[place] == 0; place = parents[place])
                walks[place] = start + 1;
            // Where the walk came back to its own way, the way from there on is a circle.
            if (place < 0 || walks[place] != start + 1)
                continue;
            var first = place;
            do
                circles.Add(place);
            while ((place = parents[place]) != first);
        }
        return circles;
    }
}
