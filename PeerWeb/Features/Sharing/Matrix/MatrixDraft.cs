using System.Collections.Immutable;
using PeerWeb.Core.Primitives;
using PeerWeb.Core.Sharing;

namespace PeerWeb.Features.Sharing.Matrix;

/// <summary>What was ticked and unticked in one row and is not saved.</summary>
/// <param name="Add">Never what is stored already.</param>
/// <param name="Remove">Never what is not stored.</param>
/// <param name="Version">Of the stored grant that the viewer had before them.</param>
/// <param name="IsChangedElsewhere">The stored grant is another one than when the viewer began.</param>
/// <param name="Refusal">Why saving it failed; null where it was not tried.</param>
public sealed record PendingRights(Rights Add, Rights Remove, int Version, bool IsChangedElsewhere = false, string? Refusal = null)
{
    public Rights Over(Rights stored) => (stored | Add) & ~Remove;
}

/// <summary>What became of one saved row.</summary>
public sealed record MatrixOutcome(GrantChange Change, GrantOutcome Outcome)
{
    public MatrixKey Key => new(Change.App, Change.Principal, Change.Collection);
}

/// <summary>The differences between what is ticked and what is stored; all that is ever sent.</summary>
public sealed record MatrixDraft
{
    public static readonly MatrixDraft Empty = new();

    public ImmutableDictionary<MatrixKey, PendingRights> Pending { get; init; } = ImmutableDictionary<MatrixKey, PendingRights>.Empty;

    /// <summary>Added, and nothing of theirs is stored.</summary>
    public ImmutableList<MatrixPrincipal> Added { get; init; } = [];

    /// <summary>Everybody: those who have grants, then those who were added.</summary>
    public IReadOnlyList<MatrixPrincipal> Principals(MatrixFacts facts) => [.. facts.Principals, .. Added];

    /// <summary>The rights as the boxes of a row show them.</summary>
    public Rights Wanted(MatrixFacts facts, MatrixKey key)
    {
        var stored = facts.Stored(key).Rights;
        return Pending.TryGetValue(key, out var pending) ? pending.Over(stored) : stored;
    }

    /// <summary>Ticks or unticks one right; no other one follows.</summary>
    public MatrixDraft Tick(MatrixFacts facts, MatrixKey key, Rights right, bool isTicked)
    {
        var wanted = Wanted(facts, key);
        return Want(facts, key, isTicked ? wanted | right : wanted & ~right);
    }

    /// <summary>Unticks everything that a principal has, or, with <paramref name="only"/>, what they have on that collection.</summary>
    public MatrixDraft Remove(MatrixFacts facts, Principal principal, CollectionId? only)
    {
        var rows = facts.Grants.Keys.Concat(Pending.Keys)
            .Where(key => key.Principal == principal && (only is null || key.Collection == only))
            .ToHashSet();
        var draft = rows.Aggregate(this, (draft, key) => draft.Want(facts, key, Rights.None));
        return draft with { Added = draft.Added.RemoveAll(added => added.Principal == principal) };
    }

    public MatrixDraft Add(MatrixPrincipal principal) => this with { Added = Added.Add(principal) };

    /// <summary>The same wishes over what is stored now. What came true by itself is no difference any more.</summary>
    public MatrixDraft Rebase(MatrixFacts? before, MatrixFacts after)
    {
        var draft = this;
        foreach (var (key, pending) in Pending)
        {
            var isThere = key.Collection is null || after.Find(key.App, key.Collection) is not null;
            var stored = after.Stored(key);
            draft = draft.With(key, isThere ? Onto(pending, stored.Rights, stored.Version) : null);
        }
        // Whose last grant ended elsewhere still has the rows that the viewer is about to save.
        var gone = (before?.Principals ?? []).Where(principal => draft.Pending.Keys.Any(key => key.Principal == principal.Principal));
        var added = draft.Added.Concat(gone)
            .Where(added => after.Principals.All(known => known.Principal != added.Principal))
            .DistinctBy(added => added.Principal);
        return draft with { Added = [.. added] };
    }

    /// <summary>What was saved is no difference any more; what was not stays, with the reason.</summary>
    public MatrixDraft Settle(IEnumerable<MatrixOutcome> outcomes) => outcomes.Aggregate(this, (draft, one) =>
        !draft.Pending.TryGetValue(one.Key, out var pending) ? draft : draft.With(one.Key, one.Outcome switch
        {
            GrantOutcome.Stale stale => Onto(pending, stale.Rights, stale.Version),
            GrantOutcome.Refused refused => pending with { Refusal = refused.Reason },
            _ => null,
        }));

    public IReadOnlyList<GrantChange> Changes() =>
    [
        .. Pending.Select(row => new GrantChange(row.Key.App, row.Key.Collection, row.Key.Principal, row.Value.Add, row.Value.Remove, row.Value.Version)),
    ];

    private static PendingRights Onto(PendingRights pending, Rights stored, int version) => pending with
    {
        Add = pending.Add & ~stored,
        Remove = pending.Remove & stored,
        Version = version,
        IsChangedElsewhere = pending.IsChangedElsewhere || version != pending.Version,
    };

    private MatrixDraft Want(MatrixFacts facts, MatrixKey key, Rights wanted)
    {
        var stored = facts.Stored(key);
        var isChangedElsewhere = Pending.TryGetValue(key, out var before) && before.IsChangedElsewhere;
        return With(key, new PendingRights(wanted & ~stored.Rights, stored.Rights & ~wanted, stored.Version, isChangedElsewhere));
    }

    private MatrixDraft With(MatrixKey key, PendingRights? pending) => this with
    {
        Pending = pending is null or { Add: Rights.None, Remove: Rights.None } ? Pending.Remove(key) : Pending.SetItem(key, pending),
    };
}
