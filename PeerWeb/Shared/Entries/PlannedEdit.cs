namespace PeerWeb.Shared.Entries;

/// <summary>One edit as it is sent, and sent again after a lost answer: one write, or two where it makes a second entry.</summary>
/// <param name="Main">Of the entry that was opened.</param>
/// <param name="Ahead">
/// The second entry: the rest of a series that is split, or the entry in another collection. It is written first, so that at no time anything is in neither of the two; while
/// <paramref name="Main"/> is not written, it can be taken back.
/// </param>
public sealed record PlannedEdit(PlannedWrite Main, PlannedWrite? Ahead = null);
