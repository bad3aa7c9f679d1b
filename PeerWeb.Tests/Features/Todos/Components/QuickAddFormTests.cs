using Bunit;
using NodaTime;
using PeerWeb.Core.Federation.Merge;
using PeerWeb.Core.Primitives;
using PeerWeb.Core.Todos;
using PeerWeb.Features.Todos;
using PeerWeb.Features.Todos.Components;
using Xunit;

namespace PeerWeb.Tests.Features.Todos.Components;

public sealed class QuickAddFormTests : BunitContext
{
    private readonly List<(TodoFields Fields, Source Into)> _added = [];
    private Func<Task<bool>> _answer = () => Task.FromResult(true);

    [Fact]
    public void It_says_what_it_understood_and_adds_that()
    {
        var form = Form(SmartList.Open);

        form.Find("[data-testid=quick-add-line]").Input("Call Sam tomorrow 14:00 #phone !high");
        Assert.Equal("“Call Sam”, due tomorrow, 14:00, high priority, tag phone.", form.Find("[data-testid=quick-add-said]").TextContent);
        form.Find("form").Submit();

        var (fields, into) = Assert.Single(_added);
        Assert.Equal(("Call Sam", TodoView.Mine), (fields.Summary, into));
        Assert.Equal(new LocalDateTime(2025, 3, 15, 14, 0), fields.Due?.Local);
        Assert.Equal(string.Empty, form.Find("[data-testid=quick-add-said]").TextContent);
    }

    [Fact]
    public void What_is_typed_on_while_one_is_added_is_not_written_over_and_comes_after_it()
    {
        var first = new TaskCompletionSource<bool>();
        _answer = () => _added.Count == 1 ? first.Task : Task.FromResult(true);
        var form = Form(SmartList.Open);

        foreach (var line in (string[])["First", "Second"])
        {
            form.Find("[data-testid=quick-add-line]").Input(line);
            form.Find("form").Submit();
        }
        form.Find("[data-testid=quick-add-line]").Input("Thi");

        Assert.Equal("First", Assert.Single(_added).Fields.Summary);
        first.SetResult(true);
        form.WaitForAssertion(() => Assert.Equal(["First", "Second"], _added.Select(added => added.Fields.Summary)));
        Assert.False(form.Find("[data-testid=quick-add-line]").HasAttribute("value"));
        form.Find("form").Submit();
        Assert.Equal("Thi", _added[^1].Fields.Summary);
    }

    [Fact]
    public void What_came_to_nothing_is_still_there()
    {
        _answer = () => Task.FromResult(false);
        var form = Form(SmartList.Open);

        form.Find("[data-testid=quick-add-line]").Input("Call Sam tomorrow");
        form.Find("form").Submit();

        Assert.Equal("Call Sam tomorrow", form.Find("[data-testid=quick-add-line]").GetAttribute("value"));
        form.Find("form").Submit();
        Assert.Equal(["Call Sam", "Call Sam"], _added.Select(added => added.Fields.Summary));
        Assert.Equal("Call Sam tomorrow ", form.Find("[data-testid=quick-add-line]").GetAttribute("value"));
    }

    [Fact]
    public void What_is_added_goes_to_the_chosen_list()
    {
        var form = Form(SmartList.Open, TodoView.Mine, TodoView.Sams with { MyRights = Rights.Read | Rights.Add });

        form.Find("[data-testid=quick-add-source]").Change(TodoView.Sams.Id.ToString());
        form.Find("[data-testid=quick-add-line]").Input("Call");
        form.Find("form").Submit();

        Assert.Equal(TodoView.Sams.Id, Assert.Single(_added).Into.Id);
    }

    [Fact]
    public void What_is_added_where_the_todos_of_one_person_show_is_theirs()
    {
        var form = Form(SmartList.Owner(TodoView.Sams.Id.Owner), TodoView.Mine, TodoView.Sams with { MyRights = Rights.Read | Rights.Add });

        form.Find("[data-testid=quick-add-line]").Input("Call");
        form.Find("form").Submit();

        Assert.Equal(TodoView.Sams.Id, Assert.Single(_added).Into.Id);
    }

    [Fact]
    public void What_is_added_to_a_list_is_in_it()
    {
        var tagged = Form(SmartList.Tag("Home"));
        tagged.Find("[data-testid=quick-add-line]").Input("Water #home");
        tagged.Find("form").Submit();
        tagged.Find("[data-testid=quick-add-line]").Input("Paint");
        tagged.Find("form").Submit();
        var today = Form(SmartList.Today);
        today.Find("[data-testid=quick-add-line]").Input("Shop");
        today.Find("form").Submit();

        Assert.Equal(["home", "Home", ""], _added.Select(added => string.Join(",", added.Fields.Tags)));
        Assert.Equal(EntryTime.Date(TodoView.Today), _added[2].Fields.Due);
    }

    [Fact]
    public void Where_one_may_add_nowhere_it_says_so()
    {
        var form = Form(SmartList.Open, TodoView.Sams);

        Assert.True(form.Find("[data-testid=quick-add-save]").HasAttribute("disabled"));
        Assert.Contains("no todo list that you may add to", form.Find("[data-testid=quick-add-said]").TextContent, StringComparison.Ordinal);
    }

    private IRenderedComponent<QuickAddForm> Form(SmartList list, params Source[] sources) => Render<QuickAddForm>(parameters => parameters
        .Add(form => form.Targets, TodoView.Scene(sources).Targets)
        .Add(form => form.Zone, TodoView.Berlin)
        .Add(form => form.Clock, TodoView.NewClock())
        .Add(form => form.List, list)
        .Add(form => form.IsReady, true)
        .Add(form => form.OnAdd, (fields, into) =>
        {
            _added.Add((fields, into));
            return _answer();
        }));
}
