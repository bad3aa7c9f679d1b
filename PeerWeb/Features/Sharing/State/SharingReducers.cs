using Fluxor;
using PeerWeb.Core.Sharing;
using PeerWeb.Features.Sharing.Matrix;

namespace PeerWeb.Features.Sharing.State;

public static class SharingReducers
{
    /// <summary>What was ticked stays over a walk to another page; another collection's dialog begins with nothing ticked.</summary>
    [ReducerMethod]
    public static SharingState Open(SharingState state, OpenSharingAction action) => state with
    {
        Only = action.Only,
        Draft = action.Only == state.Only ? state.Draft : MatrixDraft.Empty,
        Notice = null,
        Add = null,
    };

    [ReducerMethod]
    public static SharingState Loaded(SharingState state, SharingLoadedAction action) => Over(state, action.Facts) with { Zone = action.Zone, Now = action.Now };

    [ReducerMethod]
    public static SharingState Tick(SharingState state, TickAction action) =>
        state.IsSaving || state.Facts?.Matrix is not { } facts
            ? state
            : state with { Draft = state.Draft.Tick(facts, action.Key, action.Right, action.IsTicked), Notice = null };

    [ReducerMethod]
    public static SharingState Found(SharingState state, PrincipalFoundAction action)
    {
        if (state.Facts?.Matrix is not { } facts)
            return state;
        var who = action.Principal;
        return state.Draft.Principals(facts).Any(known => known.Principal == who.Principal)
            ? state with { Add = new AddNotice(IsRefusal: false, $"{who.Name} already has a row here.", who.Principal) }
            : state with
            {
                Draft = state.Draft.Add(who),
                Add = new AddNotice(IsRefusal: false, $"{who.Name} is in the table. Tick what they may do; nothing is given before you save.", who.Principal),
                Notice = null,
            };
    }

    [ReducerMethod]
    public static SharingState Refused(SharingState state, PrincipalRefusedAction action) =>
        state with { Add = new AddNotice(IsRefusal: true, action.Reason, Principal: null) };

    [ReducerMethod]
    public static SharingState Remove(SharingState state, RemovePrincipalAction action) =>
        state.IsSaving || state.Facts?.Matrix is not { } facts
            ? state
            : state with { Draft = state.Draft.Remove(facts, action.Principal, state.Only), Notice = null, Add = null };

    [ReducerMethod]
    public static SharingState Discard(SharingState state, DiscardAction action) =>
        state.IsSaving ? state : state with { Draft = MatrixDraft.Empty, Notice = null, Add = null };

    [ReducerMethod]
    public static SharingState Save(SharingState state, SaveSharingAction action) =>
        state with { IsSaving = true, Notice = null, Add = null };

    [ReducerMethod]
    public static SharingState Saved(SharingState state, SharingSavedAction action) =>
        Over(state with { Draft = state.Draft.Settle(action.Outcomes), IsSaving = false, Notice = Notice(action.Outcomes) }, action.Facts);

    [ReducerMethod]
    public static SharingState Failed(SharingState state, SharingFailedAction action) =>
        state with { IsSaving = false, Notice = new SharingNotice(IsRefusal: true, action.Reason) };

    private static SharingState Over(SharingState state, SharingFacts facts) => state with
    {
        Facts = facts,
        Draft = state.Draft.Rebase(state.Facts?.Matrix, facts.Matrix),
    };

    private static SharingNotice Notice(IReadOnlyList<MatrixOutcome> outcomes)
    {
        var refused = outcomes.Select(one => one.Outcome).OfType<GrantOutcome.Refused>().Select(one => one.Reason).Distinct().ToList();
        if (refused.Count > 0)
            return new SharingNotice(IsRefusal: true, $"Not everything was saved. {string.Join(' ', refused)}");
        return outcomes.Any(one => one.Outcome is GrantOutcome.Stale)
            ? new SharingNotice(IsRefusal: true, "Not everything was saved: some rows were changed in another tab. They show what is stored now, with your ticks on top. Look, and save again.")
            : new SharingNotice(IsRefusal: false, "Saved.");
    }
}
