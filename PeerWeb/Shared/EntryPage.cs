using NodaTime;
using PeerWeb.Core.Federation.Merge;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Shared;

/// <summary>The page on which the entries of one app show; registered by the app's feature for those who link to entries of all apps.</summary>
/// <param name="Title">"Notes".</param>
/// <param name="Address">Of the page itself: <c>/notes</c>.</param>
/// <param name="Hook">The <c>data-testid</c> of an entry: <c>note</c>.</param>
/// <param name="Icon">SVG markup of 24 by 24.</param>
/// <param name="Order">Where the app stands among the others, the lowest first.</param>
/// <param name="AddressOf">Where one entry shows, opened.</param>
/// <param name="About">What a line says of an entry beside its title, times in the viewer's zone; null where there is nothing.</param>
public sealed record EntryPage(
    AppId App, string Title, string Address, string Hook, string Icon, int Order, Func<MergedEntry, DateTimeZone, string> AddressOf, Func<MergedEntry, DateTimeZone, string?> About);
