using NodaTime;
using NodaTime.Text;
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

    private static readonly Dictionary<string, string> Aliases = new(StringComparer.OrdinalIgnoreCase)
    {
        ["tzone://Microsoft/Utc"] = "Etc/UTC",
        ["Z"] = "Etc/UTC",
    };

    private static readonly OffsetPattern Compact = OffsetPattern.CreateWithInvariantCulture("+HHmm");

    private readonly Dictionary<string, CalendarZone> _resolved = [];
    private int _compared;

    /// <param name="year">When the zone is used first; an embedded one is compared with tzdb from then on.</param>
    /// <exception cref="InvalidEntryException">Unknown, and no usable VTIMEZONE came along.</exception>
    public CalendarZone Resolve(string zoneId, int year, int line)
    {
        if (_resolved.TryGetValue(zoneId, out var known))
            return known;
        var zone = FindId(zoneId) is { } id ? Known(id) : ReadEmbedded(zoneId, year, line) ?? FixedOffset(zoneId);
        return _resolved[zoneId] = zone ?? throw new InvalidEntryException($"The time zone {zoneId} is unknown, and the text does not say its rules.", line);
    }

    /// <summary>IANA id of a TZID without looking at any VTIMEZONE, or null.</summary>
    public static string? FindId(string zoneId)
    {
        var name = NameOf(zoneId);
        if (Ids.TryGetValue(name, out var id) || Aliases.TryGetValue(name, out id))
            return id;
        return WindowsZoneNames.FindId(name) ?? FindInPath(name) ?? WindowsZoneNames.Find(name);
    }

    private CalendarZone? ReadEmbedded(string zoneId, int year, int line)
    {
        var name = NameOf(zoneId);
        if (embedded.FirstOrDefault(zone => zone.Text("TZID") is { } text && NameOf(text) == name) is not { } component)
            return null;
        if (component.Text("X-LIC-LOCATION") is { } location && FindId(location) is { } id)
            return Known(id);
        if (++_compared > MaxCompared)
            throw new InvalidEntryException($"More than {MaxCompared} time zones are known by their rules only.", line);
        return EmbeddedZone.Read(component, year) ?? throw new InvalidEntryException($"The time zone {zoneId} is unknown, and its rules cannot be followed.", line);
    }

    /// <summary>Names that are an offset, such as <c>UTC+01:00</c> and <c>GMT-0500</c>.</summary>
    private static CalendarZone? FixedOffset(string zoneId)
    {
        var name = NameOf(zoneId).ToUpperInvariant();
        if (name.StartsWith("UTC", StringComparison.Ordinal) || name.StartsWith("GMT", StringComparison.Ordinal))
            name = name[3..];
        return name.Length >= 2 && name[0] is '+' or '-' && (OffsetPattern.GeneralInvariant.Parse(name) is { Success: true, Value: var offset } || Compact.Parse(name).TryGetValue(default, out offset))
            ? new CalendarZone(null, DateTimeZone.ForOffset(offset))
            : null;
    }

    private static CalendarZone Known(string id) => new(id, DateTimeZoneProviders.Tzdb[id]);

    private static string NameOf(string zoneId) => zoneId.Trim().Trim('"');

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
