using System.Globalization;
using NodaTime;
using PeerWeb.Core.Entries;

namespace PeerWeb.Core.Formats.ICalendar.Editing;

/// <summary>Moves a recurrence rule together with its start, so that every instance moves by the same wall-clock difference, or refuses.</summary>
/// <remarks>RFC 5545 3.3.10. "The first Monday" has no rule for the day after it; neither has the 28th, since some months end there.</remarks>
internal sealed class RuleShift(SeriesShift shift)
{
    private static readonly string[] Weekdays = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];

    /// <summary>The line with the moved rule; null where no rule says that.</summary>
    public string? Find(ContentLine line)
    {
        var rule = RuleParts.Read(line);
        var changed = new Dictionary<string, string>();
        if (!IsTimeFree(rule, shift) || (shift.Days != 0 && !Days(rule, changed)))
            return null;
        if (Until(rule, line.Number) is { } until)
            changed["UNTIL"] = until;
        var moved = RuleText.Write(line, RuleText.With(line.Value, changed.Select(part => KeyValuePair.Create(part.Key, (string?)part.Value))));
        return rule.Frequency > Frequency.Hourly || MovesAll(line, moved) ? moved : null;
    }

    /// <summary>Hours that clocks skip are not counted, so that hours before and after such a night are not as many.</summary>
    private bool MovesAll(ContentLine line, string moved)
    {
        var old = new SeriesRule(GuardedRule.Read(line, shift.OldStart), shift.OldStart.Local);
        var now = new SeriesRule(GuardedRule.Read(ContentLine.Parse(moved, line.Number), shift.NewStart), shift.NewStart.Local);
        return old.Between(shift.OldStart.Local, SeriesRule.EndOfTime, RuleParts.MaxSteps).Select(start => shift.Map(start).Local)
            .SequenceEqual(now.Between(shift.NewStart.Local, SeriesRule.EndOfTime, RuleParts.MaxSteps));
    }

    /// <summary>Why the rule of this line cannot move.</summary>
    public InvalidEntryException Refusal(ContentLine line, ComponentKind kind) => new(
        $"This {kind.Noun} repeats by a rule that cannot move like this as a whole ({RecurrenceSentence.Of(line, shift.OldStart)}). Its instances can be moved one by one.",
        line.Number > 0 ? line.Number : null);

    /// <summary>Hours in the rule stay where they are, whatever its start does.</summary>
    public static bool IsTimeFree(RuleParts rule, SeriesShift shift) =>
        (shift.IsWholeDays && !shift.ChangesKind)
        || (!rule.Parts.Keys.Any(name => name is "BYHOUR" or "BYMINUTE" or "BYSECOND")
            && (rule.Frequency > Frequency.Hourly || (!shift.ChangesKind && !rule.Parts.Keys.Any(name => name.StartsWith("BY", StringComparison.Ordinal)))));

    private bool Days(RuleParts rule, Dictionary<string, string> changed)
    {
        var by = rule.Parts.Keys.Where(name => name.StartsWith("BY", StringComparison.Ordinal) && name is not ("BYHOUR" or "BYMINUTE" or "BYSECOND")).ToHashSet();
        return rule.Frequency switch
        {
            Frequency.Minutely or Frequency.Hourly => by.Count == 0 || (by.SetEquals(["BYDAY"]) && RotateDays(rule, changed)),
            Frequency.Daily => by.Count == 0 || (by.SetEquals(["BYDAY"]) && RotateDays(rule, changed)),
            Frequency.Weekly => by.IsSubsetOf(["BYDAY", "BYSETPOS"]) && RotateDays(rule, changed),
            Frequency.Monthly => KeepsPeriod(rule) && MonthDays(rule, by, changed),
            Frequency.Yearly => by.Count == 0
                ? SameDayEveryYear(shift.OldStart.Local.Month, shift.OldStart.Local.Day) is not null
                : KeepsPeriod(rule) && (YearDay(rule, by, changed) || MonthDays(rule, by, changed)),
            _ => false,
        };
    }

    /// <summary>Weekdays move on, and with them the day on which a week begins: then even every other week keeps its pairs.</summary>
    private bool RotateDays(RuleParts rule, Dictionary<string, string> changed)
    {
        if (rule.Parts.GetValueOrDefault("BYDAY") is not { } list)
            return true;
        var days = list.Split(',').Select(day => Rotate(day.Trim())).ToList();
        if (days.Contains(null) || Rotate(rule.Parts.GetValueOrDefault("WKST", "MO")) is not { } weekStart)
            return false;
        changed["BYDAY"] = string.Join(',', days);
        if (rule.Frequency == Frequency.Weekly && (rule.Interval > 1 || rule.Parts.ContainsKey("BYSETPOS")))
            changed["WKST"] = weekStart;
        return true;
    }

    private string? Rotate(string day) => Array.IndexOf(Weekdays, day) is >= 0 and var at ? Weekdays[(((at + shift.Days) % 7) + 7) % 7] : null;

    private bool MonthDays(RuleParts rule, HashSet<string> by, Dictionary<string, string> changed)
    {
        if (by.IsSubsetOf(["BYMONTH"]))
            return IsInEveryMonth(shift.OldStart.Local.Day) && IsInEveryMonth(shift.OldStart.Local.Day + shift.Days);
        if (by.IsSubsetOf(["BYMONTHDAY", "BYMONTH"]))
            return MoveNumbers(rule.Parts["BYMONTHDAY"], 28, shift.Days, string.Empty, "BYMONTHDAY", changed);
        if (shift.Days % 7 != 0 || !by.IsSubsetOf(["BYDAY", "BYMONTH"]) || (rule.Frequency == Frequency.Yearly && !by.Contains("BYMONTH")))
            return false;
        var list = rule.Parts["BYDAY"];
        return !list.Contains(',', StringComparison.Ordinal) && list.Length > 2
            && MoveNumbers(list[..^2], 4, shift.Days / 7, list[^2..], "BYDAY", changed);
    }

    /// <summary>An interval counts months or years from that of the start, which need not be a day of the rule: in another one it would count differently.</summary>
    private bool KeepsPeriod(RuleParts rule)
    {
        var (old, now) = (shift.OldStart.Local, shift.NewStart.Local);
        return rule.Interval == 1 || (old.Year == now.Year && (rule.Frequency == Frequency.Yearly || old.Month == now.Month));
    }

    /// <summary>One day of the year, such as 1 August.</summary>
    private bool YearDay(RuleParts rule, HashSet<string> by, Dictionary<string, string> changed)
    {
        if (!by.SetEquals(["BYMONTH", "BYMONTHDAY"]) || !Number(rule.Parts["BYMONTH"], out var month) || !Number(rule.Parts["BYMONTHDAY"], out var day)
            || month is < 1 or > 12 || day < 1 || SameDayEveryYear(month, day) is not { } moved)
        {
            return false;
        }
        changed["BYMONTH"] = moved.Month.ToString(CultureInfo.InvariantCulture);
        changed["BYMONTHDAY"] = moved.Day.ToString(CultureInfo.InvariantCulture);
        return true;
    }

    private AnnualDate? SameDayEveryYear(int month, int day)
    {
        if (day > CalendarSystem.Iso.GetDaysInMonth(2023, month))
            return null;
        var (common, leap) = (new LocalDate(2023, month, day).PlusDays(shift.Days), new LocalDate(2024, month, day).PlusDays(shift.Days));
        var year = common.Year - 2023;
        return leap.Year - 2024 == year && year == 0 && (common.Month, common.Day) == (leap.Month, leap.Day) ? new AnnualDate(common.Month, common.Day) : null;
    }

    private static bool MoveNumbers(string list, int most, int by, string suffix, string name, Dictionary<string, string> changed)
    {
        var moved = new List<string>();
        foreach (var item in list.Split(','))
        {
            if (!Number(item, out var number) || number == 0 || Math.Abs(number) > most || Math.Abs(number + by) > most || Math.Sign(number) != Math.Sign(number + by))
                return false;
            moved.Add((number + by).ToString(CultureInfo.InvariantCulture) + suffix);
        }
        changed[name] = string.Join(',', moved);
        return true;
    }

    private static bool IsInEveryMonth(int day) => day is >= 1 and <= 28;

    private static bool Number(string text, out int number) => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number);

    private string? Until(RuleParts rule, int line)
    {
        if (rule.Until is not { } text || rule.LocalUntil(shift.OldStart, line) is not { Year: < 2200 } until)
            return null;
        if (shift.NewStart.IsDate)
        {
            // A time before the day's instance means the day before.
            var last = !shift.OldStart.IsDate && until.TimeOfDay < shift.OldStart.Local.TimeOfDay ? until.Date.PlusDays(-1) : until.Date;
            return CalendarTimeText.Date.Format(last.PlusDays(shift.Days));
        }
        if (text.Length == 8 && shift is { IsWholeDays: true, ChangesKind: false })
            return CalendarTimeText.Date.Format(until.Date.PlusDays(shift.Days));
        var moved = shift.Map(until);
        return moved.Instant is { } instant && (text.Length == 8 || text.EndsWith('Z') || shift.OldStart.IsDate)
            ? TimeLine.Utc(instant)
            : CalendarTimeText.DateTime.Format(moved.Local);
    }
}
