using Fluxor;
using NodaTime;
using PeerWeb.Core.Primitives;
using PeerWeb.Core.Sharing;
using PeerWeb.Features.Sharing.Matrix;

namespace PeerWeb.Features.Sharing.State;

/// <summary>What the viewer of one circuit shares, and what they are about to change of it.</summary>
[FeatureState]
public sealed record SharingState
{
    /// <summary>Null until they were read.</summary>
    public SharingFacts? Facts { get; init; }

    /// <summary>The collection whose dialog is open; null on the page.</summary>
    public CollectionId? Only { get; init; }

    public MatrixDraft Draft { get; init; } = MatrixDraft.Empty;

    /// <summary>A change is on its way.</summary>
    public bool IsSaving { get; init; }

    /// <summary>What the last save came to.</summary>
    public SharingNotice? Notice { get; init; }

    /// <summary>What adding somebody came to.</summary>
    public AddNotice? Add { get; init; }

    /// <summary>The zone in which times show.</summary>
    public DateTimeZone Zone { get; init; } = DateTimeZone.Utc;

    /// <summary>When the facts were read.</summary>
    public Instant Now { get; init; }
}

public sealed record SharingNotice(bool IsRefusal, string Text);

/// <param name="Principal">Whose rows are to be looked at; null where there are none.</param>
public sealed record AddNotice(bool IsRefusal, string Text, Principal? Principal);

/// <summary>The page, or the dialog of one collection, opens.</summary>
public sealed record OpenSharingAction(CollectionId? Only);

/// <summary>Something that shows may have changed elsewhere.</summary>
public sealed record ReloadSharingAction;

public sealed record SharingLoadedAction(SharingFacts Facts, DateTimeZone Zone, Instant Now);

public sealed record TickAction(MatrixKey Key, Rights Right, bool IsTicked);

public sealed record AddPrincipalAction(string Typed);

public sealed record PrincipalFoundAction(MatrixPrincipal Principal);

public sealed record PrincipalRefusedAction(string Reason);

public sealed record RemovePrincipalAction(Principal Principal);

public sealed record DiscardAction;

public sealed record SaveSharingAction;

public sealed record SharingSavedAction(IReadOnlyList<MatrixOutcome> Outcomes, SharingFacts Facts);

public sealed record SharingFailedAction(string Reason);
