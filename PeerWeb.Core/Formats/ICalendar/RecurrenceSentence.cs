using System.Globalization;
using NodaTime.Text;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Core.Formats.ICalendar;

/// <summary>How an entry repeats as a short English sentence, such as "every 2 weeks on Monday until 3 March 2027, except 1 date".</summary>
/// <remarks>A rule that has no short words is shown as it is written.</remarks>
public static class RecurrenceSentence
{
    private static readonly LocalDatePattern Day = LocalDatePattern.CreateWithInvariantCulture("d MMMM uuuu");

    /// <param name="start">Of the entry.</param>
    /// <exception cref="InvalidEntryException">The rule is none.</exception>
    public static string Of(Recurrence recurrence, EntryTime start) =>
        (recurrence.Rule.Length == 0 ? "on listed dates" : Of(ContentLine.Parse($"RRULE:{recurrence.Rule}", 0), start.ToCalendarTime())) + Except(recurrence.Exceptions.Count);

    /// <summary>All that an entry says of its repeating; null where it does not repeat.</summary>
    /// <param name="master">A component without RECURRENCE-ID.</param>
    public static string? Of(Component master, CalendarTime start)
    {
        var rules = master.All("RRULE").Select(line => Of(line, start)).ToList();
        var (listed, leftOut) = (Values(master, "RDATE"), Values(master, "EXDATE"));
        if (rules.Count == 0)
            return listed == 0 ? null : $"on {Counted(listed + 1, "listed date")}{Except(leftOut)}";
        return string.Join("; and ", rules) + (listed == 0 ? string.Empty : $", and on {Counted(listed, "more date")}") + Except(leftOut);
    }

    /// <summary>One RRULE.</summary>
    /// <exception cref="InvalidEntryException">The rule is none.</exception>
    public static string Of(ContentLine line, CalendarTime start)
    {
        var rule = RuleParts.Read(line);
        if (RuleWords.Where(rule) is not { } where || RuleWords.At(rule, start.Local.TimeOfDay) is not { } at)
            return $"by the rule {line.Value}";
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
        return every + where + at + End(rule, start, line.Number);
    }

    private static string End(RuleParts rule, CalendarTime start, int line)
    {
        if (rule.Count is { } count)
            return count == 1 ? ", once" : string.Create(CultureInfo.InvariantCulture, $", {count} times");
        return rule.LocalUntil(start, line) is { } until ? $" until {Day.Format(until.Date)}" : string.Empty;
    }

    private static string Except(int count) => count == 0 ? string.Empty : $", except {Counted(count, "date")}";

    private static string Counted(int count, string noun) => string.Create(CultureInfo.InvariantCulture, $"{count} {noun}{(count == 1 ? string.Empty : "s")}");

    private static int Values(Component master, string name) =>
        master.All(name).Sum(line => line.Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Length);
}
