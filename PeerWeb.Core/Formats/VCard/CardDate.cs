using System.Globalization;

namespace PeerWeb.Core.Formats.VCard;

/// <summary>A date as a card has it, of which parts may be unknown: <c>19850412</c>, <c>--0412</c>, <c>1985-04</c>, <c>1985</c>, <c>---12</c>.</summary>
/// <remarks>RFC 6350 4.3.1; those of earlier versions (<c>1985-04-12</c>) are read too. A time beside it is not looked at.</remarks>
public readonly record struct CardDate
{
    private CardDate(int? year, int? month, int? day) => (Year, Month, Day) = (year, month, day);

    /// <summary>1 to 9999.</summary>
    public int? Year { get; }

    public int? Month { get; }

    public int? Day { get; }

    /// <summary>Whether it comes round every year on a known day.</summary>
    public bool IsYearly => Month is not null && Day is not null;

    /// <returns>Null where the parts are no date.</returns>
    public static CardDate? Of(int? year, int? month, int? day)
    {
        var isDate = (year ?? month ?? day) is not null
            && year is null or (>= 1 and <= 9999)
            && month is null or (>= 1 and <= 12)
            && (day is null || (day >= 1 && day <= (month is { } known ? DateTime.DaysInMonth(year ?? 2000, known) : 31)))
            && !(year is not null && month is null && day is not null);
        return isDate ? new CardDate(year, month, day) : null;
    }

    /// <summary>Null for what is no date of any version, such as "circa 1800".</summary>
    public static CardDate? Parse(ReadOnlySpan<char> text)
    {
        var date = text.Trim();
        var time = date.IndexOfAny('T', 't', ' ');
        if (time >= 0)
            date = date[..time];
        if (date.StartsWith("---"))
            return date.Length == 5 && Number(date[3..], out var only) ? Of(null, null, only) : null;
        if (date.StartsWith("--"))
            return WithoutYear(date[2..]);
        if (date.Length < 4 || !Number(date[..4], out var year))
            return null;
        // Year 0 and Apple's 1604 say that nobody knows.
        int? known = year is 0 or 1604 ? null : year;
        var rest = date[4..];
        if (rest.IsEmpty)
            return Of(known, null, null);
        if (rest.Length == 3 && rest[0] == '-')
            return Number(rest[1..], out var month) ? Of(known, month, null) : null;
        return DayOfYear(rest[0] == '-' ? rest[1..] : rest, out var found) ? Of(known, found.Month, found.Day) : null;
    }

    /// <summary>As vCard 4.0 has it.</summary>
    public override string ToString() => (Year, Month, Day) switch
    {
        ({ } year, { } month, { } day) => Format($"{year:0000}{month:00}{day:00}"),
        ({ } year, { } month, null) => Format($"{year:0000}-{month:00}"),
        ({ } year, null, _) => Format($"{year:0000}"),
        (null, { } month, { } day) => Format($"--{month:00}{day:00}"),
        (null, { } month, null) => Format($"--{month:00}"),
        (null, null, { } day) => Format($"---{day:00}"),
        _ => string.Empty,
    };

    private static CardDate? WithoutYear(ReadOnlySpan<char> date)
    {
        if (date.Length == 2)
            return Number(date, out var month) ? Of(null, month, null) : null;
        return DayOfYear(date, out var found) ? Of(null, found.Month, found.Day) : null;
    }

    /// <summary>MMdd or MM-dd.</summary>
    private static bool DayOfYear(ReadOnlySpan<char> date, out (int Month, int Day) found)
    {
        found = default;
        if (date.Length is not (4 or 5) || (date.Length == 5 && date[2] != '-') || !Number(date[..2], out var month) || !Number(date[^2..], out var day))
            return false;
        found = (month, day);
        return true;
    }

    private static bool Number(ReadOnlySpan<char> digits, out int number) => int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out number);

    private static string Format(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
