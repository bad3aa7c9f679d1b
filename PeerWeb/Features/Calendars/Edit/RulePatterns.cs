using System.Globalization;
using NodaTime;
using NodaTime.Text;
using PeerWeb.Core.Formats.ICalendar;

namespace PeerWeb.Features.Calendars.Edit;

/// <summary>Between a rule and the inputs that show it. What a rule leaves to the event's start is shown as that, and so is what it says just like it.</summary>
public static class RulePatterns
{
    private const int MostInterval = 999;
    private const int MostCount = 10_000;
    private static readonly string[] Names = ["", "MO", "TU", "WE", "TH", "FR", "SA", "SU"];

    /// <summary>Null where the inputs cannot show all of it.</summary>
    /// <param name="start">Day of the event.</param>
    public static RuleForm? Show(RulePattern pattern, LocalDate start)
    {
        var isEveryWeekday = pattern is { Frequency: Frequency.Daily, Interval: 1, Days.Count: > 0 };
        var (days, on) = (string.Empty, RuleForm.OnDay as string);
        switch (pattern)
        {
            case { Frequency: Frequency.Daily or Frequency.Weekly } when pattern.MonthDays.Count > 0 || pattern.Months.Count > 0 || pattern.SetPosition is not null:
                return null;
            case { Frequency: Frequency.Daily } when pattern.Days.Count > 0 && !isEveryWeekday:
                return null;
            case { Frequency: Frequency.Daily or Frequency.Weekly }:
                days = string.Join(',', pattern.Days.Select(day => day.Weekday).Distinct().Order().Select(NameOf));
                break;
            case { Frequency: Frequency.Monthly, Months.Count: 0 }:
                on = On(pattern, start);
                break;
            case { Frequency: Frequency.Yearly, Months.Count: 0, Days.Count: 0, MonthDays.Count: 0, SetPosition: null }:
                break;
            case { Frequency: Frequency.Yearly, Months: [var month] } when month == start.Month:
                on = On(pattern, start);
                break;
            default:
                return null;
        }
        return on is null ? null : RuleForm.None with
        {
            Repeats = isEveryWeekday ? RuleForm.Weekly : pattern.Frequency.ToString().ToLowerInvariant(),
            Interval = Text(pattern.Interval),
            Days = days,
            On = on,
            Ends = pattern.End switch { RuleEnd.Until => RuleForm.EndsOn, RuleEnd.After => RuleForm.EndsAfter, _ => RuleForm.EndsNever },
            Until = pattern.End is RuleEnd.Until until ? LocalDatePattern.Iso.Format(until.Last) : string.Empty,
            Count = pattern.End is RuleEnd.After after ? Text(after.Count) : RuleForm.None.Count,
            WeekStart = NameOf(pattern.WeekStart),
            IsBesideStart = days.Length > 0 && !days.Contains(NameOf(start.DayOfWeek), StringComparison.Ordinal),
        };
    }

    /// <summary>Null while the inputs hold none, or what they cannot show.</summary>
    /// <param name="start">Day of the event.</param>
    public static RulePattern? Read(RuleForm form, LocalDate start)
    {
        if (!form.IsShown || Problems(form, start) != RuleProblems.None)
            return null;
        var pattern = new RulePattern
        {
            Frequency = FrequencyOf(form),
            Interval = Number(form.Interval, MostInterval) ?? 1,
            WeekStart = DayOf(form.WeekStart) ?? IsoDayOfWeek.Monday,
            End = form.Ends switch
            {
                RuleForm.EndsOn when Day(form.Until) is { } last => new RuleEnd.Until(last),
                RuleForm.EndsAfter when Number(form.Count, MostCount) is { } count => new RuleEnd.After(count),
                _ => RuleEnd.Never,
            },
        };
        return form.Repeats switch
        {
            RuleForm.Weekly => pattern with { Days = [.. DaysOf(form, start).Select(day => new RuleDay(null, day))] },
            RuleForm.Monthly => Place(pattern, form.On, start),
            RuleForm.Yearly when form.On != RuleForm.OnDay => Place(pattern, form.On, start) with { Months = [start.Month] },
            _ => pattern,
        };
    }

    public static RuleProblems Problems(RuleForm form, LocalDate? start)
    {
        if (!form.IsShown)
            return RuleProblems.None;
        return new RuleProblems(
            Number(form.Interval, MostInterval) is null ? $"A whole number from 1 to {MostInterval}, please." : null,
            form.Ends != RuleForm.EndsOn ? null : Day(form.Until) is not { } last ? "On which day does it end?" : last < start ? "It ends before it starts." : last.Year > 2199 ? "The year must be at most 2199." : null,
            form.Ends == RuleForm.EndsAfter && Number(form.Count, MostCount) is null ? "A whole number from 1 to 10000, please." : null);
    }

