using PeerWeb.Core.Primitives;

namespace PeerWeb.Features.Sharing.Matrix;

/// <summary>One part of a difference: "+ edit on Work".</summary>
public sealed record DiffPart(bool IsGiven, string Rights, string Where)
{
    public override string ToString() => $"{(IsGiven ? '+' : '−')} {Rights} on {Where}";
}

/// <summary>What saving changes for one principal, in words.</summary>
public sealed record MatrixDiff(string Principal, IReadOnlyList<DiffPart> Parts)
{
    /// <summary>In the order of the matrix.</summary>
    public static IReadOnlyList<MatrixDiff> Of(MatrixFacts facts, MatrixDraft draft) =>
    [
        .. draft.Principals(facts)
            .Select(principal => new MatrixDiff(
                principal.Name,
                [.. facts.Places.SelectMany(place => Of(draft.Pending.GetValueOrDefault(place.For(principal)), facts.NameOf(place.App, place.Collection?.Id)))]))
            .Where(diff => diff.Parts.Count > 0),
    ];

    public override string ToString() => $"{Principal}: {string.Join(", ", Parts)}";

    private static IEnumerable<DiffPart> Of(PendingRights? pending, string where)
    {
        if (pending is null)
            yield break;
        if (pending.Add != Rights.None)
            yield return new DiffPart(true, RightColumn.Words(pending.Add), where);
        if (pending.Remove != Rights.None)
            yield return new DiffPart(false, RightColumn.Words(pending.Remove), where);
    }
}
