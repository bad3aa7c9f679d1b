using System.Globalization;
using NodaTime.Text;
using PeerWeb.Core.Formats.ICalendar;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Core.Calendars;

/// <summary>A recurrence rule as a short English sentence, such as "every 2 weeks on Monday until 3 March 2027".</summary>
public static class RecurrenceSentence
{
    private static readonly LocalDatePattern Day = LocalDatePattern.CreateWithInvariantCulture("d MMMM uuuu");

    private static readonly HashSet<string> Simple = ["FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST", "BYDAY", "BYMONTHDAY", "BYMONTH"];

    private static readonly Dictionary<string, string> DayNames = new()
    {
        ["MO"] = "Monday",
        ["TU"] = "Tuesday",
        ["WE"] = "Wednesday",
        ["TH"] = "Thursday",
        ["FR"] = "Friday",
        ["SA"] = "Saturday",
        ["SU"] = "Sunday",
    };

    /// <summary>How an event repeats, exceptions included.</summary>
    /// <param name="start">Of the event.</param>
    /// <exception cref="Entries.InvalidEntryException">The rule is none.</exception>
    public static string Of(Recurrence recurrence, EntryTime start)
    {
        var words = recurrence.Rule.Length == 0 ? "on listed dates" : Of(ContentLine.Parse($"RRULE:{recurrence.Rule}", 0), start.ToCalendarTime());
        return recurrence.Exceptions.Count switch
        {
            0 => words,
            1 => $"{words}, except 1 date",
            var count => string.Create(CultureInfo.InvariantCulture, $"{words}, except {count} dates"),
        };
    }

    /// <summary>The sentence for simple rules, else the rule as it is written.</summary>
    public static string Of(ContentLine line, CalendarTime start)
    {
        var rule = RuleParts.Read(line);
        if (!rule.Parts.Keys.All(Simple.Contains) || Where(rule) is not { } where)
            return line.Value;
        var unit = rule.Frequency switch
        {
            Frequency.Minutely => "minute",
            Frequency.Hourly => "hour",
            Frequency.Daily => "day",
            Frequency.Weekly => "week",
            Frequency.Monthly => "month",
            Frequency.Yearly => "year",
            _ => throw new InvalidOperationException($"There is no frequency {rule.Frequency}."),
        };
        var every = rule.Interval == 1 ? $"every {unit}" : string.Create(CultureInfo.InvariantCulture, $"every {rule.Interval} {unit}s");
        return every + where + End(rule, start, line.Number);
    }

    private static string? Where(RuleParts rule)
    {
        var days = rule.Parts.GetValueOrDefault("BYDAY");
        var monthDays = rule.Parts.GetValueOrDefault("BYMONTHDAY");
        var months = rule.Parts.GetValueOrDefault("BYMONTH");
        return (rule.Frequency, days, monthDays, months) switch
        {
            (_, null, null, null) => string.Empty,
            (Frequency.Daily or Frequency.Weekly, "MO,TU,WE,TH,FR", null, null) => " on weekdays",
            (Frequency.Daily or Frequency.Weekly, { } list, null, null) => Named(list) is { } names ? $" on {names}" : null,
            (Frequency.Monthly, { } list, null, null) => Positioned(list) is { } day ? $" on the {day}" : null,
            (Frequency.Monthly, null, "-1", null) => " on the last day",
            (Frequency.Monthly, null, { } day, null) => IsNumber(day, 31) ? $" on day {day}" : null,
            (Frequency.Yearly, null, null, { } month) => MonthName(month) is { } name ? $" in {name}" : null,
            (Frequency.Yearly, null, { } day, { } month) => IsNumber(day, 31) && MonthName(month) is { } name ? $" on {day} {name}" : null,
            (Frequency.Yearly, { } list, null, { } month) => Positioned(list) is { } day && MonthName(month) is { } name ? $" on the {day} of {name}" : null,
            _ => null,
        };
    }

    private static string End(RuleParts rule, CalendarTime start, int line)
    {
        if (rule.Count is { } count)
            return count == 1 ? ", once" : string.Create(CultureInfo.InvariantCulture, $", {count} times");
        return rule.LocalUntil(start, line) is { } until ? $" until {Day.Format(until.Date)}" : string.Empty;
    }

    private static string? Named(string list)
    {
        var names = list.Split(',').Select(DayNames.GetValueOrDefault).ToList();
        if (names.Contains(null))
            return null;
        return names.Count == 1 ? names[0] : $"{string.Join(", ", names.SkipLast(1))} and {names[^1]}";
    }

    private static string? Positioned(string day)
    {
        var position = day.Length is 3 or 4 ? day[..^2] : null;
        var ordinal = position?.TrimStart('+') switch { "1" => "first", "2" => "second", "3" => "third", "4" => "fourth", "-1" => "last", _ => null };
        return ordinal is not null && DayNames.TryGetValue(day[^2..], out var name) ? $"{ordinal} {name}" : null;
    }

    private static string? MonthName(string month) =>
        IsNumber(month, 12) ? CultureInfo.InvariantCulture.DateTimeFormat.GetMonthName(int.Parse(month, CultureInfo.InvariantCulture)) : null;

    private static bool IsNumber(string text, int most) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= most;
}
