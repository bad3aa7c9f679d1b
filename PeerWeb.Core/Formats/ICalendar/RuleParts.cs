using System.Globalization;
using Ical.Net.DataTypes;
using NodaTime;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Core.Formats.ICalendar;

public enum Frequency
{
    Minutely,
    Hourly,
    Daily,
    Weekly,
    Monthly,
    Yearly,
}

/// <summary>The parts of an RRULE, within the caps that keep its evaluation short.</summary>
/// <remarks>RFC 5545 3.3.10. SECONDLY is refused; MINUTELY and HOURLY need an end and take at most 10,000 steps.</remarks>
public sealed record RuleParts
{
    public const int MaxCount = 10_000;
    public const int MaxSteps = 10_000;
    public const int MaxProduct = 5_000;

    /// <summary>Lists that expand or limit a period; which of them multiply depends on FREQ, so all of them count.</summary>
    private static readonly HashSet<string> ByParts =
        ["BYSECOND", "BYMINUTE", "BYHOUR", "BYDAY", "BYMONTHDAY", "BYYEARDAY", "BYWEEKNO", "BYMONTH"];

    private RuleParts(IReadOnlyDictionary<string, string> parts, Frequency frequency) => (Parts, Frequency) = (parts, frequency);

    /// <summary>By name, upper case, as written.</summary>
    public IReadOnlyDictionary<string, string> Parts { get; }

    public Frequency Frequency { get; }

    public int Interval { get; private init; } = 1;

    public int? Count { get; private init; }

    /// <summary>Raw text of UNTIL, or null.</summary>
    public string? Until => Parts.GetValueOrDefault("UNTIL");

    /// <summary>Values that one period may expand to.</summary>
    public int Product { get; private init; } = 1;

    public bool IsUnbounded => Count is null && Until is null;

    /// <exception cref="InvalidEntryException">Malformed, or beyond a cap.</exception>
    public static RuleParts Read(ContentLine line)
    {
        var parts = new Dictionary<string, string>();
        foreach (var part in line.Value.ToUpperInvariant().Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            if (equals < 1 || !parts.TryAdd(part[..equals], part[(equals + 1)..].Trim()))
                throw new InvalidEntryException($"{part} is no part of a recurrence rule, or is there twice.", line.Number);
        }
        if (parts.GetValueOrDefault("RSCALE", "GREGORIAN") != "GREGORIAN" || parts.GetValueOrDefault("SKIP", "OMIT") != "OMIT")
            throw new InvalidEntryException("Recurrence by other calendars (RSCALE, SKIP) is not supported.", line.Number);
        var rule = new RuleParts(parts, ReadFrequency(parts, line.Number))
        {
            Interval = ReadNumber(parts, "INTERVAL", int.MaxValue, line.Number) ?? 1,
            Count = ReadNumber(parts, "COUNT", MaxCount, line.Number),
            Product = ReadProduct(parts, line.Number),
        };
        if (rule is { Frequency: Frequency.Hourly or Frequency.Minutely, IsUnbounded: true })
            throw new InvalidEntryException("A rule that repeats by the hour or minute needs an end.", line.Number);
        return rule;
    }

    /// <summary>The rule for the evaluator, without its end, which is judged by wall-clock time and counted with DTSTART.</summary>
    /// <remarks>Of dates without hours, minutes and seconds, as RFC 5545 3.3.10 demands.</remarks>
    public RecurrenceRule ToEvaluated(bool isDate) =>
        new(string.Join(';', Parts.Where(part => part.Key is "FREQ" or "INTERVAL" or "WKST" or "BYSETPOS" || ByParts.Contains(part.Key))
            .Where(part => !isDate || part.Key is not ("BYHOUR" or "BYMINUTE" or "BYSECOND"))
            .Select(part => $"{part.Key}={part.Value}")));

    /// <summary>The last wall-clock time that an instance may start at; null where the rule has no UNTIL.</summary>
    /// <remarks>A UTC UNTIL is converted to the start's zone; a date covers its whole day.</remarks>
    /// <exception cref="InvalidEntryException">UNTIL is no time.</exception>
    public LocalDateTime? LocalUntil(CalendarTime start, int line)
    {
        if (Until is not { } text)
            return null;
        var isUtc = text.EndsWith('Z');
        var digits = isUtc ? text[..^1] : text;
        if (CalendarTimeText.Date.Parse(digits) is { Success: true, Value: var date })
            return date.At(LocalTime.MaxValue);
        if (CalendarTimeText.DateTime.Parse(digits) is not { Success: true, Value: var until })
            throw new InvalidEntryException("UNTIL is not a date or time.", line);
        if (start.IsDate)
            return until.Date.AtMidnight();
        // Far beyond what is shown, and near the end of what can be converted.
        return isUtc && start.Kind == TimeKind.Zoned && until.Year < 9000 ? start.At(until.InUtc().ToInstant()).Local : until;
    }

    private static Frequency ReadFrequency(Dictionary<string, string> parts, int line) => parts.GetValueOrDefault("FREQ") switch
    {
        "YEARLY" => Frequency.Yearly,
        "MONTHLY" => Frequency.Monthly,
        "WEEKLY" => Frequency.Weekly,
        "DAILY" => Frequency.Daily,
        "HOURLY" => Frequency.Hourly,
        "MINUTELY" => Frequency.Minutely,
        "SECONDLY" => throw new InvalidEntryException("A rule that repeats by the second is not supported.", line),
        _ => throw new InvalidEntryException("The recurrence rule has no known FREQ.", line),
    };

    private static int? ReadNumber(Dictionary<string, string> parts, string name, int most, int line)
    {
        if (!parts.TryGetValue(name, out var text))
            return null;
        if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number < 1)
            throw new InvalidEntryException($"{name} is not a positive number.", line);
        return number <= most ? (int)number : throw new InvalidEntryException($"{name} is more than {most.ToString("N0", CultureInfo.InvariantCulture)}.", line);
    }

    private static int ReadProduct(Dictionary<string, string> parts, int line)
    {
        long product = 1;
        foreach (var (name, value) in parts)
        {
            if (!ByParts.Contains(name))
                continue;
            product *= value.AsSpan().Count(',') + 1;
            if (product > MaxProduct)
                throw new InvalidEntryException("The lists of the recurrence rule multiply to more than 5,000.", line);
        }
        if (parts.GetValueOrDefault("BYSETPOS") is { } positions && positions.AsSpan().Count(',') >= 366)
            throw new InvalidEntryException("BYSETPOS has more than 366 values.", line);
        return (int)product;
    }
}
