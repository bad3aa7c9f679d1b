using PeerWeb.Core.Entries;

namespace PeerWeb.Core.Federation.Merge;

/// <summary>A merged list as it stands at one moment; never changes.</summary>
/// <param name="Entries">From its beginning, in the order of the query: of all that have answered nothing is missing in between, except where an installation is loading or does not answer.</param>
/// <param name="HasMore">More can be asked for.</param>
/// <param name="IsFull">There is more, and a list holds no more than <see cref="MergedList.MostEntries"/>: it takes a search, or a list that begins elsewhere.</param>
/// <param name="IsLoading">Somebody is being asked.</param>
/// <param name="Installations">This one first.</param>
/// <param name="Sources">All that the viewer sees, also those that are not asked.</param>
public sealed record ListSnapshot(
    IReadOnlyList<MergedEntry> Entries, bool HasMore, bool IsFull, bool IsLoading, IReadOnlyList<Installation> Installations, IReadOnlyList<Source> Sources)
{
    public static ListSnapshot Empty { get; } = new([], HasMore: true, IsFull: false, IsLoading: false, [], []);
}

/// <summary>An entry with its place in the order.</summary>
internal readonly record struct ListedEntry(PlacedSummary Placed, MergedEntry Entry);
