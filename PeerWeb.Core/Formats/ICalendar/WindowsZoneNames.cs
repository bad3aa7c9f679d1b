using NodaTime;
using NodaTime.Text;
using NodaTime.TimeZones;

namespace PeerWeb.Core.Formats.ICalendar;

/// <summary>Zones by the long names of Windows, such as <c>(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna</c>.</summary>
/// <remarks>No table exists for them: a city of the list that names a tzdb zone with that standard offset decides.</remarks>
internal static class WindowsZoneNames
{
    private static readonly Dictionary<string, string> WithoutCity = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Eastern Time (US & Canada)"] = "America/New_York",
        ["Central Time (US & Canada)"] = "America/Chicago",
        ["Mountain Time (US & Canada)"] = "America/Denver",
        ["Pacific Time (US & Canada)"] = "America/Los_Angeles",
        ["Atlantic Time (Canada)"] = "America/Halifax",
        ["Newfoundland"] = "America/St_Johns",
        ["Arizona"] = "America/Phoenix",
        ["Alaska"] = "America/Anchorage",
        ["Hawaii"] = "Pacific/Honolulu",
        ["Coordinated Universal Time"] = "Etc/UTC",
    };

    private static readonly ILookup<string, string> IdsByCity = TzdbDateTimeZoneSource.Default.GetIds()
        .Where(id => id.Contains('/', StringComparison.Ordinal))
        .ToLookup(id => id[(id.LastIndexOf('/') + 1)..].Replace('_', ' '), StringComparer.OrdinalIgnoreCase);

    public static string? Find(string name)
    {
        var close = name.IndexOf(')', StringComparison.Ordinal);
        if (close < 0 || !(name.StartsWith("(UTC", StringComparison.OrdinalIgnoreCase) || name.StartsWith("(GMT", StringComparison.OrdinalIgnoreCase)))
            return null;
        var offset = Offset.Zero;
        if (close > 4 && OffsetPattern.GeneralInvariant.Parse(name[4..close]) is { } parsed && !parsed.TryGetValue(Offset.Zero, out offset))
            return null;
        var places = name[(close + 1)..].Trim();
        if (WithoutCity.TryGetValue(places, out var id))
            return id;
        return places.Split(',', ';').SelectMany(place => IdsByCity[place.Trim()]).FirstOrDefault(candidate => HasStandardOffset(candidate, offset));
    }

    private static bool HasStandardOffset(string id, Offset offset) =>
        DateTimeZoneProviders.Tzdb[id].GetZoneInterval(Instant.FromUtc(2020, 1, 1, 0, 0)).StandardOffset == offset;
}
