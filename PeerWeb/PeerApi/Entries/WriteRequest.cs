using System.Net.Http.Headers;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Federation.Wire;
using PeerWeb.Core.Primitives;

namespace PeerWeb.PeerApi.Entries;

/// <summary>What the header fields of a write say; every part of it is covered by the signature.</summary>
/// <remarks>RFC 9110 13.1.1 and 13.1.2, RFC 6585 3, the Idempotency-Key draft.</remarks>
internal static class WriteRequest
{
    /// <summary>Exactly one of If-Match, with one strong ETag, and If-None-Match, with an asterisk.</summary>
    /// <exception cref="PeerCallException">428 for none, 400 for anything else.</exception>
    public static Precondition PreconditionOf(HttpRequest request)
    {
        // The verifier has refused a field that comes in two lines.
        var match = request.Headers.IfMatch.SingleOrDefault();
        var noneMatch = request.Headers.IfNoneMatch.SingleOrDefault();
        return (match, noneMatch) switch
        {
            (null, null) => throw new PeerCallException(
                StatusCodes.Status428PreconditionRequired, PeerProblems.PreconditionMissing, "A write carries If-Match, or If-None-Match where the entry is new."),
            (not null, not null) => throw Malformed("A write carries If-Match or If-None-Match, not both."),
            (not null, null) => ETag.TryParseHeader(match, out var etag) ? new Precondition.Match(etag) : throw Malformed("If-Match is one strong ETag."),
            (null, not null) => noneMatch == "*" ? new Precondition.Absent() : throw Malformed("If-None-Match is an asterisk."),
        };
    }

    /// <exception cref="PeerCallException">400 where it is missing or not of that length.</exception>
    public static string IdempotencyKeyOf(HttpRequest request) =>
        request.Headers[PeerHeaders.IdempotencyKey].SingleOrDefault() is { Length: >= Delivery.ShortestKey and <= Delivery.LongestKey } key
            ? key
            : throw new PeerCallException(
                StatusCodes.Status400BadRequest, PeerProblems.IdempotencyKeyMissing,
                $"A write carries an Idempotency-Key of {Delivery.ShortestKey} to {Delivery.LongestKey} characters.");

    public static bool IsJson(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type) && type.MediaType == "application/json";

    private static PeerCallException Malformed(string message) =>
        new(StatusCodes.Status400BadRequest, PeerProblems.PreconditionMalformed, message);
}
