using PeerWeb.Core.Primitives;
using PeerWeb.Core.Sharing;

namespace PeerWeb.Features.Sharing.Matrix;

/// <summary>One right of one row, as its box shows it.</summary>
/// <param name="IsChanged">Ticked or unticked since, and not saved.</param>
/// <param name="Through">What gives the right also without this box: "All calendars"; null where nothing does.</param>
/// <param name="WhyDisabled">Null where it may be ticked.</param>
public sealed record MatrixCell(RightColumn Column, bool IsTicked, bool IsChanged, string? Through, string? WhyDisabled);

/// <summary>One row of the matrix, as it shows.</summary>
/// <param name="Name">"Work", or "All calendars".</param>
/// <param name="FullName">The same within a sentence, and without its neighbours.</param>
/// <param name="Hint">What the row's principal has here by another row: "Read, add also through All calendars".</param>
public sealed record MatrixRow(
    MatrixKey Key, string Name, string FullName, string? Color, IReadOnlyList<MatrixCell> Cells, string? Hint, PendingRights? Pending, StoredRights Stored)
{
    /// <summary>Neither stored nor ticked; may be folded away.</summary>
    public bool IsEmpty => Pending is null && Stored.Rights == Rights.None;

    public bool HasTicks => Cells.Any(cell => cell.IsTicked);

    public static MatrixRow Of(MatrixFacts facts, MatrixDraft draft, MatrixPrincipal principal, MatrixPlace place)
    {
        var key = place.For(principal);
        var wanted = draft.Wanted(facts, key);
        var stored = facts.Stored(key);
        var elsewhere = Elsewhere(facts, draft, principal, place).ToList();
        var isReadable = elsewhere.Aggregate(wanted, (rights, other) => rights | other.Rights).HasFlag(Rights.Read);
        var cells = RightColumn.All.Select(column => new MatrixCell(
            column,
            wanted.HasFlag(column.Right),
            (wanted ^ stored.Rights).HasFlag(column.Right),
            elsewhere.Where(other => other.Rights.HasFlag(column.Right)).Select(other => other.Name).FirstOrDefault(),
            WhyDisabled(column.Right, wanted | stored.Rights, isReadable, principal)));
        var hints = elsewhere.Where(other => other.Rights != Rights.None).Select(other => $"{RightColumn.Words(other.Rights)} also through {other.Name}");
        var hint = string.Join("; ", hints);
        return new MatrixRow(
            key, place.Name, facts.NameOf(key.App, key.Collection), place.Collection?.Color, [.. cells],
            hint.Length == 0 ? null : $"{char.ToUpperInvariant(hint[0])}{hint[1..]}", draft.Pending.GetValueOrDefault(key), stored);
    }

    /// <summary>A right is the union of all grants that name somebody: the same row of everyone there, and the rows of all collections.</summary>
    private static IEnumerable<(Rights Rights, string Name)> Elsewhere(
        MatrixFacts facts, MatrixDraft draft, MatrixPrincipal principal, MatrixPlace place)
    {
        var whole = place with { Collection = null };
        if (place.Collection is not null)
            yield return (draft.Wanted(facts, whole.For(principal)), whole.Name);
        if (principal is not { Principal: Principal.RemoteUser, Peer: { } peer })
            yield break;
        var all = draft.Principals(facts).FirstOrDefault(other => other.Principal is Principal.EveryoneAt && other.Peer == peer);
        if (all is null)
            yield break;
        var rights = draft.Wanted(facts, whole.For(all)) | draft.Wanted(facts, place.For(all));
        yield return (rights, all.Name);
    }

    private static string? WhyDisabled(Rights right, Rights ticked, bool isReadable, MatrixPrincipal principal)
    {
        // What is there can always be taken away.
        if (ticked.HasFlag(right))
            return null;
        if (principal.Problem is { } problem)
            return problem;
        return RightColumn.NeedRead.HasFlag(right) && !isReadable ? "Needs Read: tick that first." : null;
    }
}
