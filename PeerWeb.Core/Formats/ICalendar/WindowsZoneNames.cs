using NodaTime;
using NodaTime.Text;
using NodaTime.TimeZones;

namespace PeerWeb.Core.Formats.ICalendar;

/// <summary>Zones by the long names of Windows, such as <c>(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna</c>.</summary>
/// <remarks>A name that is no city is in the table; else a city of the list that names a tzdb zone with that standard offset decides, or the only zone of a city.</remarks>
internal static class WindowsZoneNames
{
    private static readonly Dictionary<string, string> WithoutCity = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Coordinated Universal Time"] = "UTC",
        ["International Date Line West"] = "Dateline Standard Time",
        ["Aleutian Islands"] = "Aleutian Standard Time",
        ["Hawaii"] = "Hawaiian Standard Time",
        ["Marquesas Islands"] = "Marquesas Standard Time",
        ["Alaska"] = "Alaskan Standard Time",
        ["Baja California"] = "Pacific Standard Time (Mexico)",
        ["Pacific Time (US & Canada)"] = "Pacific Standard Time",
        ["Arizona"] = "US Mountain Standard Time",
        ["La Paz, Mazatlan"] = "Mountain Standard Time (Mexico)",
        ["Mountain Time (US & Canada)"] = "Mountain Standard Time",
        ["Yukon"] = "Yukon Standard Time",
        ["Central America"] = "Central America Standard Time",
        ["Central Time (US & Canada)"] = "Central Standard Time",
        ["Easter Island"] = "Easter Island Standard Time",
        ["Saskatchewan"] = "Canada Central Standard Time",
        ["Chetumal"] = "Eastern Standard Time (Mexico)",
        ["Eastern Time (US & Canada)"] = "Eastern Standard Time",
        ["Haiti"] = "Haiti Standard Time",
        ["Indiana (East)"] = "US Eastern Standard Time",
        ["Turks and Caicos"] = "Turks And Caicos Standard Time",
        ["Atlantic Time (Canada)"] = "Atlantic Standard Time",
        ["Newfoundland"] = "Newfoundland Standard Time",
        ["Brasilia"] = "E. South America Standard Time",
        ["City of Buenos Aires"] = "Argentina Standard Time",
        ["Saint Pierre and Miquelon"] = "Saint Pierre Standard Time",
        ["Salvador"] = "Bahia Standard Time",
        ["Greenland"] = "Greenland Standard Time",
        ["Cabo Verde Is."] = "Cape Verde Standard Time",
        ["Cape Verde Is."] = "Cape Verde Standard Time",
        ["West Central Africa"] = "W. Central Africa Standard Time",
        ["Abu Dhabi, Muscat"] = "Arabian Standard Time",
        ["Port Louis"] = "Mauritius Standard Time",
        ["Ekaterinburg"] = "Ekaterinburg Standard Time",
        ["Chennai, Kolkata, Mumbai, New Delhi"] = "India Standard Time",
        ["Sri Jayawardenepura"] = "Sri Lanka Standard Time",
        ["Astana"] = "Central Asia Standard Time",
        ["Yangon (Rangoon)"] = "Myanmar Standard Time",
        ["Lord Howe Island"] = "Lord Howe Standard Time",
        ["Bougainville Island"] = "Bougainville Standard Time",
        ["Chokurdakh"] = "Russia Time Zone 10",
        ["Norfolk Island"] = "Norfolk Standard Time",
        ["Solomon Is., New Caledonia"] = "Central Pacific Standard Time",
        ["Chatham Islands"] = "Chatham Islands Standard Time",
        ["Nuku'alofa"] = "Tonga Standard Time",
        ["Samoa"] = "Samoa Standard Time",
        ["Kiritimati Island"] = "Line Islands Standard Time",
    };

    private static readonly Dictionary<string, string> Ids = new(TzdbDateTimeZoneSource.Default.WindowsMapping.PrimaryMapping, StringComparer.OrdinalIgnoreCase);

    private static readonly ILookup<string, string> IdsByCity = TzdbDateTimeZoneSource.Default.GetIds()
        .Where(id => id.Contains('/', StringComparison.Ordinal))
        .ToLookup(id => id[(id.LastIndexOf('/') + 1)..].Replace('_', ' '), StringComparer.OrdinalIgnoreCase);

    /// <summary>By the id that Windows has for a zone.</summary>
    public static string? FindId(string windowsId) => Ids.GetValueOrDefault(windowsId);

    /// <summary>By the name that Windows shows.</summary>
    public static string? Find(string name)
    {
        var close = name.IndexOf(')', StringComparison.Ordinal);
        if (close < 0 || !(name.StartsWith("(UTC", StringComparison.OrdinalIgnoreCase) || name.StartsWith("(GMT", StringComparison.OrdinalIgnoreCase)))
            return null;
        var places = name[(close + 1)..].Trim();
        if (WithoutCity.TryGetValue(places, out var windowsId) || IsUniversalTime(places, out windowsId))
            return FindId(windowsId);
        var cities = places.Split([',', ';', '/', ':'], StringSplitOptions.TrimEntries).Select(city => IdsByCity[city].ToList()).ToList();
        return (ReadOffset(name[4..close]) is { } offset ? cities.SelectMany(ids => ids).FirstOrDefault(id => HasStandardOffset(id, offset)) : null)
            ?? cities.Select(OnlyOne).FirstOrDefault(id => id is not null);
    }

    private static string? OnlyOne(List<string> ids)
    {
        var zones = ids.Select(id => TzdbDateTimeZoneSource.Default.CanonicalIdMap[id]).Distinct().ToList();
        return zones.Count != 1 ? null : ids.Contains(zones[0]) ? zones[0] : ids[0];
    }

    /// <summary>Such as <c>Coordinated Universal Time-11</c>.</summary>
    private static bool IsUniversalTime(string places, out string windowsId)
    {
        const string Prefix = "Coordinated Universal Time";
        windowsId = places.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) ? $"UTC{places[Prefix.Length..].Trim()}" : string.Empty;
        return windowsId.Length > 0;
    }

    /// <remarks>Exchange wrote a dot for the colon.</remarks>
    private static Offset? ReadOffset(string text)
    {
        if (text.Length == 0)
            return Offset.Zero;
        return OffsetPattern.GeneralInvariant.Parse(text.Replace('.', ':')) is { Success: true, Value: var offset } ? offset : null;
    }

    /// <remarks>By the clocks of winter, wherever that is: some zones call their summer time standard.</remarks>
    private static bool HasStandardOffset(string id, Offset offset)
    {
        var zone = DateTimeZoneProviders.Tzdb[id];
        return Offset.Min(zone.GetUtcOffset(Instant.FromUtc(2020, 1, 1, 0, 0)), zone.GetUtcOffset(Instant.FromUtc(2020, 7, 1, 0, 0))) == offset;
    }
}
