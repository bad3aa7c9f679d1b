using PeerWeb.Core.AddressBooks;
using PeerWeb.Core.Primitives;
using PeerWeb.Features.AddressBooks;
using PeerWeb.Features.AddressBooks.State;
using PeerWeb.Shared.Lists;
using Xunit;

namespace PeerWeb.Tests.Features.AddressBooks.State;

public sealed class GroupReducersTests
{
    private static readonly EntryLink First = Contacts.Link(Contacts.Mine, "a");
    private static readonly EntryLink Second = Contacts.Link(Contacts.Mine, "b");

    [Fact]
    public void Members_of_another_contact_are_dropped()
    {
        var state = Open(new GroupState(), Second);

        Assert.Same(state, GroupReducers.Found(state, new MembersFoundAction(First, [])));
        Assert.Empty(GroupReducers.Found(state, new MembersFoundAction(Second, [])).Members ?? [new GroupMember("x", null, null)]);
    }

    [Fact]
    public void Members_are_forgotten_with_another_contact_and_a_new_page_alone()
    {
        var known = GroupReducers.Found(Open(new GroupState(), First), new MembersFoundAction(First, []));

        Assert.Same(known, Open(known, First));
        Assert.Same(known, GroupReducers.Open(known, new OpenEntryAction(AppId.Parse("notes"), Second)));
        Assert.Same(known, GroupReducers.Enter(known, new EnterListAction(AppId.Parse("notes"))));
        Assert.Null(Open(known, Second).Members);
        Assert.Null(GroupReducers.Enter(known, new EnterListAction(AddressBookApp.AppId)).Members);
    }

    private static GroupState Open(GroupState state, EntryLink link) => GroupReducers.Open(state, new OpenEntryAction(AddressBookApp.AppId, link));
}
