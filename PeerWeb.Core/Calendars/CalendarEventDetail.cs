using System.Text.Json;
using System.Text.Json.Serialization;
using PeerWeb.Core.Formats.ICalendar;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Core.Calendars;

/// <remarks>RFC 5545 3.8.1.11.</remarks>
public enum EventStatus
{
    Confirmed,
    Tentative,
    Cancelled,
}

/// <remarks>RFC 5545 3.8.2.7.</remarks>
public enum Transparency
{
    Opaque,
    Transparent,
}

/// <summary>What a month cell and a popover show of an event beside its title and time; the JSON of <see cref="Entries.EntrySummary.Detail"/>.</summary>
/// <param name="Location">One line; null where there is none.</param>
/// <param name="Color">A CSS colour name or <c>#rrggbb</c>; RFC 7986 5.9.</param>
/// <param name="Excerpt">Beginning of the description, at most 200 characters.</param>
public sealed record CalendarEventDetail(
    string? Location,
    EventStatus Status,
    Transparency Transparency,
    IReadOnlyList<string>? Categories,
    string? Color,
    bool IsRecurring,
    string? Excerpt)
{
    private const int MaxExcerpt = 200;
    private const int MaxCategories = 10;

    public static readonly CalendarEventDetail Empty = new(null, EventStatus.Confirmed, Transparency.Opaque, null, null, false, null);

    /// <summary>Reads what <see cref="ToJson"/> wrote, here or at a peer; what cannot be read says nothing.</summary>
    public static CalendarEventDetail Parse(string json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, CalendarEventDetailJson.Default.CalendarEventDetail) is { } detail
                ? detail with { Color = detail.Color is { } color && IsColor(color) ? color : null }
                : Empty;
        }
        catch (JsonException)
        {
            return Empty;
        }
    }

    public string ToJson() => JsonSerializer.Serialize(this, CalendarEventDetailJson.Default.CalendarEventDetail);

    internal static CalendarEventDetail Of(Component component, bool isRecurring)
    {
        var categories = component.Categories.Take(MaxCategories).ToList();
        return new CalendarEventDetail(
            component.Text("LOCATION") is { } location ? DisplayText.OneLine(location) : null,
            StatusOf(component),
            TransparencyOf(component),
            categories.Count > 0 ? categories : null,
            component.Text("COLOR") is { } color && IsColor(color) ? color : null,
            isRecurring,
            component.Text("DESCRIPTION") is { } description ? DisplayText.Excerpt(description, MaxExcerpt) : null);
    }

    internal static EventStatus StatusOf(Component component) => component.Text("STATUS")?.ToUpperInvariant() switch
    {
        "TENTATIVE" => EventStatus.Tentative,
        "CANCELLED" => EventStatus.Cancelled,
        _ => EventStatus.Confirmed,
    };

    internal static Transparency TransparencyOf(Component component) =>
        component.Text("TRANSP")?.ToUpperInvariant() == "TRANSPARENT" ? Transparency.Transparent : Transparency.Opaque;

    /// <summary>Names and hexadecimal digits only, since it goes into a style.</summary>
    private static bool IsColor(string color) =>
        (color.Length is >= 3 and <= 30 && color.All(char.IsAsciiLetter))
        || (color.Length is 4 or 7 && color[0] == '#' && color.Skip(1).All(char.IsAsciiHexDigit));
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault)]
[JsonSerializable(typeof(CalendarEventDetail))]
internal sealed partial class CalendarEventDetailJson : JsonSerializerContext;
