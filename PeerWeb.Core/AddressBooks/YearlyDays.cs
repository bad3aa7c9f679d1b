using System.Globalization;
using NodaTime;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Formats.VCard;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Core.AddressBooks;

/// <summary>The birthday and the anniversary of a card as all-day instances, one in each year from the first on.</summary>
/// <remarks>RFC 6350 6.2.5 and 6.2.6. The 29th of February is on the 28th in years that have none.</remarks>
internal sealed class YearlyDays
{
    /// <summary>More than any zone is away from UTC.</summary>
    private static readonly Duration Spare = Duration.FromHours(14);

    private static readonly int FirstYear = TimeRange.Earliest.InUtc().Year;
    private static readonly int EndYear = TimeRange.Latest.InUtc().Year;

    private readonly List<Day> _days = [];
    private readonly string _name;

    private YearlyDays(string name) => _name = name;

    /// <summary>Start of the first instance in UTC; null where there is none.</summary>
    public Instant? First => _days.Count == 0 ? null : _days.Min(day => day.In(day.From).AtMidnight().InUtc().ToInstant());

    public static YearlyDays Of(CardText card)
    {
        var days = new YearlyDays(ContactSummary.TitleOf(card));
        days.Add("birthday", card.Find("BDAY"));
        days.Add("anniversary", card.Find("ANNIVERSARY"));
        return days;
    }

    /// <summary>By start, at most <paramref name="limit"/>.</summary>
    /// <param name="viewer">Zone in which days are cut; null has them with 14 hours to spare on both sides.</param>
    public List<IndexedInstance> Instances(TimeRange range, DateTimeZone? viewer, int limit)
    {
        var instances = new List<IndexedInstance>();
        if (_days.Count == 0)
            return instances;
        // A day more on each side than any zone can shift.
        var (from, to) = (range.Start.InUtc().Date.PlusDays(-2), range.End.InUtc().Date.PlusDays(2));
        for (var year = Math.Max(from.Year, FirstYear); year <= to.Year && year < EndYear && instances.Count < limit; year++)
        {
            var ofYear = _days.Where(day => year >= day.From).GroupBy(day => day.In(year)).OrderBy(group => group.Key);
            instances.AddRange(ofYear.Where(group => Overlaps(group.Key, range, viewer)).Select(group => Instance(group.Key, group)));
        }
        return instances.Count > limit ? instances[..limit] : instances;
    }

    private void Add(string occasion, CardLine? line)
    {
        if (line is null || CardDate.Parse(line.Line.Value) is not { Month: { } month, Day: { } day } date || date.Year >= EndYear)
            return;
        _days.Add(new Day(occasion, date.Year, month, day));
    }

    private IndexedInstance Instance(LocalDate date, IEnumerable<Day> days)
    {
        var occasions = string.Join(" and ", days.Select(day => day.Year is { } year && date.Year > year
            ? string.Create(CultureInfo.InvariantCulture, $"{day.Occasion} ({date.Year - year})")
            : day.Occasion));
        var title = _name.Length > 0 ? $"{_name}'s {occasions}" : occasions;
        return new IndexedInstance(date.ToString("uuuuMMdd", CultureInfo.InvariantCulture), EntryTime.Date(date), EntryTime.Date(date.PlusDays(1)), title, Detail: null);
    }

    private static bool Overlaps(LocalDate date, TimeRange range, DateTimeZone? viewer)
    {
        var (start, end) = (EntryTime.Date(date), EntryTime.Date(date.PlusDays(1)));
        return viewer is null
            ? range.Overlaps(start.InstantFor(DateTimeZone.Utc) - Spare, end.InstantFor(DateTimeZone.Utc) + Spare)
            : range.Overlaps(start.InstantFor(viewer), end.InstantFor(viewer));
    }

    /// <param name="Year">Null where nobody knows.</param>
    private readonly record struct Day(string Occasion, int? Year, int Month, int DayOfMonth)
    {
        public int From => Math.Max(Year ?? FirstYear, FirstYear);

        public LocalDate In(int year) => new(year, Month, Math.Min(DayOfMonth, CalendarSystem.Iso.GetDaysInMonth(year, Month)));
    }
}
