using PeerWeb.Core.Primitives;

namespace PeerWeb.Core.Entries;

/// <summary>One calendar, address book, todo list or notebook, as the acting principal sees it.</summary>
/// <param name="Color"><c>#rrggbb</c> as the owner chose it, or null.</param>
/// <param name="MyRights">The acting principal's effective rights; everything for the owner. RFC 9670 3.</param>
/// <param name="Token">Where its change feed stands now, for this principal.</param>
public sealed record Collection(
    CollectionId Id,
    AppId App,
    UserName Owner,
    string Name,
    string? Color,
    Rights MyRights,
    GrantVersion GrantVersion,
    SyncToken Token);
