using PeerWeb.Core.Federation.Merge;
using PeerWeb.Core.Primitives;
using PeerWeb.Shared.Entries;

namespace PeerWeb.Shared;

/// <summary>Dated entries of another app that the calendar shows beside events; registered by the app's feature, once for each circuit.</summary>
/// <param name="Title">"Birthdays".</param>
/// <param name="Nouns">What its entries and collections are called.</param>
/// <param name="Order">Where it stands among the others, the lowest first.</param>
/// <param name="Read">How an instance shows; null where it does not.</param>
/// <param name="Check">Has an entry done, or to do again, at its owner, and says in a sentence what became of it. Null where nothing can be checked.</param>
public sealed record CalendarLayer(AppId App, string Title, EntryNouns Nouns, int Order, Func<MergedEntry, LayerEntry?> Read, CheckEntry? Check = null);

/// <param name="AtEnd">Shows where it ends instead of from its start on.</param>
/// <param name="IsDone">Null where it is nothing to be done.</param>
public readonly record struct LayerEntry(bool AtEnd = false, bool? IsDone = null);

public delegate Task<EntryResult.Done> CheckEntry(MergedEntry entry, bool isDone, EntryScene scene, CancellationToken cancellationToken);
