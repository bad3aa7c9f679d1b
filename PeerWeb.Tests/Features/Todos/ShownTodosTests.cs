using PeerWeb.Core.Federation.Merge;
using PeerWeb.Core.Todos;
using PeerWeb.Features.Todos;
using Xunit;

namespace PeerWeb.Tests.Features.Todos;

public sealed class ShownTodosTests
{
    private static readonly MergedEntry A = TodoView.Entry("a");
    private static readonly MergedEntry B = TodoView.Entry("b", status: TodoStatus.Completed);

    [Fact]
    public void What_did_not_change_is_not_read_again()
    {
        var shown = new ShownTodos();
        var first = shown.Of([A]);
        var second = shown.Of([A, B]);

        Assert.Same(first[0], second[0]);
        Assert.Equal([true, false], second.Select(todo => todo.IsOpen));
        Assert.Same(second, shown.Of([A, B]));
        Assert.Equal([second[1], second[0]], shown.Of([B, A]));
        Assert.Empty(shown.Of([]));
    }
}
