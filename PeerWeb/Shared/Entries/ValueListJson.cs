using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Shared.Entries;

/// <summary>Lists within a form as arrays. The context of the form's JSON knows the array's type, too.</summary>
internal sealed class ValueListJson<T> : JsonConverter<ValueList<T>>
    where T : class, IEquatable<T>
{
    public override ValueList<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        [.. (JsonSerializer.Deserialize(ref reader, TypeIn(options)) ?? []).OfType<T>()];

    public override void Write(Utf8JsonWriter writer, ValueList<T> value, JsonSerializerOptions options) => JsonSerializer.Serialize(writer, [.. value], TypeIn(options));

    private static JsonTypeInfo<T[]> TypeIn(JsonSerializerOptions options) => (JsonTypeInfo<T[]>)options.GetTypeInfo(typeof(T[]));
}
