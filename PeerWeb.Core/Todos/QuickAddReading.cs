using System.Globalization;
using NodaTime;

namespace PeerWeb.Core.Todos;

/// <summary>Takes the words of a line apart.</summary>
/// <param name="now">The viewer's clock.</param>
internal sealed class QuickAddReading(string[] words, LocalDateTime now)
{
    private const int MostDays = 3650;

    private static readonly string[] Weekdays = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

    /// <summary>Words that only lead to a day or time.</summary>
    private static readonly HashSet<string> Leading = new(StringComparer.OrdinalIgnoreCase) { "on", "by", "at", "due" };

    private int _at;

    public List<string> Title { get; } = [];

    public List<string> Understood { get; } = [];

    public List<string> Tags { get; } = [];

    public int? Priority { get; private set; }

    public LocalDate? Day { get; private set; }

    public LocalTime? Time { get; private set; }

    /// <summary>From now; then there is neither day nor time.</summary>
    public Duration? After { get; private set; }

    public void Run()
    {
        while (_at < words.Length)
        {
            var taken = Take();
            for (var i = 0; i < Math.Max(taken, 1); i++)
                (taken > 0 ? Understood : Title).Add(words[_at + i]);
            _at += Math.Max(taken, 1);
        }
    }

    /// <summary>How many words from here say something; 0 where the next one is of the title.</summary>
    private int Take()
    {
        if (TakeTag() || TakePriority())
            return 1;
        var lead = words.Skip(_at).TakeWhile(Leading.Contains).Count();
        var taken = TakeWhen(_at + lead);
        return taken == 0 ? 0 : taken + lead;
    }

    private bool TakeTag()
    {
        var word = words[_at];
        if (word.Length < 2 || word[0] != '#' || !char.IsLetterOrDigit(word[1]))
            return false;
        Tags.Add(word[1..]);
        return true;
    }

    private bool TakePriority()
    {
        int? priority = words[_at].ToLowerInvariant() switch
        {
            "!high" => 1,
            "!medium" => 5,
            "!low" => 9,
            ['!', >= '1' and <= '9' and var digit] => digit - '0',
            _ => null,
        };
        if (priority is null || Priority is not null)
            return false;
        Priority = priority;
        return true;
    }

    private int TakeWhen(int at)
    {
        if (at >= words.Length)
            return 0;
        var word = words[at];
        if (Time is null && After is null && TimeOf(word) is { } time)
        {
            Time = time;
            return 1;
        }
        if (Day is not null || After is not null)
            return 0;
        if (word.Equals("in", StringComparison.OrdinalIgnoreCase) && at + 2 < words.Length)
            return TakeSpan(words[at + 1], words[at + 2]) ? 3 : 0;
        if (word.Equals("next", StringComparison.OrdinalIgnoreCase) && at + 1 < words.Length && WeekdayOf(words[at + 1]) is { } weekday)
        {
            Day = now.Date.PlusDays(7 - (int)now.DayOfWeek + (int)weekday);
            return 2;
        }
        Day = DayOf(word);
        return Day is null ? 0 : 1;
    }

    private bool TakeSpan(string count, string unit)
    {
        var number = count.ToLowerInvariant() is "a" or "an" ? 1 : int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var said) ? said : 0;
        if (number is < 1 or > MostDays)
            return false;
        switch (unit.ToLowerInvariant())
        {
            case "day" or "days":
                Day = now.Date.PlusDays(number);
                return true;
            case "week" or "weeks" when number <= MostDays / 7:
                Day = now.Date.PlusWeeks(number);
                return true;
            case "month" or "months" when number <= MostDays / 31:
                Day = now.Date.PlusMonths(number);
                return true;
            case "hour" or "hours" when Time is null:
                After = Duration.FromHours(number);
                return true;
            case "minute" or "minutes" when Time is null:
                After = Duration.FromMinutes(number);
                return true;
            default:
                return false;
        }
    }

    private LocalDate? DayOf(string word) => word.ToLowerInvariant() switch
    {
        "today" => now.Date,
        "tomorrow" => now.Date.PlusDays(1),
        _ when WeekdayOf(word) is { } weekday => now.Date.Next(weekday),
        _ => DateOf(word),
    };

    private static IsoDayOfWeek? WeekdayOf(string word) =>
        Array.FindIndex(Weekdays, name => name.Equals(word, StringComparison.OrdinalIgnoreCase)) is >= 0 and var at ? (IsoDayOfWeek)(at + 1) : null;

    /// <summary>2026-11-30, 30.11.2026, or 30.11. of the year in which it comes next.</summary>
    private LocalDate? DateOf(string word)
    {
        if (word.Split('-') is [{ Length: 4 } year, { Length: 2 } month, { Length: 2 } day])
            return Date(Number(year), Number(month), Number(day));
        return word.Split('.') switch
        {
            [{ Length: 1 or 2 } d, { Length: 1 or 2 } m, { Length: 4 } y] => Date(Number(y), Number(m), Number(d)),
            [{ Length: 1 or 2 } d, { Length: 1 or 2 } m, ""] => Enumerable.Range(now.Year, 9).Select(y => Date(y, Number(m), Number(d))).FirstOrDefault(date => date >= now.Date),
            _ => null,
        };
    }

    private static LocalDate? Date(int year, int month, int day) =>
        year is >= 1900 and < 2200 && month is >= 1 and <= 12 && day >= 1 && day <= CalendarSystem.Iso.GetDaysInMonth(year, month) ? new LocalDate(year, month, day) : null;

    /// <summary>14:00, 9am, 2:30pm.</summary>
    private static LocalTime? TimeOf(string word)
    {
        var text = word.ToLowerInvariant();
        var half = text.EndsWith("am", StringComparison.Ordinal) || text.EndsWith("pm", StringComparison.Ordinal);
        var parts = (half ? text[..^2] : text).Split(':');
        if (parts.Length > 2 || (parts.Length == 1 && !half) || parts[0].Length is < 1 or > 2 || (parts.Length == 2 && parts[1].Length != 2))
            return null;
        var (hour, minute) = (Number(parts[0]), parts.Length == 2 ? Number(parts[1]) : 0);
        if (minute is < 0 or > 59 || hour < (half ? 1 : 0) || hour > (half ? 12 : 23))
            return null;
        return new LocalTime(half ? (hour % 12) + (text[^2] == 'p' ? 12 : 0) : hour, minute);
    }

    /// <summary>-1 where it is none.</summary>
    private static int Number(string digits) => int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1;
}
