using NodaTime;
using PeerWeb.Core.Todos;

namespace PeerWeb.Features.Todos;

/// <summary>A list that one can go to, with how many open todos it has.</summary>
/// <param name="Open">Null where nobody wants to know.</param>
public sealed record SmartListLink(SmartList List, int? Open);

/// <summary>All that the page draws of the todos it knows; computed once for each change of them.</summary>
/// <param name="Tree">Empty on the board.</param>
/// <param name="Columns">Empty off the board.</param>
public sealed record TodoOverview(
    IReadOnlyList<SmartListLink> Lists, IReadOnlyList<SmartListLink> Tags, IReadOnlyList<SmartListLink> Owners, IReadOnlyList<NestedTodo> Tree, IReadOnlyList<BoardColumn> Columns)
{
    private const int MostTags = 50;

    /// <summary>Characters; what is longer is no list to go to. A peer may send anything.</summary>
    private const int LongestTag = 100;

    public static readonly TodoOverview Empty = new([], [], [], [], []);

    public static TodoOverview Of(IReadOnlyList<ShownTodo> todos, SmartList list, bool isBoard, DateTimeZone viewer, Instant now)
    {
        var shown = list.Of(todos, isBoard, viewer, now);
        return new TodoOverview(
            [
                new(SmartList.Open, todos.Count(todo => todo.IsOpen)),
                new(SmartList.Today, SmartList.Today.Of(todos, withDone: false, viewer, now).Count),
                new(SmartList.Overdue, todos.Count(todo => SmartLists.IsOverdue(todo, viewer, now))),
                new(SmartList.Week, SmartList.Week.Of(todos, withDone: false, viewer, now).Count),
                new(SmartList.Done, null),
            ],
            [.. SmartLists.Tags(todos).Where(tag => tag.Open > 0 && tag.Tag.Length is > 0 and <= LongestTag).Take(MostTags).Select(tag => new SmartListLink(SmartList.Tag(tag.Tag), tag.Open))],
            [.. SmartLists.People(todos).Select(owner => new SmartListLink(SmartList.Owner(owner.Owner), owner.Open))],
            isBoard ? [] : TodoNesting.Tree(shown),
            isBoard ? TodoBoard.Columns(shown) : []);
    }
}
