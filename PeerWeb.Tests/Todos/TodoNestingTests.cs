using CsCheck;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Primitives;
using PeerWeb.Core.Todos;
using Xunit;

namespace PeerWeb.Tests.Todos;

public sealed class TodoNestingTests
{
    private static ShownTodo Todo(string uid, string? parent = null, string owner = "ada@acme.example") =>
        Vtodo.Shown(uid, uid, TodoDetail.Empty with { Parent = parent }, owner);

    private static string[] Tree(params ShownTodo[] shown) => [.. TodoNesting.Tree(shown).Select(nested => new string('-', nested.Level) + nested.Todo.Uid.Value)];

    [Fact]
    public void Parts_are_right_below_what_they_are_part_of_and_otherwise_in_the_order_given() =>
        Assert.Equal(["a", "-a1", "--a11", "-a2", "b", "lost"], Tree(Todo("a1", "a"), Todo("a"), Todo("b"), Todo("a2", "a"), Todo("lost", "nowhere"), Todo("a11", "a1")));

    [Fact]
    public void A_circle_is_at_the_top_and_what_hangs_on_it_below_it() =>
        Assert.Equal(["a", "-under", "b", "c", "self", "d"], Tree(Todo("a", "b"), Todo("b", "c"), Todo("c", "a"), Todo("under", "a"), Todo("self", "self"), Todo("d")));

    [Fact]
    public void Todos_of_other_lists_are_no_parents() => Assert.Equal(["a", "b"], Tree(Todo("a"), Todo("b", "a", "sam@globex.example")));

    [Fact]
    public void Whatever_is_said_each_todo_shows_once_below_its_parent_or_at_the_top()
    {
        Gen.Int[-1, 11].Array[1, 12].ForAll(
            parents =>
            {
                var shown = parents.Select((parent, place) => Todo($"t{place}", parent < 0 ? null : $"t{parent}")).ToList();
                var tree = TodoNesting.Tree(shown);
                Assert.Equal(shown.Select(todo => todo.Uid).Order(), tree.Select(nested => nested.Todo.Uid).Order());
                for (var i = 0; i < tree.Count; i++)
                {
                    // What is one level up before it is what it is part of.
                    if (tree[i].Level > 0)
                        Assert.Equal(tree.Take(i).Last(above => above.Level == tree[i].Level - 1).Todo.Uid, tree[i].Todo.Parent);
                }
                return tree.Sum(nested => nested.Children) == tree.Count(nested => nested.Level > 0);
            },
            cases: 500);
    }

    [Fact]
    public void What_is_nested_as_allowed_never_makes_a_circle()
    {
        Gen.Select(Gen.Int[0, 7], Gen.Int[0, 7]).Array[1, 30].ForAll(
            moves =>
            {
                var shown = Enumerable.Range(0, 8).Select(place => Todo($"t{place}")).ToList();
                foreach (var (child, parent) in moves)
                {
                    if (TodoNesting.Refusal(shown, shown[child], shown[parent]) is null)
                        shown[child] = Todo($"t{child}", $"t{parent}");
                }
                // Every one that is said to have a parent is below it.
                return TodoNesting.Tree(shown).Count(nested => nested.Level > 0) == shown.Count(todo => todo.Parent is not null);
            },
            cases: 300);
    }

    [Fact]
    public void A_circle_is_refused_with_the_reason()
    {
        ShownTodo[] shown = [Todo("a"), Todo("b", "a"), Todo("c", "b")];

        Assert.Equal("“c” is a part of “a” already.", TodoNesting.Refusal(shown, shown[0], shown[2]));
        Assert.Equal("A todo cannot be a part of itself.", TodoNesting.Refusal(shown, shown[0], shown[0]));
        Assert.Equal("Both have to be in the same todo list.", TodoNesting.Refusal(shown, shown[2], Todo("x", null, "sam@globex.example")));
        Assert.Null(TodoNesting.Refusal(shown, shown[2], shown[0]));
    }

    [Fact]
    public void A_chain_of_thousands_is_no_problem()
    {
        var shown = Enumerable.Range(0, 20_000).Select(place => Todo($"t{place}", $"t{place + 1}")).ToList();

        Assert.Equal(19_999, TodoNesting.Tree(shown)[^1].Level);
    }

    [Fact]
    public void Nesting_changes_one_line_and_taking_it_out_removes_it()
    {
        var text = Vtodo.Of("SUMMARY:x", "RELATED-TO;RELTYPE=NEXT:other");
        var nested = TodoNesting.Nest(text, Uid.Parse("whole"), Vtodo.Now);

        Assert.Equal(["RELATED-TO;RELTYPE=PARENT:whole"], Vtodo.Lines(nested).Except(Vtodo.Lines(text)));
        Assert.Same(nested, TodoNesting.Nest(nested, Uid.Parse("whole"), Vtodo.Now));
        Assert.Equal(Vtodo.Lines(text), Vtodo.Lines(TodoNesting.Nest(nested, null, Vtodo.Now)));
        Assert.Throws<InvalidEntryException>(() => TodoNesting.Nest(text, Uid.Parse("todo-1@test.example"), Vtodo.Now));
    }
}
