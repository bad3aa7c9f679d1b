using NodaTime.TimeZones;

namespace PeerWeb.Features.Calendars.Edit;

/// <summary>The zones that a person may choose from, by part of the world.</summary>
public static class ZoneNames
{
    /// <summary>Those that the tz database gives a place; its aliases and offsets are left out.</summary>
    public static IReadOnlyList<IGrouping<string, string>> ByRegion { get; } =
    [
        .. (TzdbDateTimeZoneSource.Default.ZoneLocations ?? [])
            .Select(location => location.ZoneId).Distinct().Where(id => id.Contains('/', StringComparison.Ordinal))
            .Order(StringComparer.Ordinal).GroupBy(id => id[..id.IndexOf('/', StringComparison.Ordinal)]),
    ];

    /// <summary>"Buenos Aires, Argentina" of <c>America/Argentina/Buenos_Aires</c>: what one looks for comes first.</summary>
    public static string InRegion(string id) => string.Join(", ", id.Replace('_', ' ').Split('/').Skip(1).Reverse());
}
