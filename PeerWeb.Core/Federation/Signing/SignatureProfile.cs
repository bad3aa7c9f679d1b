using PeerWeb.Core.Federation.Signing.StructuredFields;
using PeerWeb.Core.Federation.Wire;

namespace PeerWeb.Core.Federation.Signing;

/// <summary>What a signature between peers looks like: one label, one tag each way, one list of components in one order.</summary>
internal static class SignatureProfile
{
    public const string Label = "pw1";
    public const string RequestTag = "peerweb-1";
    public const string AnswerTag = "peerweb-answer-1";

    /// <summary>Between <c>created</c> and <c>expires</c> of a request, and how old one may be.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(300);

    /// <summary>How far ahead of our clock a request may be signed.</summary>
    public static readonly TimeSpan Ahead = TimeSpan.FromSeconds(60);

    public static readonly IReadOnlyList<string> RequiredRequestFields = [PeerHeaders.ContentDigest, PeerHeaders.Version, PeerHeaders.Destination];

    /// <summary>Fields that may not be split over several lines, where two parsers could read two messages.</summary>
    public static readonly IReadOnlyList<string> SingleRequestFields =
    [
        PeerHeaders.SignatureInput, PeerHeaders.Signature, PeerHeaders.ContentType, PeerHeaders.ContentDigest, PeerHeaders.IdempotencyKey,
        PeerHeaders.IfMatch, PeerHeaders.IfNoneMatch, PeerHeaders.Version, PeerHeaders.Actor, PeerHeaders.Destination,
    ];

    public static readonly IReadOnlyList<string> SingleAnswerFields =
        [PeerHeaders.SignatureInput, PeerHeaders.Signature, PeerHeaders.ContentType, PeerHeaders.ContentDigest, PeerHeaders.ETag];

    private static readonly string[] RequestFields =
    [
        "content-type", "content-digest", "idempotency-key", "if-match", "if-none-match", "peerweb-version", "peerweb-actor",
        "peerweb-destination",
    ];

    private static readonly string[] AnswerFields = ["content-type", "content-digest", "etag"];

    private static readonly Parameter OfRequest = new("req", new SfBoolean(true));

    /// <summary>Everything that a request with these fields covers: an optional field that is absent is absent here too.</summary>
    public static List<Item> RequestComponents(FieldSection fields) =>
    [
        Item.Of("@method"), Item.Of("@authority"), Item.Of("@path"), Item.Of("@query"),
        .. RequestFields.Where(fields.Has).Select(Item.Of),
    ];

    /// <summary>Everything that an answer covers; the request's own signature ties it to that request.</summary>
    public static List<Item> AnswerComponents(FieldSection fields) =>
    [
        Item.Of("@status"),
        .. AnswerFields.Where(fields.Has).Select(Item.Of),
        new(new SfString("@method"), [OfRequest]),
        new(new SfString("@path"), [OfRequest]),
        new(new SfString("@query"), [OfRequest]),
        new(new SfString("signature"), [OfRequest, new Parameter("key", new SfString(Label))]),
    ];
}
