using Fluxor;
using PeerWeb.Core.AddressBooks;
using PeerWeb.Shared.Lists;

namespace PeerWeb.Features.AddressBooks.State;

/// <summary>Who is in the opened contact, where it is a group.</summary>
/// <param name="Opened">The contact that is opened.</param>
/// <param name="Members">Null until they are known.</param>
[FeatureState]
public sealed record GroupState(EntryLink? Opened, IReadOnlyList<GroupMember>? Members)
{
    public GroupState()
        : this(null, null)
    {
    }
}

public sealed record MembersFoundAction(EntryLink Link, IReadOnlyList<GroupMember> Members);

public static class GroupReducers
{
    [ReducerMethod]
    public static GroupState Enter(GroupState state, EnterListAction action) => action.App != AddressBookApp.AppId || state == new GroupState() ? state : new GroupState();

    [ReducerMethod]
    public static GroupState Open(GroupState state, OpenEntryAction action) =>
        action.App != AddressBookApp.AppId || state.Opened == action.Link ? state : new GroupState(action.Link, null);

    [ReducerMethod]
    public static GroupState Found(GroupState state, MembersFoundAction action) => state.Opened != action.Link ? state : state with { Members = action.Members };
}
