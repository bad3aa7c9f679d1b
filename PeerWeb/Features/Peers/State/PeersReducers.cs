using Fluxor;

namespace PeerWeb.Features.Peers.State;

public static class PeersReducers
{
    [ReducerMethod]
    public static PeersState Loaded(PeersState state, LoadPeersResultAction action) => state with
    {
        IsLoaded = true,
        Failure = null,
        Home = action.Home,
        Peers = action.Peers,
        Messages = action.Messages,
    };

    [ReducerMethod]
    public static PeersState LoadFailed(PeersState state, LoadPeersFailedAction action) => state with { IsLoaded = true, Failure = action.Reason };

    [ReducerMethod]
    public static PeersState LookUp(PeersState state, LookUpPeerAction action) => state with { Add = new AddPeerState { IsBusy = true } };

    [ReducerMethod]
    public static PeersState Found(PeersState state, LookUpPeerResultAction action) => state with { Add = new AddPeerState { Found = action.Found } };

    [ReducerMethod]
    public static PeersState LookUpFailed(PeersState state, LookUpPeerFailedAction action) => state with { Add = new AddPeerState { Problem = action.Reason } };

    [ReducerMethod]
    public static PeersState Request(PeersState state, RequestPeerAction action) => state with { Add = state.Add with { IsBusy = true } };

    [ReducerMethod]
    public static PeersState Requested(PeersState state, RequestPeerResultAction action) =>
        state with { Add = new AddPeerState { Requested = action.Domain } };

    [ReducerMethod]
    public static PeersState Forget(PeersState state, ForgetLookUpAction action) => state with { Add = new AddPeerState() };

    [ReducerMethod]
    public static PeersState Command(PeersState state, PeerCommandAction action) =>
        state with { Busy = state.Busy.Add(action.Peer), Refusals = state.Refusals.Remove(action.Peer) };

    [ReducerMethod]
    public static PeersState CommandDone(PeersState state, PeerCommandResultAction action) => state with
    {
        Busy = state.Busy.Remove(action.Peer),
        Refusals = action.Refusal is { } refusal ? state.Refusals.SetItem(action.Peer, refusal) : state.Refusals,
    };

    [ReducerMethod]
    public static PeersState Compare(PeersState state, ComparePeerAction action) => state with { Comparing = state.Comparing.Add(action.Peer) };

    [ReducerMethod]
    public static PeersState Compared(PeersState state, ComparePeerResultAction action) => state with
    {
        Comparing = state.Comparing.Remove(action.Peer),
        Comparisons = state.Comparisons.SetItem(action.Peer, action.Comparison),
    };
}
