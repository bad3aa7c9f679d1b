using System.Text.Json;
using System.Text.Json.Serialization;
using NodaTime;
using PeerWeb.Shared;

namespace PeerWeb.Features.Calendars.Settings;

/// <summary>How one user wants to see calendars. Nothing an event says depends on it.</summary>
/// <remarks>What is not written reads as false or null, whatever stands here; so that, or what <see cref="Read"/> makes of it, is the default.</remarks>
public sealed record CalendarSettings
{
    public static readonly CalendarSettings Default = new();

    /// <summary>The days on which a week may begin.</summary>
    public static readonly IReadOnlyList<IsoDayOfWeek> WeekStarts = [IsoDayOfWeek.Monday, IsoDayOfWeek.Sunday, IsoDayOfWeek.Saturday];

    public IsoDayOfWeek WeekStart { get; init; } = IsoDayOfWeek.Monday;

    public bool ShowsWeekNumbers { get; init; }

    /// <summary>Month and week leave Saturday and Sunday out.</summary>
    public bool HidesWeekends { get; init; }

    /// <summary>The days of a work week; never none.</summary>
    public DaySet WorkDays { get; init; } = DaySet.MondayToFriday;

    /// <summary>An IANA id; null: as the browser says.</summary>
    public string? Zone { get; init; }

    /// <summary>An IANA id, of a zone whose times show beside; null for none.</summary>
    public string? SecondZone { get; init; }

    /// <summary>No single keys that work all over the page; WCAG 2.1.4 wants them to be switched off.</summary>
    public bool WithoutShortcuts { get; init; }

    [JsonIgnore]
    public DaySet Hidden => HidesWeekends ? DaySet.Weekend : DaySet.None;

    [JsonIgnore]
    public DateTimeZone? FixedZone => ViewerZone.Known(Zone);

    [JsonIgnore]
    public DateTimeZone? Second => ViewerZone.Known(SecondZone);

    /// <summary>Reads what <see cref="ToJson"/> wrote; what cannot be read, or makes no sense any more, is as by default.</summary>
    public static CalendarSettings Read(string? json)
    {
        if (json is null)
            return Default;
        try
        {
            return JsonSerializer.Deserialize(json, CalendarSettingsJson.Default.CalendarSettings)?.Sensible() ?? Default;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return Default;
        }
    }

    public string ToJson() => JsonSerializer.Serialize(this, CalendarSettingsJson.Default.CalendarSettings);

    private CalendarSettings Sensible() => this with
    {
        WeekStart = WeekStarts.Contains(WeekStart) ? WeekStart : Default.WeekStart,
        WorkDays = WorkDays.Count > 0 ? WorkDays : Default.WorkDays,
        Zone = FixedZone?.Id,
        SecondZone = Second?.Id,
    };
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(CalendarSettings))]
internal sealed partial class CalendarSettingsJson : JsonSerializerContext;
