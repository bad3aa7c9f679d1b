namespace PeerWeb.Core.Entries;

/// <summary>Two changed versions of one entry, put together property by property.</summary>
/// <param name="Text">Null where there are conflicts.</param>
/// <param name="Conflicts">What both sides changed differently; left is mine, right theirs.</param>
public sealed record EntryMerge(string? Text, IReadOnlyList<EntryDifference> Conflicts);
