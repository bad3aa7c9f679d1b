using System.Text.Json;
using System.Text.Json.Serialization;
using PeerWeb.Core.Federation.Merge;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Shared.Entries;

/// <summary>All that it takes to open the dialog again as it was left.</summary>
/// <param name="Source">Empty where a new entry has no collection yet.</param>
/// <param name="Uid">Of a new entry too: saved twice, it is still one.</param>
/// <param name="RecurrenceId">Null where the entry does not recur.</param>
/// <param name="BaseETag">What the entry was when it was opened; null of a new one.</param>
/// <param name="BaseText">The same as text; null of a new one, and where only the browser kept it.</param>
/// <param name="Opened">What the form held when it was opened.</param>
/// <param name="Sent">The write that may have happened, where one was sent without an answer.</param>
/// <param name="SentAhead">The second entry that is written before <paramref name="Sent"/>, where it is there or may be.</param>
/// <param name="SentForm">What was in the form then; the write is repeated only while it still is.</param>
public sealed record EntryDraft<TForm>(
    string Source, string Uid, string? RecurrenceId, string? BaseETag, string? BaseText, TForm Opened, TForm Form,
    SentWrite? Sent = null, TForm? SentForm = null, SentWrite? SentAhead = null)
    where TForm : class, IEntryForm
{
    [JsonIgnore]
    public string Title => string.IsNullOrWhiteSpace(Form.Title) ? "(no title)" : DisplayText.Excerpt(Form.Title, 200);

    /// <summary>Null where a new entry has no collection yet.</summary>
    [JsonIgnore]
    public SourceId? SourceId => Core.Federation.Merge.SourceId.TryParse(Source, out var source) ? source : null;

    internal bool IsWhole => Core.Primitives.Uid.TryParse(Uid, out _) && (BaseETag is null || (SourceId is not null && ETag.TryParse(BaseETag, out _)));
}

public static class EntryDraft
{
    /// <summary>Null for what is no draft, or none of this version.</summary>
    public static EntryDraft<TForm>? Read<TForm>(string json, EntryKind<TForm> kind)
        where TForm : class, IEntryForm
    {
        try
        {
            return JsonSerializer.Deserialize(json, kind.Drafts) is { IsWhole: true } draft ? draft : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
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
