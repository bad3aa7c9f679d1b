using PeerWeb.Core.Federation.Merge;
using PeerWeb.Core.Primitives;
using PeerWeb.Shared.Lists;
using PeerWeb.Tests.Features.AddressBooks;
using Xunit;

namespace PeerWeb.Tests.Shared.Lists;

public sealed class ListsReducersTests
{
    private static readonly AppId App = AppId.Parse("addressbook");
    private static readonly AppId Other = AppId.Parse("notes");
    private static readonly EntryLink First = Contacts.Link(Contacts.Mine, "a");
    private static readonly EntryLink Second = Contacts.Link(Contacts.Mine, "b");

    [Fact]
    public void A_place_to_begin_at_is_another_question_and_the_same_question_is_none()
    {
        var begun = Search(Search(new ListsState(), "ada", ""), "ada", "M");

        Assert.Equal(("ada", "M", 2), (begun.Of(App).View.Text, begun.Of(App).View.From, begun.Of(App).View.Request));
        Assert.Same(begun, Search(begun, "ada", "M"));
        Assert.Equal((string.Empty, 3), Search(begun, "ada", "").Of(App).View is var view ? (view.From, view.Request) : default);
    }

    [Fact]
    public void An_answer_to_an_earlier_question_or_of_another_entry_changes_nothing()
    {
        var state = ListsReducers.Open(Search(new ListsState(), "ada", ""), new OpenEntryAction(App, Second));

        Assert.Same(state, ListsReducers.Listed(state, new ListedAction(App, 0, ListSnapshot.Empty with { IsFull = true })));
        Assert.Same(state, ListsReducers.Failed(state, new ListFailedAction(App, 0, "no")));
        Assert.Same(state, ListsReducers.Read(state, new EntryReadAction(App, First, new OpenedEntry.Missing("gone"))));
    }

    [Fact]
    public void What_happens_to_one_list_leaves_the_others_as_they_are()
    {
        var both = ListsReducers.Open(Search(ListsReducers.Enter(new ListsState(), new EnterListAction(Other)), "ada", ""), new OpenEntryAction(Other, First));
        var listed = ListsReducers.Listed(both, new ListedAction(App, 1, ListSnapshot.Empty with { IsFull = true }));

        Assert.True(listed.Of(App).View.List.IsFull);
        Assert.Same(both.Of(Other), listed.Of(Other));
        Assert.Null(listed.Of(App).Opened);
    }

    [Fact]
    public void Opening_another_entry_or_entering_anew_forgets_the_one_before()
    {
        var read = ListsReducers.Read(ListsReducers.Open(new ListsState(), new OpenEntryAction(App, First)), new EntryReadAction(App, First, new OpenedEntry.Missing("gone")));

        Assert.Same(read, ListsReducers.Open(read, new OpenEntryAction(App, First)));
        Assert.Equal((Second, null), ListsReducers.Open(read, new OpenEntryAction(App, Second)).Of(App) is var other ? (other.Opened, other.Entry) : default);
        Assert.Equal((null, null, 1), ListsReducers.Enter(read, new EnterListAction(App)).Of(App) is var entered ? (entered.Opened, entered.Entry, entered.View.Request) : default);
    }

    private static ListsState Search(ListsState state, string text, string from) => ListsReducers.Search(state, new SearchListAction(App, text, from));
}
