using System.Globalization;
using NodaTime;
using NodaTime.Text;

namespace PeerWeb.Core.Formats.ICalendar;

/// <summary>The days and times of a rule in words.</summary>
/// <remarks>RFC 5545 3.3.10, the table of what BY parts mean in each frequency.</remarks>
internal static class RuleWords
{
    private const int MostTimes = 6;

    private static readonly LocalTimePattern Time = LocalTimePattern.CreateWithInvariantCulture("HH:mm");

    private static readonly string[] Ordinals = ["", "first", "second", "third", "fourth", "fifth"];

    private static readonly HashSet<string> Places = ["BYDAY", "BYMONTHDAY", "BYMONTH", "BYYEARDAY", "BYWEEKNO", "BYSETPOS"];

    private static readonly (string Days, string Name)[] Sets = [("FR MO TH TU WE", "weekday"), ("SA SU", "weekend day"), ("FR MO SA SU TH TU WE", "day")];

    /// <summary>Beginning with a space, empty where the start says it all; null where there are no short words.</summary>
    public static string? Where(RuleParts rule)
    {
        var parts = rule.Parts.Where(part => Places.Contains(part.Key)).ToDictionary(part => part.Key, part => part.Value.Split(',', StringSplitOptions.TrimEntries));
        var (days, monthDays, months) = (parts.GetValueOrDefault("BYDAY"), parts.GetValueOrDefault("BYMONTHDAY"), MonthNames(parts.GetValueOrDefault("BYMONTH")));
        if (parts.ContainsKey("BYMONTH") && months is null)
            return null;
        var inMonths = months is null ? string.Empty : $" in {months}";
        return (rule.Frequency, string.Join(' ', parts.Keys.Where(name => name != "BYMONTH").Order(StringComparer.Ordinal))) switch
        {
            (_, "") => inMonths,
            (Frequency.Minutely or Frequency.Hourly or Frequency.Daily or Frequency.Weekly, "BYDAY") => Named(days!) is { } names ? $" on {names}{inMonths}" : null,
            (Frequency.Weekly, "BYDAY BYSETPOS") => Positioned(parts["BYSETPOS"]) is { } position && Named(days!) is { } names ? $" on the {position} of {names}{inMonths}" : null,
            (Frequency.Monthly, "BYDAY") => Nth(days!) is { } names ? $" on {names}{inMonths}" : null,
            (Frequency.Monthly, "BYMONTHDAY") => MonthDays(monthDays!) is { } numbers ? $" on {numbers}{inMonths}" : null,
            (Frequency.Monthly, "BYDAY BYMONTHDAY") => MonthDays(monthDays!) is { } numbers && Named(days!, "or") is { } names ? $" on {numbers} if a {names}{inMonths}" : null,
            (Frequency.Monthly, "BYDAY BYSETPOS") => Nth(parts["BYSETPOS"], days!) is { } day ? $" on {day}{inMonths}" : null,
            (Frequency.Yearly, "BYMONTHDAY") => Dates(monthDays!, parts.GetValueOrDefault("BYMONTH"), months),
            (Frequency.Yearly, "BYDAY") => Nth(days!) is { } names ? $" on {names} of {months ?? "the year"}" : null,
            (Frequency.Yearly, "BYDAY BYSETPOS") when parts.GetValueOrDefault("BYMONTH") is null or [_] => Nth(parts["BYSETPOS"], days!) is { } day ? $" on {day} of {months ?? "the year"}" : null,
            (Frequency.Yearly, "BYDAY BYMONTHDAY") => MonthDays(monthDays!) is { } numbers && Named(days!, "or") is { } names ? $" on {numbers} of {months ?? "every month"} if a {names}" : null,
            (Frequency.Yearly, "BYYEARDAY") when months is null => MonthDays(parts["BYYEARDAY"], 366) is { } numbers ? $" on {numbers} of the year" : null,
            (Frequency.Yearly, "BYWEEKNO") when months is null => Weeks(parts["BYWEEKNO"]),
            (Frequency.Yearly, "BYDAY BYWEEKNO") when months is null => Weeks(parts["BYWEEKNO"]) is { } weeks && Named(days!) is { } names ? $"{weeks} on {names}" : null,
            _ => null,
        };
    }

    /// <summary>The times of day that the rule gives, as <see cref="Where"/> does.</summary>
    public static string? At(RuleParts rule, LocalTime start)
    {
        if (rule.Parts.ContainsKey("BYSECOND"))
            return null;
        var (hours, minutes) = (rule.Parts.GetValueOrDefault("BYHOUR"), rule.Parts.GetValueOrDefault("BYMINUTE"));
        if (hours is null && minutes is null)
            return string.Empty;
        if (rule.Frequency < Frequency.Daily || Numbers(hours, start.Hour, 23) is not { } hour || Numbers(minutes, start.Minute, 59) is not { } minute)
            return null;
        var times = hour.SelectMany(_ => minute, (h, m) => new LocalTime(h, m)).Distinct().Order().Select(Time.Format).ToList();
        return times.Count <= MostTimes ? $" at {Joined(times)}" : null;
    }

