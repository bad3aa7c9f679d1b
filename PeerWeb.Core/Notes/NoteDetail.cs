using System.Text.Json;
using System.Text.Json.Serialization;
using NodaTime;
using NodaTime.Text;
using PeerWeb.Core.Formats.ICalendar;

namespace PeerWeb.Core.Notes;

/// <summary>What a list shows of a note beside its title; the JSON of <see cref="Entries.EntrySummary.Detail"/>.</summary>
/// <param name="Excerpt">Beginning of the text without its marks, at most 200 characters.</param>
/// <param name="Modified">When it was changed last, such as <c>2026-11-10T09:00:00Z</c>.</param>
public sealed record NoteDetail(string? Excerpt, IReadOnlyList<string>? Tags, string? Modified)
{
    private const int MaxExcerpt = 200;
    private const int MaxTags = 10;

    public static readonly NoteDetail Empty = new(null, null, null);

    [JsonIgnore]
    public Instant? ModifiedAt => Modified is { } text && InstantPattern.General.Parse(text) is { Success: true, Value: var at } ? at : null;

    /// <summary>Reads what <see cref="ToJson"/> wrote, here or at a peer; what cannot be read says nothing.</summary>
    public static NoteDetail Parse(string json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, NoteDetailJson.Default.NoteDetail) is { } detail ? detail with { Tags = detail.Tags?.OfType<string>().ToList() } : Empty;
        }
        catch (JsonException)
        {
            return Empty;
        }
    }

    public string ToJson() => JsonSerializer.Serialize(this, NoteDetailJson.Default.NoteDetail);

    internal static NoteDetail Of(Component component)
    {
        var tags = component.Categories.Take(MaxTags).ToList();
        return new NoteDetail(
            component.Text("DESCRIPTION") is { } text && NoteExcerpt.Of(text, MaxExcerpt) is { Length: > 0 } excerpt ? excerpt : null,
            tags.Count > 0 ? tags : null,
            component.Text("LAST-MODIFIED") is { } stamp && CalendarTimeText.ReadUtc(stamp) is { } at ? InstantPattern.General.Format(at) : null);
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault)]
[JsonSerializable(typeof(NoteDetail))]
internal sealed partial class NoteDetailJson : JsonSerializerContext;
