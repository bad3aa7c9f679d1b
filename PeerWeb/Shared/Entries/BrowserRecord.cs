using System.Text.Json.Serialization;

namespace PeerWeb.Shared.Entries;

/// <summary>A kept dialog as <c>drafts.js</c> hands it over.</summary>
/// <param name="At">ISO 8601, UTC.</param>
/// <param name="Draft">JSON of an <see cref="EntryDraft{TForm}"/>.</param>
internal sealed record BrowserRecord(string Id, string At, string Draft);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(List<BrowserRecord>))]
internal sealed partial class BrowserRecordJson : JsonSerializerContext;