    private static List<int>? Numbers(string? list, int otherwise, int most)
    {
        var numbers = list?.Split(',').Select(item => int.TryParse(item.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= most ? number : -1).ToList();
        return numbers is null ? [otherwise] : numbers.Contains(-1) ? null : numbers;
    }

    private static string? Dates(string[] monthDays, string[]? listed, string? months)
    {
        if (listed is [_] && monthDays.All(day => Number(day, 31) > 0))
            return $" on {Joined(monthDays.Select(day => day.TrimStart('+', '0')))} {months}";
        return MonthDays(monthDays) is { } numbers ? $" on {numbers} of {months ?? "every month"}" : null;
    }

    private static string? Weeks(string[] weeks) =>
        weeks.All(week => Number(week, 53) > 0) ? $" in {(weeks.Length == 1 ? "week" : "weeks")} {Joined(weeks.Select(week => week.TrimStart('+', '0')))}" : null;

    /// <summary>"Monday and Friday", or "weekdays"; null where a day has an ordinal or is none.</summary>
    private static string? Named(string[] days, string conjunction = "and")
    {
        if (SetOf(days) is { } set)
            return conjunction == "and" ? $"{set}s" : set;
        var names = days.Select(DayName).ToList();
        return names.Contains(null) ? null : Joined(names.OfType<string>(), conjunction);
    }

    private static string? SetOf(string[] days)
    {
        var key = string.Join(' ', days.Distinct().Order(StringComparer.Ordinal));
        return Sets.FirstOrDefault(set => set.Days == key).Name;
    }

    /// <summary>"the first and third Monday and every Friday".</summary>
    private static string? Nth(string[] days)
    {
        if (Named(days) is not null)
            return SetOf(days) is { } set ? $"every {set}" : $"every {Named(days)}";
        var groups = new List<string>();
        foreach (var group in days.GroupBy(day => day.Length < 2 ? day : day[^2..]))
        {
            var positions = group.Select(day => day.Length > 2 ? day[..^2] : string.Empty).ToArray();
            if (DayName(group.Key) is not { } name || Positioned(positions) is not { } position)
                return null;
            groups.Add($"the {position} {name}");
        }
        return Joined(groups);
    }

    /// <summary>"the last weekday", of days of which BYSETPOS takes some.</summary>
    private static string? Nth(string[] positions, string[] days) =>
        Positioned(positions) is { } position && (SetOf(days) ?? Named(days, "or")) is { } name ? $"the {position} {name}" : null;

    private static string? Positioned(string[] positions)
    {
        var words = positions.Select(Ordinal).ToList();
        return words.Contains(null) ? null : Joined(words.OfType<string>());
    }

    /// <summary>"day 15", "days 1 and 15", "the last day".</summary>
    private static string? MonthDays(string[] days, int most = 31)
    {
        var numbers = days.Select(day => Number(day, most)).ToList();
        if (numbers.Contains(0))
            return null;
        var (fromStart, fromEnd) = (numbers.Where(number => number > 0).ToList(), numbers.Where(number => number < 0).ToList());
        var words = fromEnd.Select(number => Ordinal(number.ToString(CultureInfo.InvariantCulture))).Select(word => $"the {word} day");
        return fromStart.Count == 0 ? Joined(words)
            : Joined(words.Prepend($"{(fromStart.Count == 1 ? "day" : "days")} {Joined(fromStart.Select(number => number.ToString(CultureInfo.InvariantCulture)))}"));
    }

    private static string? MonthNames(string[]? months)
    {
        if (months is null || months.Any(month => Number(month, 12) < 1))
            return null;
        return Joined(months.Select(month => CultureInfo.InvariantCulture.DateTimeFormat.GetMonthName(Number(month, 12))));
    }

    private static string? Ordinal(string text)
    {
        var number = Number(text, 366);
        var away = Math.Abs(number);
        if (number == 0)
            return null;
        var word = away < Ordinals.Length ? Ordinals[away] : away.ToString(CultureInfo.InvariantCulture) + Suffix(away);
        return number > 0 ? word : number == -1 ? "last" : $"{word} last";
    }

    private static string Suffix(int number) => (number % 100 is >= 11 and <= 13 ? 0 : number % 10) switch { 1 => "st", 2 => "nd", 3 => "rd", _ => "th" };

    private static string? DayName(string day) => day switch
    {
        "MO" => "Monday",
        "TU" => "Tuesday",
        "WE" => "Wednesday",
        "TH" => "Thursday",
        "FR" => "Friday",
        "SA" => "Saturday",
        "SU" => "Sunday",
        _ => null,
    };

    /// <summary>0 where it is none.</summary>
    private static int Number(string text, int most) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && Math.Abs((long)number) <= most ? number : 0;

    private static string Joined(IEnumerable<string> words, string conjunction = "and")
    {
        var list = words.ToList();
        return list.Count == 1 ? list[0] : $"{string.Join(", ", list.SkipLast(1))} {conjunction} {list[^1]}";
    }
}
