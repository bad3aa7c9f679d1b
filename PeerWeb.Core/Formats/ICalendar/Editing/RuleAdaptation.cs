using System.Globalization;
using NodaTime;

namespace PeerWeb.Core.Formats.ICalendar.Editing;

/// <summary>A rule that cannot move by a number of days, but can say the like of the moved day: the first Monday of a month becomes its first Tuesday.</summary>
/// <param name="Line">The line with the new rule.</param>
/// <param name="Places">Which start of the old rule is which of the new: the third is the third.</param>
/// <remarks>RFC 5545 3.3.10. Only for rules of one day in a month or year, and for days that each of these has.</remarks>
internal sealed record RuleAdaptation(string Line, IReadOnlyDictionary<LocalDateTime, LocalDateTime> Places)
{
    /// <summary>Null where it is not clear what the moved day is.</summary>
    /// <param name="until">The last start for which a place is needed.</param>
    public static RuleAdaptation? Find(ContentLine line, SeriesShift shift, LocalDateTime until)
    {
        var rule = RuleParts.Read(line);
        if (!RuleShift.IsTimeFree(rule, shift) || Parts(rule, shift.NewStart.Local.Date) is not { } changes)
            return null;
        var old = new SeriesRule(GuardedRule.Read(line, shift.OldStart), shift.OldStart.Local);
        var starts = old.Between(shift.OldStart.Local, rule.Until is null ? until.PlusSeconds(1) : SeriesRule.EndOfTime, RuleParts.MaxCount);
        var text = RuleText.With(line.Value, changes.Append(new("UNTIL", null)));
        var adapted = new SeriesRule(GuardedRule.Read(ContentLine.Parse(RuleText.Write(line, text), line.Number), shift.NewStart), shift.NewStart.Local);
        var places = adapted.Between(shift.NewStart.Local, SeriesRule.EndOfTime, Math.Max(starts.Count, 1));
        if (starts.Count == 0 || starts[0] != shift.OldStart.Local || places.Count < starts.Count || places[0] != shift.NewStart.Local)
            return null;
        if (rule.Until is not null)
            text += $";UNTIL={RuleText.Until(shift.NewStart.At(places[^1]))}";
        return new RuleAdaptation(RuleText.Write(line, text), starts.Zip(places).ToDictionary());
    }

    private static List<KeyValuePair<string, string?>>? Parts(RuleParts rule, LocalDate day)
    {
        var by = rule.Parts.Where(part => part.Key.StartsWith("BY", StringComparison.Ordinal) && part.Key is not ("BYHOUR" or "BYMINUTE" or "BYSECOND")).ToDictionary();
        if (by.Values.Any(value => value.Contains(',', StringComparison.Ordinal)))
            return null;
        var isLeapDay = day is { Month: 2, Day: 29 };
        var month = KeyValuePair.Create("BYMONTH", (string?)Text(day.Month));
        return (rule.Frequency, string.Join(' ', by.Keys.Order(StringComparer.Ordinal))) switch
        {
            (Frequency.Monthly, "") => day.Day <= 28 ? [] : null,
            (Frequency.Monthly, "BYMONTHDAY") => MonthDay(by["BYMONTHDAY"], day, 28),
            (Frequency.Monthly, "BYDAY") => Weekday(by["BYDAY"], day),
            (Frequency.Yearly, "") => isLeapDay ? null : [],
            (Frequency.Yearly, "BYMONTH") => isLeapDay ? null : [month],
            (Frequency.Yearly, "BYMONTH BYMONTHDAY") => isLeapDay ? null : MonthDay(by["BYMONTHDAY"], day, 31) is { } changes ? [month, .. changes] : null,
            (Frequency.Yearly, "BYDAY BYMONTH") => Weekday(by["BYDAY"], day) is { } changes ? [month, .. changes] : null,
            _ => null,
        };
    }

    /// <summary>Counted from the end of the month where it was.</summary>
    private static List<KeyValuePair<string, string?>>? MonthDay(string old, LocalDate day, int most)
    {
        var number = old.StartsWith('-') ? day.Day - CalendarSystem.Iso.GetDaysInMonth(day.Year, day.Month) - 1 : day.Day;
        return Math.Abs(number) <= most && (number > 0 || Math.Abs(number) <= 28) ? [new("BYMONTHDAY", Text(number))] : null;
    }

    /// <summary>The first to fourth of its weekday, or counted from the end of the month where it was.</summary>
    private static List<KeyValuePair<string, string?>>? Weekday(string old, LocalDate day)
    {
        if (old.Length < 3)
            return null;
        var left = CalendarSystem.Iso.GetDaysInMonth(day.Year, day.Month) - day.Day;
        var ordinal = old.StartsWith('-') ? -((left / 7) + 1) : ((day.Day - 1) / 7) + 1;
        return Math.Abs(ordinal) <= 4 ? [new("BYDAY", Text(ordinal) + RuleText.Weekday(day.DayOfWeek))] : null;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
