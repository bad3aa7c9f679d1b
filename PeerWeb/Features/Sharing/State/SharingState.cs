using Fluxor;
using PeerWeb.Core.Sharing;

namespace PeerWeb.Features.Sharing.State;

/// <summary>The sharing page of one circuit.</summary>
[FeatureState]
public sealed record SharingState
{
    /// <summary>Null until they were read.</summary>
    public SharingFacts? Facts { get; init; }

    /// <summary>A change is on its way.</summary>
    public bool IsSaving { get; init; }

    /// <summary>What the last change came to.</summary>
    public SharingNotice? Notice { get; init; }
}

public sealed record SharingNotice(bool IsRefusal, string Text);

public sealed record LoadSharingAction;

public sealed record SharingLoadedAction(SharingFacts Facts);

public sealed record GiveReadAction(SharedCollection Collection, string Typed);

public sealed record RemoveAccessAction(SharedCollection Collection, GrantId Grant, string Principal);

/// <summary>A change is through, or was refused; a refusal leaves what the viewer typed.</summary>
public sealed record SharingChangedAction(SharingNotice Notice);

public sealed record SharingFailedAction(string Reason);

public static class SharingReducers
{
    [ReducerMethod]
    public static SharingState Load(SharingState state, LoadSharingAction _) => state.Notice is null ? state : state with { Notice = null };

    [ReducerMethod]
    public static SharingState Loaded(SharingState state, SharingLoadedAction action) => state with { Facts = action.Facts };

    [ReducerMethod]
    public static SharingState Give(SharingState state, GiveReadAction _) => state with { IsSaving = true, Notice = null };

    [ReducerMethod]
    public static SharingState Remove(SharingState state, RemoveAccessAction _) => state with { IsSaving = true, Notice = null };

    [ReducerMethod]
    public static SharingState Changed(SharingState state, SharingChangedAction action) => state with { IsSaving = false, Notice = action.Notice };

    [ReducerMethod]
    public static SharingState Failed(SharingState state, SharingFailedAction action) =>
        state with { IsSaving = false, Notice = new SharingNotice(IsRefusal: true, action.Reason) };
}
