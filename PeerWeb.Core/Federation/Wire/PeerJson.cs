using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace PeerWeb.Core.Federation.Wire;

/// <summary>How peer messages are written and read: camel case, absent instead of null, no duplicate members, depth 32.</summary>
public static class PeerJson
{
    /// <summary>For answers: unknown members are ignored, so that a newer peer can say more.</summary>
    public static readonly JsonSerializerOptions Answers = Create(JsonUnmappedMemberHandling.Skip);

    /// <summary>For requests: unknown members are refused within their version.</summary>
    public static readonly JsonSerializerOptions Requests = Create(JsonUnmappedMemberHandling.Disallow);

    private static readonly JsonWriterOptions Writing = new() { Encoder = Answers.Encoder, MaxDepth = Answers.MaxDepth };

    /// <summary>Writes an answer.</summary>
    public static void Write<T>(IBufferWriter<byte> into, T answer)
    {
        using var writer = new Utf8JsonWriter(into, Writing);
        JsonSerializer.Serialize(writer, answer, Answers);
    }

    private static JsonSerializerOptions Create(JsonUnmappedMemberHandling unknownMembers)
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            AllowDuplicateProperties = false,
            AllowTrailingCommas = false,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            // Escaped, an entry's text would grow sixfold and no longer fit a message; nothing of this is ever put into a page.
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            MaxDepth = 32,
            NumberHandling = JsonNumberHandling.Strict,
            PropertyNameCaseInsensitive = false,
            RespectNullableAnnotations = true,
            RespectRequiredConstructorParameters = true,
            UnmappedMemberHandling = unknownMembers,
        };
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
