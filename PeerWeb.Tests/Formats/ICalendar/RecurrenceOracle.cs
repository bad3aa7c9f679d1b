using System.Globalization;
using NodaTime;

namespace PeerWeb.Tests.Formats.ICalendar;

/// <summary>A second opinion on recurrence rules of days and more, which asks of every day whether it belongs to the rule. RFC 5545 3.3.10.</summary>
internal sealed class RecurrenceOracle
{
    private static readonly string[] Days = ["", "MO", "TU", "WE", "TH", "FR", "SA", "SU"];

    private readonly LocalDate _start;
    private readonly Dictionary<string, string> _parts;
    private readonly string _frequency;
    private readonly int _interval;
    private readonly int _firstDay;

    public RecurrenceOracle(LocalDate start, string rule)
    {
        _start = start;
        _parts = rule.Split(';').Select(part => part.Split('=')).ToDictionary(part => part[0], part => part[1]);
        _frequency = _parts["FREQ"];
        _interval = int.Parse(_parts.GetValueOrDefault("INTERVAL", "1"), CultureInfo.InvariantCulture);
        _firstDay = Array.IndexOf(Days, _parts.GetValueOrDefault("WKST", "MO"));
    }

    /// <summary>The days up to <paramref name="end"/>, DTSTART always the first of them.</summary>
    public List<LocalDate> Until(LocalDate end)
    {
        var until = _parts.TryGetValue("UNTIL", out var text) ? new LocalDate(Number(text[..4]), Number(text[4..6]), Number(text[6..8])) : end;
        var count = _parts.TryGetValue("COUNT", out var most) ? Number(most) : int.MaxValue;
        var first = PeriodStart(_start);
        var matching = Enumerable.Range(0, Period.DaysBetween(first, end.PlusDays(800))).Select(first.PlusDays).Where(IsInPeriod).Where(Matches).ToList();
        var chosen = _parts.TryGetValue("BYSETPOS", out var positions)
            ? matching.GroupBy(PeriodStart).SelectMany(period => Choose([.. period], positions))
            : matching;
        return [.. chosen.Where(day => day >= _start && day <= until).Append(_start).Distinct().Order().Take(count).Where(day => day < end)];
    }

    private static IEnumerable<LocalDate> Choose(List<LocalDate> period, string positions) =>
        positions.Split(',').Select(Number).Select(position => position > 0 ? position - 1 : period.Count + position).Where(at => at >= 0 && at < period.Count).Select(at => period[at]);

    private LocalDate PeriodStart(LocalDate day) => _frequency switch
    {
        "DAILY" => day,
        "WEEKLY" => day.PlusDays(-(((int)day.DayOfWeek - _firstDay + 7) % 7)),
        "MONTHLY" => new LocalDate(day.Year, day.Month, 1),
        _ => new LocalDate(day.Year, 1, 1),
    };

    private bool IsInPeriod(LocalDate day)
    {
        var (from, to) = (PeriodStart(_start), PeriodStart(day));
        var periods = _frequency switch
        {
            "DAILY" => Period.DaysBetween(from, to),
            "WEEKLY" => Period.DaysBetween(from, to) / 7,
            "MONTHLY" => ((to.Year - from.Year) * 12) + to.Month - from.Month,
            _ => to.Year - from.Year,
        };
        return periods % _interval == 0;
    }

    private bool Matches(LocalDate day)
    {
        var days = CalendarSystem.Iso;
        return Has("BYMONTH", month => Number(month) == day.Month)
            && Has("BYYEARDAY", item => Number(item) == day.DayOfYear || Number(item) == day.DayOfYear - days.GetDaysInYear(day.Year) - 1)
            && Has("BYMONTHDAY", item => Number(item) == day.Day || Number(item) == day.Day - days.GetDaysInMonth(day.Year, day.Month) - 1)
            && Has("BYDAY", item => IsWeekday(day, item))
            && IsDefault(day);
    }

    /// <summary>What a rule does not say it takes from DTSTART.</summary>
    private bool IsDefault(LocalDate day) => _frequency switch
    {
        "WEEKLY" => _parts.ContainsKey("BYDAY") || day.DayOfWeek == _start.DayOfWeek,
        "MONTHLY" => SaysDay || day.Day == _start.Day,
        "YEARLY" => SaysDay || (day.Day == _start.Day && (_parts.ContainsKey("BYMONTH") || day.Month == _start.Month)),
        _ => true,
    };

    private bool SaysDay => _parts.ContainsKey("BYDAY") || _parts.ContainsKey("BYMONTHDAY") || _parts.ContainsKey("BYYEARDAY");

    private bool Has(string part, Predicate<string> isItem) => !_parts.TryGetValue(part, out var list) || Array.Exists(list.Split(','), isItem);

    private bool IsWeekday(LocalDate day, string item)
    {
        if (Days[(int)day.DayOfWeek] != item[^2..])
            return false;
        if (item.Length == 2)
            return true;
        var isOfYear = _frequency == "YEARLY" && !_parts.ContainsKey("BYMONTH");
        var (number, length) = isOfYear ? (day.DayOfYear, CalendarSystem.Iso.GetDaysInYear(day.Year)) : (day.Day, CalendarSystem.Iso.GetDaysInMonth(day.Year, day.Month));
        return Number(item[..^2]) is var nth && (nth > 0 ? (number + 6) / 7 == nth : (length - number + 7) / 7 == -nth);
    }

    private static int Number(string text) => int.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
}
