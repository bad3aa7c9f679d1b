using Microsoft.AspNetCore.WebUtilities;
using PeerWeb.Core.Primitives;
using PeerWeb.Shared.Lists;

namespace PeerWeb.Features.AddressBooks;

/// <summary>Where a contact's photo is: <c>/addressbook/photo?entry=…&amp;v=…</c>.</summary>
public static class ContactPhotoLink
{
    public const string Path = "/addressbook/photo";

    /// <param name="etag">Another version has another address, so that a browser never shows the photo before.</param>
    public static string Of(EntryLink link, ETag etag) => QueryHelpers.AddQueryString(link.On(Path), "v", etag.Value);
}
