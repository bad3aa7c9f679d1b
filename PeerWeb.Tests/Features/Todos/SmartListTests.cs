using PeerWeb.Core.Todos;
using PeerWeb.Features.Todos;
using Xunit;

namespace PeerWeb.Tests.Features.Todos;

public sealed class SmartListTests
{
    [Theory]
    [InlineData("", SmartListKind.Open)]
    [InlineData("today", SmartListKind.Today)]
    [InlineData("overdue", SmartListKind.Overdue)]
    [InlineData("week", SmartListKind.Week)]
    [InlineData("done", SmartListKind.Done)]
    [InlineData("tag:a & b", SmartListKind.Tag)]
    [InlineData("owner:sam@globex.example", SmartListKind.Owner)]
    public void A_list_is_the_same_after_its_address(string text, SmartListKind kind)
    {
        var list = SmartList.Parse(text);

        Assert.Equal(kind, list.Kind);
        Assert.Equal(text, list.ToString());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("nonsense")]
    [InlineData("tag:")]
    [InlineData("owner:nobody")]
    public void What_is_no_list_is_all_that_is_open(string? text) => Assert.Equal(SmartList.Open, SmartList.Parse(text));

    [Fact]
    public void Where_entries_of_all_apps_are_listed_a_todo_says_when_it_is_due_and_how_it_stands()
    {
        Assert.Equal("Due 14 Mar 2025, done", TodoWords.About(TodoView.Entry("a", due: TodoView.Today, status: TodoStatus.Completed), TodoView.Berlin));
        Assert.Equal("Due 14 Mar 2025", TodoWords.About(TodoView.Entry("a", due: TodoView.Today), TodoView.Berlin));
        Assert.Null(TodoWords.About(TodoView.Entry("a"), TodoView.Berlin));
    }

    [Fact]
    public void An_address_names_list_and_view()
    {
        Assert.Equal("/todo", SmartList.Open.Href(isBoard: false));
        Assert.Equal("/todo?view=board", SmartList.Open.Href(isBoard: true));
        Assert.Equal("/todo?view=board&list=tag%3Aa%20%26%20b", SmartList.Tag("a & b").Href(isBoard: true));
    }

    [Fact]
    public void Lists_tell_how_many_are_open_and_the_tree_has_parts_below()
    {
        ShownTodo[] todos =
        [
            TodoView.Todo("whole", due: TodoView.Today.PlusDays(3), tags: "home"),
            TodoView.Todo("part", parent: "whole", tags: "phone"),
            TodoView.Todo("late", due: TodoView.Today.PlusDays(-1), source: TodoView.Sams),
            TodoView.Todo("now", due: TodoView.Today),
            TodoView.Todo("gone", status: TodoStatus.Completed, tags: "old"),
        ];

        var overview = TodoOverview.Of(todos, SmartList.Open, isBoard: false, TodoView.Berlin, TodoView.Now);

        Assert.Equal([4, 1, 1, 2, null], overview.Lists.Select(link => link.Open));
        Assert.Equal(["#home", "#phone"], overview.Tags.Select(link => link.List.Title));
        Assert.Equal([("ada@acme.example", 3), ("sam@globex.example", 1)], overview.Owners.Select(link => (link.List.Value, link.Open ?? 0)));
        Assert.Equal([("late", 0), ("now", 0), ("whole", 0), ("part", 1)], overview.Tree.Select(nested => (nested.Todo.Uid.Value, nested.Level)));
    }

    [Fact]
    public void A_board_shows_what_is_done_too()
    {
        ShownTodo[] todos = [TodoView.Todo("a"), TodoView.Todo("b", status: TodoStatus.InProcess), TodoView.Todo("c", status: TodoStatus.Completed)];

        var overview = TodoOverview.Of(todos, SmartList.Open, isBoard: true, TodoView.Berlin, TodoView.Now);

        Assert.Empty(overview.Tree);
        Assert.Equal(["a", "b", "c", ""], overview.Columns.Select(column => string.Join(",", column.Todos.Select(todo => todo.Uid.Value))));
    }
}
