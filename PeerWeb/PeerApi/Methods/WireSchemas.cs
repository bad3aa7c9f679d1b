using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;
using PeerWeb.Core.Federation.Wire;

namespace PeerWeb.PeerApi.Methods;

/// <summary>JSON schemas of what travels, from the contract that reads and writes it.</summary>
/// <remarks>A type is called as in the code, without <c>Wire</c>. One that is in answers and in requests has a schema for each, since requests are strict: the latter is called <c>…Request</c>.</remarks>
internal sealed class WireSchemas
{
    private const string Place = "#/components/schemas/";

    private readonly Dictionary<(Type Type, bool IsRequest), string> _names = [];
    private readonly SortedDictionary<string, JsonNode> _schemas = new(StringComparer.Ordinal);

    /// <param name="answers">Before the requests, so that names do not depend on the order of calls.</param>
    public WireSchemas(IEnumerable<Type> answers, IEnumerable<Type> requests)
    {
        foreach (var answer in answers)
            Reference(answer, isRequest: false);
        foreach (var request in requests)
            Reference(request, isRequest: true);
    }

    public JsonObject ToJson() => new(_schemas.Select(schema => KeyValuePair.Create(schema.Key, (JsonNode?)schema.Value.DeepClone())));

    public JsonNode Reference(Type type, bool isRequest)
    {
        if (!_names.TryGetValue((type, isRequest), out var name))
        {
            var plain = type.Name.StartsWith("Wire", StringComparison.Ordinal) ? type.Name["Wire".Length..] : type.Name;
            name = isRequest && _names.ContainsKey((type, false)) ? plain + "Request" : plain;
            // Known before it is written: its own members may refer to it.
            _names.Add((type, isRequest), name);
            _schemas.Add(name, Export(type, isRequest));
        }
        return new JsonObject { ["$ref"] = Place + name };
    }

    /// <summary>Every member with its path: <c>slices[].token?</c>.</summary>
    public IEnumerable<string> MembersOf(Type type, bool isRequest) => Members(Reference(type, isRequest), string.Empty);

    private JsonNode Export(Type type, bool isRequest)
    {
        var options = isRequest ? PeerJson.Requests : PeerJson.Answers;
        return options.GetJsonSchemaAsNode(type, new JsonSchemaExporterOptions
        {
            TreatNullObliviousAsNonNullable = true,
            TransformSchemaNode = (context, schema) => Transform(type, isRequest, context, schema),
        });
    }

    private JsonNode Transform(Type owner, bool isRequest, JsonSchemaExporterContext context, JsonNode schema)
    {
        var type = Nullable.GetUnderlyingType(context.TypeInfo.Type) ?? context.TypeInfo.Type;
        if (type == typeof(WireDetail))
            return new JsonObject { ["type"] = "object" };
        if (type == typeof(IReadOnlyList<WireSummary?>))
            return new JsonObject { ["type"] = "array", ["items"] = Reference(typeof(WireSummary), isRequest) };
        if (context.TypeInfo.Kind == JsonTypeInfoKind.Object && type != owner && !context.Path.IsEmpty)
        {
            var reference = Reference(type, isRequest);
            return MayBeNull(schema) ? new JsonObject { ["anyOf"] = new JsonArray(reference, new JsonObject { ["type"] = "null" }) } : reference;
        }
        // That an optional member defaults to null says no more than that it is optional.
        if (schema is JsonObject plain && plain.TryGetPropertyValue("default", out var value) && value is null)
            plain.Remove("default");
        return schema;
    }

    private static bool MayBeNull(JsonNode schema) =>
        schema["type"] is JsonArray types && types.Any(type => type?.GetValue<string>() == "null");

    private IEnumerable<string> Members(JsonNode? schema, string prefix)
    {
        if (schema?["anyOf"]?[0] is { } some)
            return Members(some, prefix);
        if (schema?["$ref"]?.GetValue<string>() is { } reference)
            return Members(_schemas[reference[Place.Length..]], prefix);
        if (schema?["items"] is { } element)
            return Members(element, prefix + "[]");
        if (schema?["properties"] is not JsonObject properties)
            return [];
        var required = schema["required"]?.AsArray().Select(name => name?.GetValue<string>()).ToHashSet() ?? [];
        return properties.SelectMany(member =>
        {
            var path = (prefix.Length == 0 ? member.Key : $"{prefix}.{member.Key}") + (required.Contains(member.Key) ? "" : "?");
            return Members(member.Value, path).Prepend(path);
        });
    }
}
