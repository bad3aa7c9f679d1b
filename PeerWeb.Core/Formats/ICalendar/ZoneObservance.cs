using System.Globalization;
using NodaTime;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Core.Formats.ICalendar;

/// <summary>A STANDARD or DAYLIGHT of a VTIMEZONE.</summary>
/// <param name="Rule">A yearly one, or null.</param>
/// <remarks>RFC 5545 3.6.5. Onsets are in the wall-clock time before them.</remarks>
internal sealed record ZoneObservance(Offset From, Offset To, CalendarTime Start, ContentLine? Rule, IReadOnlyList<LocalDateTime> Dates)
{
    private const int MaxYears = 300;
    private const int MaxProduct = 31;

    public bool GoesOn => Rule is not null && !Rule.Value.Contains("UNTIL", StringComparison.OrdinalIgnoreCase) && !Rule.Value.Contains("COUNT", StringComparison.OrdinalIgnoreCase);

    /// <summary>Null where it is malformed, or its rule is not yearly.</summary>
    public static ZoneObservance? Read(Component component)
    {
        if (ReadOffset(component.Text("TZOFFSETFROM")) is not { } from || ReadOffset(component.Text("TZOFFSETTO")) is not { } to)
            return null;
        if (component.Find("DTSTART") is not { } start || ReadLocal(start.Value) is not { } local)
            return null;
        var rules = component.All("RRULE").ToList();
        if (rules.Count > 1 || rules.Exists(rule => RuleParts.Read(rule) is not { Frequency: Frequency.Yearly, Product: <= MaxProduct }))
            return null;
        var dates = component.All("RDATE").SelectMany(line => line.Value.Split(',')).Select(ReadLocal).ToList();
        return dates.Contains(null) || dates.Count > Caps.ListedDates
            ? null
            : new ZoneObservance(from, to, new CalendarTime(TimeKind.Floating, local, null), rules.FirstOrDefault(), [.. dates.OfType<LocalDateTime>()]);
    }

    /// <summary>All onsets in the years 1900 to 2200, and its first.</summary>
    /// <param name="rules">How many observances of the zone have a rule.</param>
    /// <exception cref="InvalidEntryException">Too expensive.</exception>
    public IEnumerable<ZoneTransition> Transitions(int rules)
    {
        var starts = Dates.Append(Start.Local);
        if (Rule is not null)
            starts = starts.Concat(Repeated(Rule, rules));
        return starts.Distinct().Select(start => new ZoneTransition(OnsetOf(start), To));
    }

    /// <remarks>UNTIL is in UTC here, where a rule takes it for the local time of its floating start.</remarks>
    private List<LocalDateTime> Repeated(ContentLine rule, int rules)
    {
        var until = RuleParts.Read(rule).Until ?? string.Empty;
        var endless = rule with { Value = string.Join(';', rule.Value.Split(';').Where(part => !part.TrimStart().StartsWith("UNTIL=", StringComparison.OrdinalIgnoreCase))) };
        var last = CalendarTimeText.ReadUtc(until) is { } end ? end.WithOffset(From).LocalDateTime : CalendarTimeText.ParseBasic(until);
        var to = last is { Year: < 2200 } known ? known.PlusSeconds(1) : TimeRange.Latest.InUtc().LocalDateTime;
        return GuardedRule.Read(endless, Start, rules).Starts(TimeRange.Earliest.InUtc().LocalDateTime, to, MaxYears, _ => true);
    }

    private Instant OnsetOf(LocalDateTime start) => start.WithOffset(From).ToInstant();

    private static LocalDateTime? ReadLocal(string value) =>
        CalendarTimeText.ParseBasic(value.Trim().TrimEnd('Z', 'z')) is { } local ? local : null;

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
