using NodaTime;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Core.Todos;

/// <summary>Lists that are computed of what is shown, each in the order of <see cref="Ordered"/>. Days are the viewer's.</summary>
public static class SmartLists
{
    /// <summary>Open ones that are due today, or start today and are not due.</summary>
    public static IReadOnlyList<ShownTodo> Today(IEnumerable<ShownTodo> shown, DateTimeZone viewer, Instant now)
    {
        var today = TodayOf(viewer, now);
        return Ordered(shown.Where(todo => todo.IsOpen && DayOf(todo, viewer) == today), viewer);
    }

    /// <summary>Open ones whose time or day is over.</summary>
    public static IReadOnlyList<ShownTodo> Overdue(IEnumerable<ShownTodo> shown, DateTimeZone viewer, Instant now) =>
        Ordered(shown.Where(todo => IsOverdue(todo, viewer, now)), viewer);

    /// <summary>Open ones that are due on one of seven days, of which today is the first, or start then and are not due.</summary>
    public static IReadOnlyList<ShownTodo> NextSevenDays(IEnumerable<ShownTodo> shown, DateTimeZone viewer, Instant now)
    {
        var today = TodayOf(viewer, now);
        return Ordered(shown.Where(todo => todo.IsOpen && DayOf(todo, viewer) is { } day && day >= today && day < today.PlusDays(7)), viewer);
    }

    /// <summary>Those with a tag, whatever its case and marks.</summary>
    public static IReadOnlyList<ShownTodo> Tagged(IEnumerable<ShownTodo> shown, string tag, DateTimeZone viewer)
    {
        var folded = Folding.Fold(tag);
        return Ordered(shown.Where(todo => todo.Tags.Any(own => Folding.Fold(own) == folded)), viewer);
    }

    /// <summary>Those in one person's lists.</summary>
    public static IReadOnlyList<ShownTodo> Of(IEnumerable<ShownTodo> shown, Address owner, DateTimeZone viewer) =>
        Ordered(shown.Where(todo => todo.Owner == owner), viewer);

    /// <summary>All tags with how many open todos have them, by name; of spellings that differ in case or marks the first.</summary>
    public static IReadOnlyList<(string Tag, int Open)> Tags(IEnumerable<ShownTodo> shown) =>
    [
        .. shown.SelectMany(todo => todo.Tags.Select(tag => (Key: Folding.Fold(tag), Tag: tag, Todo: todo)))
            .GroupBy(item => item.Key)
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => (group.First().Tag, group.Where(item => item.Todo.IsOpen).Select(item => item.Todo).Distinct().Count())),
    ];

    /// <summary>All owners with how many open todos their lists have, by address.</summary>
    public static IReadOnlyList<(Address Owner, int Open)> People(IEnumerable<ShownTodo> shown) =>
        [.. shown.GroupBy(todo => todo.Owner).OrderBy(group => group.Key.ToString(), StringComparer.Ordinal).Select(group => (group.Key, group.Count(todo => todo.IsOpen)))];

    public static bool IsOverdue(ShownTodo todo, DateTimeZone viewer, Instant now) => todo.IsOpen && todo.Deadline(viewer) <= now;

    /// <summary>By deadline, those without last; then by priority, then by folded title, then by identity, so that the order is always the same.</summary>
    public static IReadOnlyList<ShownTodo> Ordered(IEnumerable<ShownTodo> shown, DateTimeZone viewer) =>
    [
        .. shown.OrderBy(todo => todo.Deadline(viewer) ?? Instant.MaxValue)
            .ThenBy(todo => todo.Detail.Priority == 0 ? int.MaxValue : todo.Detail.Priority)
            .ThenBy(todo => Folding.Fold(todo.Title), StringComparer.Ordinal)
            .ThenBy(todo => todo.Owner.ToString(), StringComparer.Ordinal)
            .ThenBy(todo => todo.Collection.ToString(), StringComparer.Ordinal)
            .ThenBy(todo => todo.Uid)
            .ThenBy(todo => todo.RecurrenceId, StringComparer.Ordinal),
    ];

    private static LocalDate TodayOf(DateTimeZone viewer, Instant now) => now.InZone(viewer).Date;

    private static LocalDate? DayOf(ShownTodo todo, DateTimeZone viewer) => (todo.Due ?? todo.Start)?.LocalFor(viewer).Date;
}
