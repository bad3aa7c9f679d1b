using System.Globalization;
using NodaTime;
using NodaTime.TimeZones;

namespace PeerWeb.Shared.Zones;

/// <summary>The zones that one can choose, by region.</summary>
public static class ZoneList
{
    private const string Other = "Other";

    /// <summary>A region with the ids of its zones, both in order.</summary>
    public static readonly IReadOnlyList<(string Region, IReadOnlyList<string> Ids)> ByRegion =
    [
        .. (TzdbDateTimeZoneSource.Default.ZoneLocations ?? [])
            .Select(location => location.ZoneId)
            .Append("UTC")
            .Distinct()
            .Order(StringComparer.Ordinal)
            .GroupBy(id => id.Contains('/', StringComparison.Ordinal) ? id[..id.IndexOf('/', StringComparison.Ordinal)] : Other)
            .OrderBy(region => region.Key == Other)
            .Select(region => (region.Key, (IReadOnlyList<string>)[.. region])),
    ];

    /// <summary>"New York" of "America/New_York": short enough for a column's head.</summary>
    public static string City(string id) => id[(id.LastIndexOf('/') + 1)..].Replace('_', ' ');

    /// <summary>"Europe/Zurich (UTC+02:00)": the zone with its offset at that time.</summary>
    public static string Title(string id, Instant now) => id.Replace('_', ' ') + Offset(id, now);

    /// <summary>"Buenos Aires, Argentina (UTC-03:00)" of <c>America/Argentina/Buenos_Aires</c>: under its region, what one looks for comes first.</summary>
    public static string InRegion(string id, Instant now) =>
        id.Contains('/', StringComparison.Ordinal) ? string.Join(", ", id.Replace('_', ' ').Split('/').Skip(1).Reverse()) + Offset(id, now) : Title(id, now);

    public static bool Has(string id) => ByRegion.Any(region => region.Ids.Contains(id));

    private static string Offset(string id, Instant now) =>
        ViewerZone.Known(id) is { } zone ? $" (UTC{zone.GetUtcOffset(now).ToString("m", CultureInfo.InvariantCulture)})" : string.Empty;
}
