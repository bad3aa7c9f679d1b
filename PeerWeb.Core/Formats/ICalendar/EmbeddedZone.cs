using System.Globalization;
using NodaTime;
using NodaTime.TimeZones;

namespace PeerWeb.Core.Formats.ICalendar;

/// <summary>A VTIMEZONE whose TZID says nothing: finds the tzdb zone that has the same offsets, or takes its only offset.</summary>
/// <remarks>RFC 5545 3.6.5. Compared over two years; rules other than yearly ones are not followed.</remarks>
internal static class EmbeddedZone
{
    private const int MaxObservances = 100;

    private sealed record Observance(Offset From, Offset To, CalendarTime Start, IReadOnlyList<ContentLine> Rules, IReadOnlyList<LocalDateTime> Dates);

    private readonly record struct Transition(Instant At, Offset To);

    private static readonly IReadOnlyList<string> Candidates =
        [.. TzdbDateTimeZoneSource.Default.WindowsMapping.PrimaryMapping.Values.Where(id => !id.StartsWith("Etc/", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    public static CalendarZone? Match(Component component, int year)
    {
        var observances = component.Components.Take(MaxObservances + 1).Select(Read).ToList();
        if (observances.Count is 0 or > MaxObservances || observances.Contains(null))
            return null;
        var known = observances.OfType<Observance>().ToList();
        if (known.Select(observance => observance.To).Distinct().Count() == 1)
            return new CalendarZone(null, DateTimeZone.ForOffset(known[0].To));
        var transitions = known.SelectMany(observance => Transitions(observance, year)).OrderBy(transition => transition.At).ToList();
        var from = Instant.FromUtc(year, 1, 1, 0, 0);
        var samples = Enumerable.Range(0, 104).Select(week => from + Duration.FromDays(week * 7))
            .Concat(transitions.SelectMany(transition => new[] { transition.At, transition.At - Duration.FromSeconds(1) }))
            .Where(instant => instant >= from && instant < from + Duration.FromDays(730))
            .Select(instant => (instant, OffsetAt(transitions, instant)))
            .ToList();
        if (samples.Exists(sample => sample.Item2 is null))
            return null;
        var id = Candidates.FirstOrDefault(candidate =>
        {
            var zone = DateTimeZoneProviders.Tzdb[candidate];
            return samples.TrueForAll(sample => zone.GetUtcOffset(sample.instant) == sample.Item2);
        });
        return id is null ? null : new CalendarZone(id, DateTimeZoneProviders.Tzdb[id]);
    }

    private static Offset? OffsetAt(List<Transition> transitions, Instant instant)
    {
        var last = transitions.FindLastIndex(transition => transition.At <= instant);
        return last < 0 ? null : transitions[last].To;
    }

    private static IEnumerable<Transition> Transitions(Observance observance, int year)
    {
        var from = new LocalDateTime(year - 1, 1, 1, 0, 0);
        var starts = observance.Rules.SelectMany(line => GuardedRule.Read(line, observance.Start, MaxObservances).Starts(from, from.PlusYears(4), 20, _ => true))
            .Concat(observance.Dates)
            .Append(observance.Start.Local);
        return starts.Distinct().Select(start => new Transition((start - observance.From.ToSpan()).InUtc().ToInstant(), observance.To));
    }

    private static Observance? Read(Component component)
    {
        if (ReadOffset(component.Text("TZOFFSETFROM")) is not { } from || ReadOffset(component.Text("TZOFFSETTO")) is not { } to)
            return null;
        if (component.Find("DTSTART") is not { } start || ReadLocal(start.Value) is not { } local)
            return null;
        var rules = component.All("RRULE").ToList();
        if (rules.Count > 1 || rules.Exists(rule => !rule.Value.Contains("YEARLY", StringComparison.OrdinalIgnoreCase)))
            return null;
        var dates = component.All("RDATE").SelectMany(line => line.Value.Split(',')).Select(ReadLocal).ToList();
        return dates.Contains(null) || dates.Count > Caps.ListedDates
            ? null
            : new Observance(from, to, new CalendarTime(Primitives.TimeKind.Floating, local, null), rules, [.. dates.OfType<LocalDateTime>()]);
    }

    private static LocalDateTime? ReadLocal(string value) =>
        CalendarTimeText.DateTime.Parse(value.Trim()) is { Success: true, Value: var local } ? local : null;

    private static Offset? ReadOffset(string? text)
    {
        if (text is not { Length: 5 or 7 } || text[0] is not ('+' or '-') || !int.TryParse(text.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out var digits))
            return null;
        var (hours, minutes, seconds) = text.Length == 5 ? (digits / 100, digits % 100, 0) : (digits / 10000, digits / 100 % 100, digits % 100);
        if (hours > 17 || minutes > 59 || seconds > 59)
            return null;
        var total = (hours * 3600) + (minutes * 60) + seconds;
        return Offset.FromSeconds(text[0] == '-' ? -total : total);
    }
}

internal static class OffsetArithmetic
{
    public static Period ToSpan(this Offset offset) => Period.FromSeconds(offset.Seconds);
}
