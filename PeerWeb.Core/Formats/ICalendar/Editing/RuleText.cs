using System.Globalization;
using NodaTime;

namespace PeerWeb.Core.Formats.ICalendar.Editing;

/// <summary>Changes single parts of a rule as it is written; all others stay as they are.</summary>
internal static class RuleText
{
    private static readonly string[] Weekdays = ["", "MO", "TU", "WE", "TH", "FR", "SA", "SU"];

    /// <summary>The line with another rule.</summary>
    public static string Write(ContentLine line, string rule) => line.Raw[..^line.Value.Length] + rule;

    /// <summary>What a part of the rule says, or null.</summary>
    public static string? Find(string rule, string name) =>
        rule.Split(';').FirstOrDefault(part => NameOf(part) == name) is { } found ? found[(found.IndexOf('=', StringComparison.Ordinal) + 1)..].Trim() : null;

    /// <summary>The rule with these parts in place of old ones, or after them; null takes one out.</summary>
    public static string With(string rule, params IEnumerable<KeyValuePair<string, string?>> changes)
    {
        var left = changes.ToDictionary();
        var parts = new List<string>();
        foreach (var part in rule.Split(';', StringSplitOptions.RemoveEmptyEntries))
        {
            var name = NameOf(part);
            if (!left.Remove(name, out var value))
                parts.Add(part);
            else if (value is not null)
                parts.Add($"{name}={value}");
        }
        return string.Join(';', parts.Concat(left.Where(part => part.Value is not null).Select(part => $"{part.Key}={part.Value}")));
    }

    public static string Weekday(IsoDayOfWeek day) => Weekdays[(int)day];

    /// <summary>UNTIL for a last start: a date for dates, UTC where it has an instant, else local.</summary>
    public static string Until(CalendarTime last) => last.Instant is { } instant ? TimeLine.Utc(instant) : last.ToBasicFormat();

    public static string WithoutEnd(string rule) => With(rule, KeyValuePair.Create("COUNT", default(string)), KeyValuePair.Create("UNTIL", default(string)));

    /// <summary>COUNT or UNTIL with a semicolon before it, or nothing.</summary>
    public static string EndOf(string rule) =>
        string.Concat(rule.Split(';').Where(part => NameOf(part) is "COUNT" or "UNTIL").Select(part => $";{part.Trim()}"));

    public static bool IsSameButEnd(string left, string right) => Parts(left).SetEquals(Parts(right));

    /// <summary>The rule with the days said that it takes from its start, so that it says the same with a later one.</summary>
    public static string Explicit(ContentLine line, CalendarTime start)
    {
        var rule = RuleParts.Read(line);
        bool Has(params string[] names) => names.Any(rule.Parts.ContainsKey);
        KeyValuePair<string, string?> Day() => new("BYDAY", Weekday(start.Local.DayOfWeek));
        KeyValuePair<string, string?> MonthDay() => new("BYMONTHDAY", start.Local.Day.ToString(CultureInfo.InvariantCulture));
        return rule.Frequency switch
        {
            Frequency.Weekly when !Has("BYDAY") => With(line.Value, Day()),
            Frequency.Monthly when !Has("BYDAY", "BYMONTHDAY") => With(line.Value, MonthDay()),
            Frequency.Yearly when Has("BYWEEKNO") && !Has("BYDAY") => With(line.Value, Day()),
            Frequency.Yearly when Has("BYDAY", "BYMONTHDAY", "BYYEARDAY", "BYWEEKNO") => line.Value,
            Frequency.Yearly when Has("BYMONTH") => With(line.Value, MonthDay()),
            Frequency.Yearly => With(line.Value, MonthDay(), new("BYMONTH", start.Local.Month.ToString(CultureInfo.InvariantCulture))),
            _ => line.Value,
        };
    }

    private static string NameOf(string part) => part.Split('=')[0].Trim().ToUpperInvariant();

    private static HashSet<string> Parts(string rule) =>
        [.. WithoutEnd(rule).ToUpperInvariant().Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)];
}
