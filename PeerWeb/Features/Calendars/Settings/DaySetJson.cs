using System.Text.Json;
using System.Text.Json.Serialization;
using NodaTime;

namespace PeerWeb.Features.Calendars.Settings;

/// <summary>As names in a list: <c>["Monday","Tuesday"]</c>.</summary>
internal sealed class DaySetJson : JsonConverter<DaySet>
{
    public override DaySet Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        var set = DaySet.None;
        foreach (var name in document.RootElement.EnumerateArray())
        {
            if (Enum.TryParse<IsoDayOfWeek>(name.GetString(), out var day))
                set = set.With(day, true);
        }
        return set;
    }

    public override void Write(Utf8JsonWriter writer, DaySet value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        foreach (var day in value.Days())
            writer.WriteStringValue(day.ToString());
        writer.WriteEndArray();
    }
}
