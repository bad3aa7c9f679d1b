using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using PeerWeb.Core.Federation.Discovery;
using PeerWeb.Core.Federation.Wire;

namespace PeerWeb.PeerApi.Methods;

/// <summary>The peer API as OpenAPI 3.1. It says the same at every installation of one version, so it names none.</summary>
internal static class OpenApiDocument
{
    private const string Parameters = "#/components/parameters/";

    private const string About =
        "Calls between linked PeerWeb installations. Requests and answers are signed (RFC 9421, RFC 9530); which fields are covered, in which order, "
        + "is in the signature profile. Requests are strict: an unknown member is refused. Answers may have members that are not listed here. "
        + "Optional members are absent instead of null.";

    private static readonly JsonSerializerOptions Writing = new(PeerJson.Answers) { WriteIndented = true, NewLine = "\n" };

    public static byte[] Write(IReadOnlyList<PeerCall> calls, WireSchemas schemas)
    {
        var paths = new JsonObject();
        foreach (var route in calls.GroupBy(call => call.Route))
        {
            paths[route.Key] = new JsonObject(route.GroupBy(call => call.Verb).Select(verb =>
                KeyValuePair.Create(verb.Key.ToLowerInvariant(), (JsonNode?)Operation([.. verb], schemas))));
        }
        var document = new JsonObject
        {
            ["openapi"] = "3.1.0",
            ["info"] = new JsonObject { ["title"] = "PeerWeb peer API", ["version"] = PeerHeaders.CurrentVersion, ["description"] = About },
            ["paths"] = paths,
            ["components"] = new JsonObject
            {
                ["schemas"] = Schemas(schemas),
                ["parameters"] = new JsonObject(OpenApiFields.All.Select(field => KeyValuePair.Create(field.Name, (JsonNode?)field.ToJson()))),
                ["responses"] = new JsonObject
                {
                    ["Problem"] = Answer("A refusal (RFC 9457). Its type is stable; one that is not known is to be taken by its status.",
                        "application/problem+json", schemas.Reference(typeof(WireProblem), isRequest: false)),
                },
                ["securitySchemes"] = new JsonObject
                {
                    ["signature"] = new JsonObject
                    {
                        ["type"] = "apiKey",
                        ["in"] = "header",
                        ["name"] = PeerHeaders.Signature,
                        ["description"] = "An HTTP message signature (RFC 9421) with a key of a linked peer, labelled pw1; its parameters are in Signature-Input.",
                    },
                },
            },
        };
        return JsonSerializer.SerializeToUtf8Bytes(document, Writing);
    }

    /// <param name="calls">One, or the kinds of message that one call takes.</param>
    private static JsonObject Operation(IReadOnlyList<PeerCall> calls, WireSchemas schemas)
    {
        var call = calls[0];
        var operation = new JsonObject
        {
            ["operationId"] = IdOf(call),
            ["summary"] = string.Join("; ", calls.Select(one => one.Kind is null ? one.Summary : $"{one.Kind}: {one.Summary}")),
        };
        if (!call.IsForAnyone)
            operation["security"] = new JsonArray(new JsonObject { ["signature"] = new JsonArray() });
        var parameters = new JsonArray([.. ParametersOf(calls)]);
        if (parameters.Count > 0)
            operation["parameters"] = parameters;
        if (calls.Select(one => one.Body).OfType<Type>().Distinct().ToList() is { Count: > 0 } bodies)
            operation["requestBody"] = new JsonObject { ["required"] = true, ["content"] = Content("application/json", OneOf(bodies, schemas, isRequest: true)) };
        var answers = new JsonObject();
        foreach (var status in calls.SelectMany(one => one.Answers).GroupBy(answer => answer.Status).OrderBy(answers => answers.Key))
        {
            var types = status.Select(answer => answer.Body).OfType<Type>().Distinct().ToList();
            var answer = types.Count == 0
                ? new JsonObject { ["description"] = "Done." }
                : Answer("Done.", "application/json", OneOf(types, schemas, isRequest: false));
            if (call.Fields.Answer.Count > 0)
            {
                answer["headers"] = new JsonObject(call.Fields.Answer.Select(field => KeyValuePair.Create(field,
                    (JsonNode?)new JsonObject { ["required"] = true, ["schema"] = new JsonObject { ["type"] = "string" } })));
            }
            answers[status.Key.ToString(CultureInfo.InvariantCulture)] = answer;
        }
        answers["default"] = new JsonObject { ["$ref"] = "#/components/responses/Problem" };
        operation["responses"] = answers;
        return operation;
    }

    private static IEnumerable<JsonNode> ParametersOf(IReadOnlyList<PeerCall> calls)
    {
        var call = calls[0];
        foreach (var segment in call.Segments)
            yield return OpenApiFields.InPath(segment);
        foreach (var parameter in call.Parameters)
            yield return OpenApiFields.InQuery(parameter);
        if (call.IsForAnyone)
            yield break;
        foreach (var field in OpenApiFields.OfEveryRequest)
            yield return new JsonObject { ["$ref"] = Parameters + field };
        if (call.HasActor)
            yield return new JsonObject { ["$ref"] = Parameters + PeerHeaders.Actor };
        foreach (var field in calls.SelectMany(one => one.Fields.Request).Distinct())
            yield return new JsonObject { ["$ref"] = Parameters + field.TrimEnd('?') };
    }

    private static JsonNode OneOf(List<Type> types, WireSchemas schemas, bool isRequest) =>
        types is [var only]
            ? schemas.Reference(only, isRequest)
            : new JsonObject { ["oneOf"] = new JsonArray([.. types.Select(type => schemas.Reference(type, isRequest))]) };

    private static JsonObject Answer(string description, string mediaType, JsonNode schema) =>
        new() { ["description"] = description, ["content"] = Content(mediaType, schema) };

    private static JsonObject Content(string mediaType, JsonNode schema) => new() { [mediaType] = new JsonObject { ["schema"] = schema } };

    /// <summary>The schemas, with the types of problems that there are: others may come.</summary>
    private static JsonObject Schemas(WireSchemas schemas)
    {
        var all = schemas.ToJson();
        var problem = all["Problem"]?["properties"] ?? throw new InvalidOperationException("There is no schema of problems.");
        problem["type"] = new JsonObject
        {
            ["anyOf"] = new JsonArray(
                new JsonObject { ["enum"] = new JsonArray([.. PeerProblems.All.Concat(LinkProblems.All).Select(slug => (JsonNode)PeerProblems.Type(slug))]) },
                new JsonObject { ["type"] = "string", ["format"] = "uri" }),
        };
        return all;
    }

    private static string IdOf(PeerCall call) => call.Verb.ToLowerInvariant() + string.Concat(call.Route
        .Split('/', '.', '-').Where(part => part.Length > 0 && !part.StartsWith('{') && part is not ("peer" or "v1")).Select(part => char.ToUpperInvariant(part[0]) + part[1..]));
}
