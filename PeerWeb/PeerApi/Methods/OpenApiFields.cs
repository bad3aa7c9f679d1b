using System.Text.Json.Nodes;
using PeerWeb.Core.Federation.Wire;

namespace PeerWeb.PeerApi.Methods;

/// <summary>A header field of requests, as OpenAPI says it.</summary>
internal sealed record OpenApiField(string Name, bool IsRequired, string Description)
{
    public JsonObject ToJson() => new()
    {
        ["name"] = Name,
        ["in"] = "header",
        ["required"] = IsRequired,
        ["description"] = Description,
        ["schema"] = new JsonObject { ["type"] = "string" },
    };
}

/// <summary>Parameters of the calls beside their bodies.</summary>
internal static class OpenApiFields
{
    /// <summary>Of every signed request.</summary>
    public static readonly IReadOnlyList<string> OfEveryRequest =
        [PeerHeaders.Version, PeerHeaders.Destination, PeerHeaders.ContentDigest, PeerHeaders.SignatureInput, PeerHeaders.Signature];

    public static readonly IReadOnlyList<OpenApiField> All =
    [
        new(PeerHeaders.Version, true, $"The version that the request is written in: {PeerHeaders.CurrentVersion}."),
        new(PeerHeaders.Destination, true, "The domain that the request is meant for."),
        new(PeerHeaders.ContentDigest, true, "RFC 9530, sha-256, also over an empty body."),
        new(PeerHeaders.SignatureInput, true, "RFC 9421 4.1, one signature with the label pw1."),
        new(PeerHeaders.Signature, true, "RFC 9421 4.2."),
        new(PeerHeaders.Actor, true, "The user of the signing peer who acts, and their groups: \"sam\"; groups=(\"sales\")."),
        new(PeerHeaders.IdempotencyKey, true, "16 to 64 characters, the same on every repeat."),
        new(PeerHeaders.IfMatch, false, "One strong ETag: of the version that the write is made for."),
        new(PeerHeaders.IfNoneMatch, false, "An asterisk, where the entry is new. A write that makes or changes an entry carries this or If-Match."),
    ];

    public static JsonNode InPath(string name) => new JsonObject
    {
        ["name"] = name,
        ["in"] = "path",
        ["required"] = true,
        ["description"] = name == "uid" ? "The UID's UTF-8 as base64url without padding." : "The collection's id, a UUID.",
        ["schema"] = new JsonObject { ["type"] = "string" },
    };

    public static JsonNode InQuery(QueryField field) => new JsonObject
    {
        ["name"] = field.Name,
        ["in"] = "query",
        ["required"] = !field.IsOptional,
        ["schema"] = new JsonObject { ["type"] = field.IsNumber ? "integer" : "string" },
    };
}
