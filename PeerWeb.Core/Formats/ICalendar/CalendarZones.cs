using NodaTime;
using NodaTime.TimeZones;
using PeerWeb.Core.Entries;

namespace PeerWeb.Core.Formats.ICalendar;

/// <summary>Finds the zone that a TZID of one text stands for: by IANA id, by Windows name, else by the VTIMEZONE that came along.</summary>
/// <remarks>RFC 5545 3.2.19 and 3.6.5. Known ids are evaluated by tzdb, not by the copy in the text, which is often out of date.</remarks>
public sealed class CalendarZones(IReadOnlyList<Component> embedded)
{
    /// <summary>Zones of one text that are found by comparing rules.</summary>
    private const int MaxCompared = 20;

    private static readonly TzdbDateTimeZoneSource Tzdb = TzdbDateTimeZoneSource.Default;
    private static readonly Dictionary<string, string> Ids = Tzdb.GetIds().ToDictionary(id => id, StringComparer.OrdinalIgnoreCase);

    private readonly Dictionary<string, CalendarZone> _resolved = [];
    private int _compared;

    /// <param name="year">When the zone is used first; an embedded one is compared with tzdb from then on.</param>
    /// <exception cref="InvalidEntryException">Unknown, and no usable VTIMEZONE came along.</exception>
    public CalendarZone Resolve(string zoneId, int year, int line)
    {
        if (_resolved.TryGetValue(zoneId, out var known))
            return known;
        var component = embedded.FirstOrDefault(zone => zone.Find("TZID")?.Value.Trim() == zoneId.Trim());
        var id = FindId(zoneId) ?? (component?.Text("X-LIC-LOCATION") is { } location ? FindId(location) : null);
        if (id is null && component is not null && ++_compared > MaxCompared)
            throw new InvalidEntryException($"More than {MaxCompared} time zones are known by their rules only.", line);
        var zone = id is not null
            ? new CalendarZone(id, DateTimeZoneProviders.Tzdb[id])
            : component is null ? null : EmbeddedZone.Match(component, year);
        return _resolved[zoneId] = zone ?? throw new InvalidEntryException(
            component is null ? $"The time zone {zoneId} is unknown." : $"The time zone {zoneId} is unknown, and its rules match no known zone.", line);
    }

    /// <summary>IANA id of a TZID without looking at any VTIMEZONE, or null.</summary>
    public static string? FindId(string zoneId)
    {
        var name = zoneId.Trim().Trim('"');
        if (Ids.TryGetValue(name, out var id))
            return id;
        if (Tzdb.WindowsMapping.PrimaryMapping.TryGetValue(name, out var mapped))
            return mapped;
        return FindInPath(name) ?? WindowsZoneNames.Find(name);
    }

    /// <summary>Ids with a prefix of their maker, such as <c>/freeassociation.sourceforge.net/Europe/Zurich</c>.</summary>
    private static string? FindInPath(string name)
    {
        for (var slash = name.IndexOf('/', StringComparison.Ordinal); slash >= 0; slash = name.IndexOf('/', slash + 1))
        {
            if (Ids.TryGetValue(name[(slash + 1)..], out var id) && id.Contains('/', StringComparison.Ordinal))
                return id;
        }
        return null;
    }
}
