using System.Globalization;
using NodaTime;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Core.Formats.ICalendar;

public sealed partial record RulePattern
{
    private static readonly string[] Weekdays = ["", "MO", "TU", "WE", "TH", "FR", "SA", "SU"];

    private static readonly HashSet<string> Known = ["FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST", "BYDAY", "BYMONTHDAY", "BYMONTH", "BYSETPOS"];

    /// <summary>The rule as an editor shows it; null where it says more than that, or nothing that can be understood.</summary>
    /// <param name="rule">Value of an RRULE.</param>
    /// <param name="start">Of the entry: UNTIL is a day of its zone.</param>
    public static RulePattern? Find(string rule, EntryTime start)
    {
        try
        {
            return Read(RuleParts.Read(ContentLine.Parse($"RRULE:{rule}", 0)), start.ToCalendarTime());
        }
        catch (InvalidEntryException)
        {
            return null;
        }
    }

    /// <summary>The value of an RRULE. UNTIL covers the whole of its day: a date for dates, UTC where the start has a zone, else local.</summary>
    /// <param name="start">Of the entry.</param>
    public string ToRule(EntryTime start)
    {
        var parts = new List<string> { $"FREQ={Frequency.ToString().ToUpperInvariant()}" };
        if (Interval != 1)
            parts.Add($"INTERVAL={Text(Interval)}");
        if (Months.Count > 0)
            parts.Add($"BYMONTH={string.Join(',', Months.Select(Text))}");
        if (MonthDays.Count > 0)
            parts.Add($"BYMONTHDAY={string.Join(',', MonthDays.Select(Text))}");
        if (Days.Count > 0)
            parts.Add($"BYDAY={string.Join(',', Days.Select(day => (day.Ordinal is { } ordinal ? Text(ordinal) : string.Empty) + Weekdays[(int)day.Weekday]))}");
        if (SetPosition is { } position)
            parts.Add($"BYSETPOS={Text(position)}");
        if (WeekStart != IsoDayOfWeek.Monday)
            parts.Add($"WKST={Weekdays[(int)WeekStart]}");
        if (End is RuleEnd.After after)
            parts.Add($"COUNT={Text(after.Count)}");
        else if (End is RuleEnd.Until until)
            parts.Add($"UNTIL={UntilText(until.Last, start.ToCalendarTime())}");
        return string.Join(';', parts);
    }

    private static RulePattern? Read(RuleParts rule, CalendarTime start)
    {
        if (rule.Frequency < Frequency.Daily || !rule.Parts.Keys.All(Known.Contains) || (rule.Count is not null && rule.Until is not null))
            return null;
        var (days, monthDays, months) = (Items(rule, "BYDAY", Day), Items(rule, "BYMONTHDAY", item => Number(item, 31)), Items(rule, "BYMONTH", item => Number(item, 12)));
        if (days is null || monthDays is null || months is null || months.Exists(month => month < 0))
            return null;
        if (rule.Frequency < Frequency.Monthly && days.Exists(day => day.Ordinal is not null))
            return null;
        var position = rule.Parts.GetValueOrDefault("BYSETPOS");
        if ((position is not null && Number(position, 366) is null) || Weekday(rule.Parts.GetValueOrDefault("WKST", "MO")) is not { } weekStart)
            return null;
        return new RulePattern
        {
            Frequency = rule.Frequency,
            Interval = rule.Interval,
            Days = [.. days],
            MonthDays = [.. monthDays],
            Months = [.. months],
            SetPosition = position is null ? null : Number(position, 366),
            WeekStart = weekStart,
            End = rule.Count is { } count ? new RuleEnd.After(count) : rule.LocalUntil(start, 0) is { } until ? new RuleEnd.Until(until.Date) : RuleEnd.Never,
        };
    }

    private static string UntilText(LocalDate last, CalendarTime start)
    {
        if (start.IsDate)
            return CalendarTimeText.Date.Format(last);
        var end = start.At(last.At(new LocalTime(23, 59, 59)));
        return end.Instant is { } instant ? TimeLine.Utc(instant) : end.ToBasicFormat();
    }

    /// <summary>Empty where the rule has no such part, null where an item is none.</summary>
    private static List<T>? Items<T>(RuleParts rule, string name, Func<string, T?> read)
        where T : struct
    {
        if (!rule.Parts.TryGetValue(name, out var list))
            return [];
        var items = list.Split(',').Select(item => read(item.Trim())).ToList();
        return items.Contains(null) ? null : items.ConvertAll(item => item.GetValueOrDefault());
    }

    private static RuleDay? Day(string item)
    {
        if (item.Length < 2 || Weekday(item[^2..]) is not { } weekday)
            return null;
        if (item.Length == 2)
            return new RuleDay(null, weekday);
        return Number(item[..^2], 53) is { } ordinal ? new RuleDay(ordinal, weekday) : null;
    }

    private static IsoDayOfWeek? Weekday(string name) => Array.IndexOf(Weekdays, name) is > 0 and var at ? (IsoDayOfWeek)at : null;

    private static int? Number(string text, int most) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number != 0 && Math.Abs((long)number) <= most ? number : null;

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
