using PeerWeb.Core.Primitives;

namespace PeerWeb.Core.Entries;

/// <summary>An entry that is in its collection but not in a file of it.</summary>
/// <param name="Reason">One sentence that a person understands.</param>
/// <param name="Line">1-based line of its text, where one is to blame.</param>
public sealed record SkippedEntry(CollectionId Collection, Uid Uid, string Reason, int? Line);
