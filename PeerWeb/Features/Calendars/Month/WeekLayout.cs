using NodaTime;

namespace PeerWeb.Features.Calendars.Month;

/// <summary>The part of an instance that lies in one week: drawn in the cell of <paramref name="Column"/>, across <paramref name="Span"/> cells.</summary>
/// <param name="Lane">The line within the cells, the same on each of its days.</param>
/// <param name="IsFirst">No other part of the instance shows before this one.</param>
/// <param name="ContinuesBefore">Began before the day of its first cell: in an earlier week, or on days that are left out.</param>
/// <param name="ContinuesAfter">Goes on after the day of its last cell.</param>
public sealed record Segment(EventInstance Instance, int Lane, int Column, int Span, bool IsFirst, bool ContinuesBefore, bool ContinuesAfter)
{
    public bool Covers(int column) => Column <= column && column < Column + Span;
}

/// <summary>One day's cell.</summary>
/// <param name="Segments">What is drawn from this cell on.</param>
/// <param name="Crowded">What would be drawn from this cell on if there were room for it: paper has it.</param>
/// <param name="Hidden">How many instances of the day have no room.</param>
/// <param name="Instances">All instances of the day, those without room included.</param>
public sealed record DayLayout(
    LocalDate Date, IReadOnlyList<Segment> Segments, IReadOnlyList<Segment> Crowded, int Hidden, IReadOnlyList<EventInstance> Instances);

/// <param name="Lanes">Lines that all of it takes, what has no room included.</param>
public sealed record WeekLayout(IReadOnlyList<DayLayout> Days, int Lanes)
{
    /// <param name="days">Those that show, in order; between two of them others may be left out.</param>
    /// <param name="before">The last day that shows before them; null where there is none.</param>
    /// <param name="instances">In the order in which they take lanes.</param>
    public static WeekLayout Of(IReadOnlyList<LocalDate> days, LocalDate? before, IReadOnlyList<EventInstance> instances, int lanes)
    {
        var segments = Place(days, before, instances);
        var isCrowded = Enumerable.Range(0, days.Count)
            .Select(column => segments.Any(segment => segment.Covers(column) && segment.Lane >= lanes))
            .ToArray();
        // A crowded day gives its last lane to "n more"; a bar that lies there anywhere on such a day goes as a whole, so that no bar is torn.
        var hidden = segments
            .Where(s => s.Lane >= lanes || (s.Lane == lanes - 1 && Enumerable.Range(s.Column, s.Span).Any(column => isCrowded[column])))
            .ToHashSet<Segment>(ReferenceEqualityComparer.Instance);

        var layouts = days.Select((date, column) => new DayLayout(
            date,
            [.. segments.Where(s => s.Column == column && !hidden.Contains(s))],
            [.. segments.Where(s => s.Column == column && hidden.Contains(s))],
            hidden.Count(s => s.Covers(column)),
            [.. instances.Where(instance => instance.Touches(date))]));
        return new WeekLayout([.. layouts], segments.Select(segment => segment.Lane + 1).DefaultIfEmpty(0).Max());
    }

    private static List<Segment> Place(IReadOnlyList<LocalDate> days, LocalDate? before, IReadOnlyList<EventInstance> instances)
    {
        var taken = new List<bool[]>();
        var segments = new List<Segment>();
        foreach (var instance in instances)
        {
            var column = days.Count(day => day < instance.FirstDay);
            var span = days.Count(day => day <= instance.LastDay) - column;
            if (span <= 0)
                continue;
            var lane = taken.FindIndex(columns => !columns.AsSpan(column, span).Contains(true));
            if (lane < 0)
            {
                lane = taken.Count;
                taken.Add(new bool[days.Count]);
            }
            taken[lane].AsSpan(column, span).Fill(true);
            segments.Add(new Segment(
                instance, lane, column, span, IsFirst: before is null || instance.FirstDay > before,
                ContinuesBefore: instance.FirstDay < days[column], ContinuesAfter: instance.LastDay > days[column + span - 1]));
        }
        return segments;
    }
}
