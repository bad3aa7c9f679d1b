using Bunit;
using PeerWeb.Core.Todos;
using PeerWeb.Features.Todos.Components;
using Xunit;

namespace PeerWeb.Tests.Features.Todos.Components;

public sealed class TodoItemTests : BunitContext
{
    private int _checked;

    [Fact]
    public void It_names_itself_for_who_looks_for_it()
    {
        var item = Item(TodoView.Todo("a", source: TodoView.Sams)).Find("[data-testid=todo]");

        Assert.Equal(("a", TodoView.Sams.Id.ToString(), "Title of a"), (item.GetAttribute("data-uid"), item.GetAttribute("data-source"), item.GetAttribute("data-summary")));
    }

    [Fact]
    public void What_is_late_says_so_in_words_with_an_icon()
    {
        var late = Item(TodoView.Todo("a", due: TodoView.Today.PlusDays(-1))).Find("[data-testid=todo-overdue]");

        Assert.Equal("Overdue: yesterday", late.TextContent);
        Assert.NotNull(late.QuerySelector("svg"));
        Assert.Equal("Due today", Item(TodoView.Todo("a", due: TodoView.Today)).Find("[data-testid=todo-due]").TextContent);
        Assert.Empty(Item(TodoView.Todo("a", due: TodoView.Today.PlusDays(-1), status: TodoStatus.Completed)).FindAll("[data-testid=todo-overdue]"));
    }

    [Fact]
    public void Its_checkbox_tells_how_it_stands()
    {
        var open = Item(TodoView.Todo("a")).Find("[role=checkbox]");
        open.Click();

        Assert.Equal((1, "false"), (_checked, open.GetAttribute("aria-checked")));
        Assert.Equal("true", Item(TodoView.Todo("a", status: TodoStatus.Completed)).Find("[role=checkbox]").GetAttribute("aria-checked"));
    }

    [Fact]
    public void What_may_not_be_changed_has_the_reason_and_is_not_dragged()
    {
        var item = Item(TodoView.Todo("a"), noEdit: "Sam lets you read.");

        Assert.Equal("Sam lets you read.", item.Find("[role=checkbox][disabled]").GetAttribute("title"));
        Assert.False(item.Find("[data-testid=todo]").HasAttribute("draggable"));
    }

    [Fact]
    public void The_menu_of_what_may_not_be_changed_says_why()
    {
        var menu = Render<TodoMenu>(parameters => parameters.Add(one => one.Todo, TodoView.Todo("a")).Add(one => one.NoEdit, "Sam lets you read."));

        Assert.Equal("Sam lets you read.", menu.Find("[data-testid=todo-menu-reason]").TextContent);
        Assert.All(menu.FindAll("[data-testid=todo-move]"), move => Assert.True(move.HasAttribute("disabled")));
        Assert.Equal("Open…", menu.Find("[data-testid=todo-menu-open]").TextContent.Trim());
    }

    [Fact]
    public void The_menu_moves_to_every_other_status()
    {
        TodoStatus? moved = null;
        var menu = Render<TodoMenu>(parameters => parameters.Add(one => one.Todo, TodoView.Todo("a")).Add(one => one.OnStatus, status => moved = status));

        Assert.Equal(["InProcess", "Completed", "Cancelled"], menu.FindAll("[data-testid=todo-move]").Select(move => move.GetAttribute("data-status")));
        menu.Find("[data-status=InProcess]").Click();

        Assert.Equal(TodoStatus.InProcess, moved);
    }

    private IRenderedComponent<TodoItem> Item(ShownTodo todo, string? noEdit = null) => Render<TodoItem>(parameters => parameters
        .Add(item => item.Todo, todo)
        .Add(item => item.Color, "#0f7bc4")
        .Add(item => item.Zone, TodoView.Berlin)
        .Add(item => item.Now, TodoView.Now)
        .Add(item => item.NoEdit, noEdit)
        .Add(item => item.OnCheck, () => _checked++));
}
