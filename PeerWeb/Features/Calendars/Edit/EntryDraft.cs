using System.Text.Json;
using System.Text.Json.Serialization;
using PeerWeb.Core.Federation.Merge;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Features.Calendars.Edit;

/// <summary>All that it takes to open the dialog again as it was left.</summary>
/// <param name="Source">Empty where a new event has no calendar yet.</param>
/// <param name="Uid">Of a new event too: saved twice, it is still one event.</param>
/// <param name="RecurrenceId">Null where the event does not recur.</param>
/// <param name="BaseETag">What the event was when it was opened; null of a new one.</param>
/// <param name="BaseText">The same as text; null of a new one, and where only the browser kept it.</param>
/// <param name="Opened">What the form held when it was opened.</param>
/// <param name="Sent">The write that may have happened, where one was sent without an answer.</param>
/// <param name="SentAhead">The second entry that is written before <paramref name="Sent"/>, where it is there or may be.</param>
/// <param name="SentForm">What was in the form then; the write is repeated only while it still is.</param>
public sealed record EntryDraft(
    string Source, string Uid, string? RecurrenceId, string? BaseETag, string? BaseText, EntryForm Opened, EntryForm Form,
    SentWrite? Sent = null, EntryForm? SentForm = null, SentWrite? SentAhead = null)
{
    [JsonIgnore]
    public string Title => string.IsNullOrWhiteSpace(Form.Title) ? "(no title)" : DisplayText.Excerpt(Form.Title, 200);

    /// <summary>Null for what is no draft, or none of this version.</summary>
    public static EntryDraft? Read(string json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, EntryDraftJson.Default.EntryDraft) is { } draft && draft.IsWhole ? draft : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public string ToJson() => JsonSerializer.Serialize(this, EntryDraftJson.Default.EntryDraft);

    /// <summary>Null where a new event has no calendar yet.</summary>
    [JsonIgnore]
    public SourceId? SourceId => Core.Federation.Merge.SourceId.TryParse(Source, out var source) ? source : null;

    private bool IsWhole => Core.Primitives.Uid.TryParse(Uid, out _) && (BaseETag is null || (SourceId is not null && ETag.TryParse(BaseETag, out _)));
}

/// <summary>A write as a draft keeps it.</summary>
/// <param name="Text">Null of a deletion.</param>
/// <param name="Uid">Null where it is the draft's.</param>
public sealed record SentWrite(string Source, string? Text, string? ETag, string Key, string? Uid = null)
{
    public static SentWrite Of(PlannedWrite write) => new(write.Source.ToString(), write.Text, write.ETag?.Value, write.Key, write.Uid.Value);

    public PlannedWrite? Plan(Uid uid) => SourceId.TryParse(Source, out var source)
        ? new PlannedWrite(
            source, Core.Primitives.Uid.TryParse(Uid, out var other) ? other : uid, Text, Core.Primitives.ETag.TryParse(ETag, out var etag) ? etag : null, Key)
        : null;
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(EntryDraft))]
[JsonSerializable(typeof(RuleForm))]
internal sealed partial class EntryDraftJson : JsonSerializerContext;
