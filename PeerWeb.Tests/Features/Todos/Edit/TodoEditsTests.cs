using PeerWeb.Core.Primitives;
using PeerWeb.Core.Todos;
using PeerWeb.Features.Todos.Edit;
using Xunit;

namespace PeerWeb.Tests.Features.Todos.Edit;

public sealed class TodoEditsTests
{
    private static readonly ShownTodo[] Todos =
        [TodoView.Todo("a"), TodoView.Todo("a1", "a"), TodoView.Todo("a11", "a1"), TodoView.Todo("theirs", source: TodoView.Sams), TodoView.Todo("b")];

    private static readonly IReadOnlyList<NestedTodo> Tree = TodoNesting.Tree(Todos);

    [Fact]
    public void Deeper_is_into_the_one_above_on_the_same_level_of_the_same_list() => Assert.Equal(Uid.Parse("a"), Into(TodoEdits.Indent(Tree, Todos[4])));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public void With_nothing_to_be_a_part_of_it_stays_with_a_reason(int which) =>
        Assert.Contains("no todo of the same list above", Assert.IsType<Nesting.Refused>(TodoEdits.Indent(Tree, Todos[which])).Reason, StringComparison.Ordinal);

    [Fact]
    public void Higher_is_into_what_the_one_above_is_a_part_of()
    {
        Assert.Equal(Uid.Parse("a"), Into(TodoEdits.Outdent(Tree, Todos[2])));
        Assert.Null(Into(TodoEdits.Outdent(Tree, Todos[1])));
        Assert.Contains("at the top already", Assert.IsType<Nesting.Refused>(TodoEdits.Outdent(Tree, Todos[0])).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_circle_is_refused_with_the_reason()
    {
        var refused = Assert.IsType<Nesting.Refused>(TodoEdits.Below(Todos, Todos[0], Todos[2]));

        Assert.Equal("“Title of a11” is a part of “Title of a” already.", refused.Reason);
    }

    [Fact]
    public void What_is_below_a_todo_is_no_choice_for_it()
    {
        var choice = ParentChoice.Of(Todos, TodoView.Mine.Id.ToString(), Uid.Parse("a1"));

        Assert.Equal(["a", "b"], choice.Select(parent => parent.Uid));
    }

    [Fact]
    public void Of_a_repeating_todo_only_the_instance_gets_the_status()
    {
        var text = TodoView.Text("a", "SUMMARY:Water", "DUE;VALUE=DATE:20250314", "RRULE:FREQ=WEEKLY");

        var changed = TodoEdits.WithStatus(text, "20250314", TodoStatus.InProcess, TodoView.Now);

        Assert.Equal(TodoStatus.InProcess, TodoText.ReadInstance(changed, "20250314").Status);
        Assert.Equal(TodoStatus.NeedsAction, TodoText.ReadInstance(changed, "20250321").Status);
    }

    private static Uid? Into(Nesting nesting) => Assert.IsType<Nesting.Into>(nesting).Parent;
}
