using System.Reflection;

namespace PeerWeb.Core.Federation.Wire;

/// <summary>Stable problem types of the peer API (RFC 9457): <c>urn:peerweb:problem:</c> and one of these slugs.</summary>
public static class PeerProblems
{
    public const string Prefix = "urn:peerweb:problem:";

    /// <summary>Every slug here, in their order.</summary>
    public static IReadOnlyList<string> All { get; } = SlugsOf(typeof(PeerProblems));

    /// <summary>Signed outside of -300 s to +60 s; the problem names both times in <c>signedAt</c> and <c>receivedAt</c>.</summary>
    public const string ClockSkew = "clock-skew";

    /// <summary>Signed before this process started, so that a replay could not be told; sign anew.</summary>
    public const string Restarted = "restarted";

    public const string SignatureMissing = "signature-missing";

    /// <summary>Not exactly one signature <c>pw1</c> with the parameters and the tag of the profile.</summary>
    public const string SignatureMalformed = "signature-malformed";

    /// <summary>Covers other components than the profile, or the profile's in another order.</summary>
    public const string SignatureComponents = "signature-components";

    /// <summary>The signature does not hold over this request.</summary>
    public const string SignatureInvalid = "signature-invalid";

    public const string DigestMismatch = "digest-mismatch";

    public const string WrongDestination = "wrong-destination";

    /// <summary>The key belongs to nobody we know, or no longer counts.</summary>
    public const string UnknownKey = "unknown-key";

    public const string VersionUnsupported = "version-unsupported";

    public const string ContentEncodingRefused = "content-encoding";

    public const string DuplicateField = "duplicate-field";

    public const string MalformedField = "malformed-field";

    public const string Replayed = "replayed";

    public const string MalformedRequest = "malformed-request";

    public const string TooManyRequests = "too-many-requests";

    public const string BodyTooLarge = "body-too-large";

    /// <summary>The link between the two installations does not allow this call.</summary>
    public const string LinkNotActive = "link-not-active";

    /// <summary>The call is a user's and names none.</summary>
    public const string ActorMissing = "actor-missing";

    /// <summary>The call is the installation's own and names a user.</summary>
    public const string ActorRefused = "actor-refused";

    public const string MessageKindUnknown = "message-kind-unknown";

    /// <summary>The message can be read, and does not fit what is known here; the detail says why.</summary>
    public const string MessageRefused = "message-refused";

    /// <summary>Not JSON, or with unknown, missing or duplicate members.</summary>
    public const string MalformedBody = "malformed-body";

    public const string InvalidQuery = "invalid-query";

    /// <summary>Not there, or not for this user.</summary>
    public const string NotFound = "not-found";

    /// <summary>RFC 6578 3.5: list everything anew.</summary>
    public const string SyncTokenGone = "sync-token-gone";

    /// <summary>The call takes <c>application/json</c>.</summary>
    public const string NotJson = "not-json";

    public const string IdempotencyKeyMissing = "idempotency-key-missing";

    /// <summary>The key came before, with another body.</summary>
    public const string IdempotencyKeyReused = "idempotency-key-reused";

    /// <summary>RFC 6585 3: neither If-Match nor If-None-Match.</summary>
    public const string PreconditionMissing = "precondition-missing";

    /// <summary>Both fields at once, an If-Match that is not one strong ETag, or an If-None-Match other than <c>*</c>.</summary>
    public const string PreconditionMalformed = "precondition-malformed";

    /// <summary>Nothing changed; <c>current</c> is what is there, where the acting user may read it.</summary>
    public const string PreconditionFailed = "precondition-failed";

    /// <summary>The collection is there for the acting user, the right named in <c>missing</c> is not.</summary>
    public const string RightMissing = "right-missing";

    /// <summary>The text cannot become an entry; <c>detail</c> says why and <c>line</c> where.</summary>
    public const string InvalidEntry = "invalid-entry";

    public const string EntryTooLarge = "entry-too-large";

    /// <summary>The body names another collection or UID than the path.</summary>
    public const string PathMismatch = "path-mismatch";

    /// <summary>There is no such call here; a newer installation may have it.</summary>
    public const string MethodUnknown = "method-unknown";

    public const string AnswerTooLarge = "answer-too-large";

    public const string InternalError = "internal-error";

    /// <summary>507: there is no space left at the owner, so nothing was saved. Reading goes on.</summary>
    public const string StorageFull = "storage-full";

    /// <summary>503 with Retry-After: the owner's database was held by others for too long, and nothing was saved.</summary>
    public const string StorageBusy = "storage-busy";

    /// <summary>503 with Retry-After: the owner's database or its disk fails; a write may have happened.</summary>
    public const string StorageBroken = "storage-broken";

    /// <summary>The <c>type</c> member for <paramref name="slug"/>.</summary>
    public static string Type(string slug) => Prefix + slug;

    internal static IReadOnlyList<string> SlugsOf(Type problems) =>
        [.. problems.GetFields(BindingFlags.Public | BindingFlags.Static).Where(field => field is { IsLiteral: true, Name: not nameof(Prefix) })
            .Select(field => field.GetRawConstantValue()).OfType<string>()];

    /// <summary>The slug of a <c>type</c> member, or null where it is none of ours.</summary>
    public static string? Slug(string? type) =>
        type is not null && type.StartsWith(Prefix, StringComparison.Ordinal) ? type[Prefix.Length..] : null;
}
