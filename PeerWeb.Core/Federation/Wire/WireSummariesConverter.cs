using System.Text.Json;
using System.Text.Json.Serialization;

namespace PeerWeb.Core.Federation.Wire;

/// <summary>Reads each summary by itself, in one pass: what cannot be read is null, and the next one is read all the same.</summary>
internal sealed class WireSummariesConverter : JsonConverter<IReadOnlyList<WireSummary?>>
{
    public override IReadOnlyList<WireSummary?> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
            throw new JsonException();
        var summaries = new List<WireSummary?>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            var before = reader;
            try
            {
                summaries.Add(JsonSerializer.Deserialize<WireSummary>(ref reader, options));
            }
            catch (JsonException)
            {
                // What is no JSON, or has a member twice, is thrown again here, and is the page's fault.
                reader = before;
                JsonSerializer.Deserialize<JsonElement>(ref reader, options);
                summaries.Add(null);
            }
        }
        return summaries;
    }

    public override void Write(Utf8JsonWriter writer, IReadOnlyList<WireSummary?> value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        foreach (var summary in value)
            JsonSerializer.Serialize(writer, summary, options);
        writer.WriteEndArray();
    }
}