    /// <summary>The weekdays of a weekly rule, that of the start among them unless the rule was beside it.</summary>
    public static IReadOnlyList<IsoDayOfWeek> DaysOf(RuleForm form, LocalDate? start) =>
        [.. form.DayList.Select(DayOf).OfType<IsoDayOfWeek>().Concat(start is { } day && !form.IsBesideStart ? [day.DayOfWeek] : []).Distinct().Order()];

    /// <summary>Every choice of a day in the month for this start, and what the form has beside.</summary>
    public static IReadOnlyList<string> Places(RuleForm form, LocalDate start)
    {
        List<string> places = [RuleForm.OnDay];
        if (Ordinal(start) <= 4)
            places.Add(RuleForm.OnWeekday);
        if (IsLastWeek(start))
            places.Add(RuleForm.OnLastWeekday);
        if (start == start.With(DateAdjusters.EndOfMonth))
            places.Add(RuleForm.OnLastDay);
        if (!places.Contains(form.On))
            places.Add(form.On);
        return places;
    }

    /// <summary>"on day 24", "on the fourth Tuesday"; of years with the month.</summary>
    public static string Say(string place, LocalDate start, bool isYearly)
    {
        var month = CultureInfo.InvariantCulture.DateTimeFormat.GetMonthName(start.Month);
        if (place == RuleForm.OnDay && isYearly)
            return $"on {Text(start.Day)} {month}";
        var words = Place(new RulePattern { Frequency = Frequency.Monthly }, place, start) switch
        {
            { Days: [var (ordinal, weekday)] } => $"on the {OrdinalWord(ordinal)} {weekday}",
            { MonthDays: [-1] } => "on the last day",
            { MonthDays: [var day] } => $"on day {Text(day)}",
            _ => "on its day",
        };
        return isYearly ? $"{words} of {month}" : words;
    }

    public static string NameOf(IsoDayOfWeek day) => Names[(int)day];

    private static IsoDayOfWeek? DayOf(string name) => Array.IndexOf(Names, name) is > 0 and var at ? (IsoDayOfWeek)at : null;

    private static Frequency FrequencyOf(RuleForm form) => form.Repeats switch
    {
        RuleForm.Daily => Frequency.Daily,
        RuleForm.Weekly => Frequency.Weekly,
        RuleForm.Monthly => Frequency.Monthly,
        RuleForm.Yearly => Frequency.Yearly,
        _ => throw new InvalidOperationException($"There is no frequency {form.Repeats}."),
    };

    /// <summary>How the inputs show the day of a month; null where they cannot.</summary>
    private static string? On(RulePattern pattern, LocalDate start) => (pattern.MonthDays, pattern.Days, pattern.SetPosition) switch
    {
        ([], [], null) => RuleForm.OnDay,
        ([-1], [], null) => RuleForm.OnLastDay,
        ([> 0 and var day], [], null) => day == start.Day ? RuleForm.OnDay : Text(day),
        ([], [{ Ordinal: { } ordinal } day], null) => OnWeekday(ordinal, day.Weekday, start),
        ([], [{ Ordinal: null } day], { } position) => OnWeekday(position, day.Weekday, start),
        _ => null,
    };

    private static string? OnWeekday(int ordinal, IsoDayOfWeek weekday, LocalDate start) => ordinal switch
    {
        -1 => weekday == start.DayOfWeek ? RuleForm.OnLastWeekday : $"-1{NameOf(weekday)}",
        >= 1 and <= 4 => weekday == start.DayOfWeek && ordinal == Ordinal(start) ? RuleForm.OnWeekday : Text(ordinal) + NameOf(weekday),
        _ => null,
    };

    private static RulePattern Place(RulePattern pattern, string place, LocalDate start) => place switch
    {
        RuleForm.OnWeekday => pattern with { Days = [new RuleDay(Ordinal(start), start.DayOfWeek)] },
        RuleForm.OnLastWeekday => pattern with { Days = [new RuleDay(-1, start.DayOfWeek)] },
        RuleForm.OnLastDay => pattern with { MonthDays = [-1] },
        _ when place.Length > 2 && DayOf(place[^2..]) is { } weekday && int.TryParse(place[..^2], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var ordinal) =>
            pattern with { Days = [new RuleDay(ordinal, weekday)] },
        _ => pattern with { MonthDays = [Number(place, 31) ?? start.Day] },
    };

    private static int Ordinal(LocalDate day) => (day.Day + 6) / 7;

    private static bool IsLastWeek(LocalDate day) => day.PlusDays(7).Month != day.Month;

    private static string OrdinalWord(int? ordinal) => ordinal switch { 1 => "first", 2 => "second", 3 => "third", 4 => "fourth", _ => "last" };

    private static LocalDate? Day(string text) => LocalDatePattern.Iso.Parse(text) is { Success: true, Value: var day } ? day : null;

    private static int? Number(string text, int most) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= most ? number : null;

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
