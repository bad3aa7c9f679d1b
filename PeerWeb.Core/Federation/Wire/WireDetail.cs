using System.Text.Json;
using System.Text.Json.Serialization;

namespace PeerWeb.Core.Federation.Wire;

/// <summary>What an app says of an entry beside title and time: a JSON object, kept as its text, which nobody but the app reads.</summary>
[JsonConverter(typeof(WireDetailConverter))]
public readonly record struct WireDetail(string Json);

internal sealed class WireDetailConverter : JsonConverter<WireDetail>
{
    public override WireDetail Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.StartObject
            // As an element, so that members given twice are refused.
            ? new WireDetail(JsonSerializer.Deserialize<JsonElement>(ref reader, options).GetRawText())
            : throw new JsonException();

    public override void Write(Utf8JsonWriter writer, WireDetail value, JsonSerializerOptions options) => writer.WriteRawValue(value.Json);
}
