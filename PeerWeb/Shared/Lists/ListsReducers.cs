using Fluxor;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Shared.Lists;

public static class ListsReducers
{
    [ReducerMethod]
    public static ListsState Enter(ListsState state, EnterListAction action) =>
        With(state, action.App, list => new AppList(list.View.Ask(string.Empty, string.Empty), null, null));

    [ReducerMethod]
    public static ListsState Know(ListsState state, ZoneKnownAction action) => Equals(state.Zone, action.Zone) ? state : state with { Zone = action.Zone };

    [ReducerMethod]
    public static ListsState Know(ListsState state, HiddenListedKnownAction action) =>
        View(state, action.App, view => view.Hidden.SetEquals(action.Hidden) ? view : view with { Hidden = action.Hidden });

    [ReducerMethod]
    public static ListsState Search(ListsState state, SearchListAction action) =>
        View(state, action.App, view => (view.Text, view.From) == (action.Text, action.From) ? view : view.Ask(action.Text, action.From));

    [ReducerMethod]
    public static ListsState Listed(ListsState state, ListedAction action) => View(state, action.App, view => view.Take(action.Request, action.List));

    [ReducerMethod]
    public static ListsState Failed(ListsState state, ListFailedAction action) => View(state, action.App, view => view.Fail(action.Request, action.Reason));

    [ReducerMethod]
    public static ListsState Toggle(ListsState state, ToggleListedAction action) => View(state, action.App, view => view.Toggle(action.Source));

    [ReducerMethod]
    public static ListsState ShowOnly(ListsState state, ShowOnlyListedAction action) => View(state, action.App, view => view.ShowOnly(action.Source));

    [ReducerMethod]
    public static ListsState Open(ListsState state, OpenEntryAction action) =>
        With(state, action.App, list => list.Opened == action.Link ? list : list with { Opened = action.Link, Entry = null });

    [ReducerMethod]
    public static ListsState Read(ListsState state, EntryReadAction action) =>
        With(state, action.App, list => list.Opened != action.Link || list.Entry == action.Entry ? list : list with { Entry = action.Entry });

    private static ListsState View(ListsState state, AppId app, Func<ListView, ListView> change) =>
        With(state, app, list => change(list.View) is var view && ReferenceEquals(view, list.View) ? list : list with { View = view });

    private static ListsState With(ListsState state, AppId app, Func<AppList, AppList> change)
    {
        var before = state.Of(app);
        var after = change(before);
        return ReferenceEquals(after, before) ? state : state with { Lists = state.Lists.SetItem(app, after) };
    }
}
