using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;
using PeerWeb.Core.AddressBooks;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Federation.Merge;
using PeerWeb.Core.Primitives;
using PeerWeb.Shared;
using PeerWeb.Shared.Lists;

namespace PeerWeb.Features.AddressBooks;

/// <summary>The photos of contacts, as the viewer may see them. A photo that a card only names is never fetched.</summary>
public static class ContactPhotoSetup
{
    /// <summary>How long a browser shows one without asking again.</summary>
    private static readonly TimeSpan Holds = TimeSpan.FromMinutes(5);

    public static IEndpointRouteBuilder MapContactPhotos(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet(ContactPhotoLink.Path, PhotoAsync).RequireAuthorization().RequireRateLimiting(Downloads.PictureRateLimit);
        return endpoints;
    }

    /// <remarks>What is malformed, not there, not theirs, cannot be asked for and no image is one answer.</remarks>
    private static async Task<Results<FileContentHttpResult, NotFound>> PhotoAsync(HttpContext http, SourceEntries entries, CancellationToken cancellationToken)
    {
        if (!EntryLink.TryParse(http.Request.Query[EntryLink.Parameter], out var link) || link.Source.App != AddressBookApp.AppId)
            return TypedResults.NotFound();
        var answer = await entries.ReadAsync(UserName.Parse(http.User.Identity?.Name), link.Source, link.Uid, cancellationToken);
        if (answer is not EntryAnswer.Found { Entry: var entry } || PhotoOf(entry.Text) is not { Octets: { } octets, MediaType: { } mediaType })
            return TypedResults.NotFound();
        http.Response.Headers.CacheControl = new CacheControlHeaderValue { Private = true, MaxAge = Holds }.ToString();
        http.Response.Headers.XContentTypeOptions = "nosniff";
        // A peer's ETag may be any text.
        var tag = EntityTagHeaderValue.TryParse($"\"{entry.ETag.Value}\"", out var known) ? known : null;
        return TypedResults.Bytes(octets, mediaType, fileDownloadName: null, enableRangeProcessing: false, lastModified: null, entityTag: tag);
    }

    private static ContactPhoto? PhotoOf(string text)
    {
        try
        {
            return ContactCard.Read(text).Fields.Photo;
        }
        catch (InvalidEntryException)
        {
            return null;
        }
    }
}
