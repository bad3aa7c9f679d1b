using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using NodaTime;
using NodaTime.TimeZones;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Core.Formats.ICalendar;

/// <summary>A VTIMEZONE whose TZID says nothing: finds the tzdb zone that has the same offsets, or else follows its rules.</summary>
/// <remarks>RFC 5545 3.6.5. Compared over two years from its first use on, and where its rules go on for ever also ten years later.</remarks>
internal static class EmbeddedZone
{
    private const int MaxObservances = 500;
    private const int MaxRules = 50;
    private const int MaxKnown = 500;
    private const int FirstCompared = 1990;
    private const int LastCompared = 2036;

    private static readonly ConcurrentDictionary<string, CalendarZone> Known = new();

    private static readonly IReadOnlyList<string> Candidates =
        [.. TzdbDateTimeZoneSource.Default.WindowsMapping.PrimaryMapping.Values.Where(id => !id.StartsWith("Etc/", StringComparison.Ordinal)).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>Null where the component is malformed, or has rules that are not yearly.</summary>
    /// <param name="year">When it is used first.</param>
    /// <exception cref="InvalidEntryException">Too expensive to evaluate.</exception>
    public static CalendarZone? Read(Component component, int year)
    {
        // Every entry of a file brings the same zones along.
        var text = string.Join('\n', component.Tree().SelectMany(part => part.Properties).Select(line => line.Raw).Prepend(year.ToString(CultureInfo.InvariantCulture)));
        // Not the text itself, which a stranger may make half a megabyte long.
        var key = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
        if (Known.TryGetValue(key, out var known))
            return known;
        if (Evaluate(component, year) is not { } zone)
            return null;
        if (Known.Count >= MaxKnown)
            Known.Clear();
        return Known[key] = zone;
    }

    private static CalendarZone? Evaluate(Component component, int year)
    {
        var parts = component.Components.FindAll(part => part.Name is "STANDARD" or "DAYLIGHT");
        var observances = parts.Count <= MaxObservances ? parts.ConvertAll(ZoneObservance.Read) : [];
        if (observances.Count == 0 || observances.Contains(null))
            return null;
        var read = observances.OfType<ZoneObservance>().OrderBy(observance => observance.Start.Local).ToList();
        if (read.Select(observance => observance.To).Distinct().Count() == 1)
            return new CalendarZone(null, DateTimeZone.ForOffset(read[0].To));
        var rules = read.Count(observance => observance.Rule is not null);
        if (rules > MaxRules)
            return null;
        var zone = new RuleZone(
            component.Find("TZID")?.Value.Trim() ?? string.Empty,
            read[0].From,
            [.. read.SelectMany(observance => observance.Transitions(Math.Max(1, rules))).OrderBy(transition => transition.At)]);
        return Match(zone, year, read.Exists(observance => observance.GoesOn)) is { } id
            ? new CalendarZone(id, DateTimeZoneProviders.Tzdb[id])
            : new CalendarZone(null, zone);
    }

    private static string? Match(RuleZone zone, int year, bool goesOn)
    {
        var needed = goesOn && year + 12 < TimeRange.Latest.InUtc().Year ? new[] { year, year + 1, year + 10, year + 11 } : [year, year + 1];
        var intervals = needed.SelectMany(used => Offsets(zone, Year(used))).ToList();
        // Several may agree; whose history does too is meant.
        return Candidates.Where(candidate => HasSame(DateTimeZoneProviders.Tzdb[candidate], intervals))
            .MaxBy(candidate => Enumerable.Range(FirstCompared, LastCompared - FirstCompared).Count(other => HasSame(DateTimeZoneProviders.Tzdb[candidate], [.. Offsets(zone, Year(other))])));
    }

    private static Interval Year(int year) => new(Instant.FromUtc(year, 1, 1, 0, 0), Instant.FromUtc(year + 1, 1, 1, 0, 0));

    private static IEnumerable<(Interval During, Offset Offset)> Offsets(DateTimeZone zone, Interval years) =>
        zone.GetZoneIntervals(years, ZoneEqualityComparer.Options.OnlyMatchWallOffset)
            .Select(part => (new Interval(
                part.HasStart ? Instant.Max(part.Start, years.Start) : years.Start,
                part.HasEnd ? Instant.Min(part.End, years.End) : years.End), part.WallOffset));

    private static bool HasSame(DateTimeZone candidate, List<(Interval During, Offset Offset)> intervals) =>
        intervals.TrueForAll(part => candidate.GetUtcOffset(part.During.Start) == part.Offset
            && Offsets(candidate, part.During).All(other => other.Offset == part.Offset));
}
