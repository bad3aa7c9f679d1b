using NodaTime;
using NodaTime.Text;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Core.Formats.ICalendar;

/// <summary>Reads DATE, DATE-TIME, DURATION and PERIOD values.</summary>
/// <remarks>RFC 5545 3.3.4, 3.3.5, 3.3.6, 3.3.9. The value's form decides, since VALUE is often missing or wrong.</remarks>
public static class CalendarTimeText
{
    private const long MaxDays = 300 * 366;

    public static readonly LocalDatePattern Date = LocalDatePattern.CreateWithInvariantCulture("uuuuMMdd");
    public static readonly LocalDateTimePattern DateTime = LocalDateTimePattern.CreateWithInvariantCulture("uuuuMMdd'T'HHmmss");

    /// <summary>Reads a property with one time, such as DTSTART.</summary>
    /// <exception cref="InvalidEntryException">Not a time, an unknown zone, or outside the years 1900 to 2200.</exception>
    public static CalendarTime Read(ContentLine line, CalendarZones zones) => Read(line.Value, line, zones);

    /// <summary>Reads a property with a list of times, such as EXDATE; a period counts by its start.</summary>
    /// <exception cref="InvalidEntryException">As <see cref="Read(ContentLine, CalendarZones)"/>.</exception>
    public static IEnumerable<(CalendarTime Start, string? End)> ReadList(ContentLine line, CalendarZones zones)
    {
        foreach (var item in line.Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var slash = item.IndexOf('/', StringComparison.Ordinal);
            yield return slash < 0 ? (Read(item, line, zones), null) : (Read(item[..slash], line, zones), item[(slash + 1)..]);
        }
    }

    /// <exception cref="InvalidEntryException">As <see cref="Read(ContentLine, CalendarZones)"/>.</exception>
    public static CalendarTime Read(string value, ContentLine line, CalendarZones zones)
    {
        value = value.Trim().ToUpperInvariant();
        var isUtc = value.EndsWith('Z');
        var digits = isUtc ? value[..^1] : value;
        if (digits.Length == 8 && Date.Parse(digits) is { Success: true, Value: var date })
            return InYears(new CalendarTime(TimeKind.Date, date.AtMidnight(), null), line);
        if (ParseDateTime(digits) is not { } local)
            throw new InvalidEntryException($"{line.Name} is not a date or time.", line.Number);
        if (isUtc)
            return InYears(new CalendarTime(TimeKind.Utc, local, null), line);
        return line.Parameter("TZID") is { Length: > 0 } zoneId
            ? InYears(new CalendarTime(TimeKind.Zoned, local, zones.Resolve(zoneId, local.Year, line.Number)), line)
            : InYears(new CalendarTime(TimeKind.Floating, local, null), line);
    }

    /// <summary>Reads a time in UTC, such as LAST-MODIFIED; null where it is none.</summary>
    public static Instant? ReadUtc(string value)
    {
        var text = value.Trim().ToUpperInvariant();
        return text.EndsWith('Z') && ParseDateTime(text[..^1]) is { } local ? local.InUtc().ToInstant() : null;
    }

    /// <summary>Reads <c>P1DT2H</c> and the like; null where it is no duration.</summary>
    public static Period? ReadDuration(string value)
    {
        value = value.Trim().ToUpperInvariant();
        var sign = value.StartsWith('-') ? -1 : 1;
        value = value.TrimStart('+', '-');
        if (value.Length < 3 || value[0] != 'P')
            return null;
        var builder = new PeriodBuilder();
        var inTime = false;
        var number = -1;
        foreach (var c in value.AsSpan(1))
        {
            if (char.IsAsciiDigit(c))
            {
                number = (Math.Max(number, 0) * 10) + (c - '0');
                if (number > 10_000_000)
                    return null;
                continue;
            }
            if (c == 'T' && !inTime && number < 0)
                inTime = true;
            else if (number < 0 || !Add(builder, c, inTime, sign * number))
                return null;
            number = -1;
        }
        return number < 0 ? builder.Build() : null;
    }

    /// <summary>Whether a duration is shorter than the years that there are, so that adding it is safe.</summary>
    public static bool IsWithinYears(Period duration) =>
        Math.Abs((duration.Weeks * 7L) + duration.Days + (duration.Hours / 24) + (duration.Minutes / 1440) + (duration.Seconds / 86_400)) < MaxDays;

    /// <summary>Reads a date or date-time in basic format without zone; null where it is none.</summary>
    public static LocalDateTime? ParseBasic(string text) =>
        Date.Parse(text) is { Success: true, Value: var date } ? date.AtMidnight() : ParseDateTime(text);

    private static bool Add(PeriodBuilder builder, char unit, bool inTime, int number)
    {
        switch (unit)
        {
            case 'W' when !inTime:
                builder.Weeks = number;
                return true;
            case 'D' when !inTime:
                builder.Days = number;
                return true;
            case 'H' when inTime:
                builder.Hours = number;
                return true;
            case 'M' when inTime:
                builder.Minutes = number;
                return true;
            case 'S' when inTime:
                builder.Seconds = number;
                return true;
            default:
                return false;
        }
    }

    private static LocalDateTime? ParseDateTime(string digits)
    {
        // A leap second is the second before it; NodaTime has none.
        if (digits.Length == 15 && digits.EndsWith("60", StringComparison.Ordinal))
            digits = digits[..13] + "59";
        return DateTime.Parse(digits) is { Success: true, Value: var local } ? local : null;
    }

    private static CalendarTime InYears(CalendarTime time, ContentLine line)
    {
        if (time.Local.Year is >= 1900 and < 2200)
            return time;
        throw new InvalidEntryException($"{line.Name} is outside the years 1900 to 2200.", line.Number);
    }
}
