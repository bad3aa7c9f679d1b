using NodaTime;

namespace PeerWeb.Features.Calendars.Month;

/// <summary>The part of an instance that lies in one week: drawn in the cell of <paramref name="Column"/>, across <paramref name="Span"/> cells.</summary>
/// <param name="Lane">The line within the cells, the same on each of its days.</param>
/// <param name="ContinuesBefore">Began in an earlier week or before the first.</param>
/// <param name="ContinuesAfter">Goes on in a later week.</param>
public sealed record Segment(EventInstance Instance, int Lane, int Column, int Span, bool ContinuesBefore, bool ContinuesAfter)
{
    public bool Covers(int column) => Column <= column && column < Column + Span;
}

/// <summary>One day's cell.</summary>
/// <param name="Segments">What is drawn from this cell on.</param>
/// <param name="Hidden">How many instances of the day have no room.</param>
/// <param name="Instances">All instances of the day, those without room included.</param>
public sealed record DayLayout(LocalDate Date, IReadOnlyList<Segment> Segments, int Hidden, IReadOnlyList<EventInstance> Instances);

public sealed record WeekLayout(LocalDate Start, IReadOnlyList<DayLayout> Days)
{
    /// <param name="instances">In the order in which they take lanes.</param>
    public static WeekLayout Of(LocalDate start, IReadOnlyList<EventInstance> instances, int lanes)
    {
        var segments = Place(start, instances);
        var isCrowded = Enumerable.Range(0, 7)
            .Select(column => segments.Any(segment => segment.Covers(column) && segment.Lane >= lanes))
            .ToArray();
        // A crowded day gives its last lane to "n more"; a bar that lies there anywhere on such a day goes as a whole, so that no bar is torn.
        var hidden = segments
            .Where(s => s.Lane >= lanes || (s.Lane == lanes - 1 && Enumerable.Range(s.Column, s.Span).Any(column => isCrowded[column])))
            .ToHashSet();

        var days = Enumerable.Range(0, 7).Select(column =>
        {
            var date = start.PlusDays(column);
            return new DayLayout(
                date,
                [.. segments.Where(s => s.Column == column && !hidden.Contains(s))],
                hidden.Count(s => s.Covers(column)),
                [.. instances.Where(instance => instance.Touches(date))]);
        });
        return new WeekLayout(start, [.. days]);
    }

    private static List<Segment> Place(LocalDate start, IReadOnlyList<EventInstance> instances)
    {
        var end = start.PlusDays(6);
        var taken = new List<bool[]>();
        var segments = new List<Segment>();
        foreach (var instance in instances)
        {
            if (instance.LastDay < start || instance.FirstDay > end)
                continue;
            var column = Period.DaysBetween(start, LocalDate.Max(start, instance.FirstDay));
            var span = Period.DaysBetween(start, LocalDate.Min(end, instance.LastDay)) - column + 1;
            var lane = taken.FindIndex(columns => !columns.AsSpan(column, span).Contains(true));
            if (lane < 0)
            {
                lane = taken.Count;
                taken.Add(new bool[7]);
            }
            taken[lane].AsSpan(column, span).Fill(true);
            segments.Add(new Segment(instance, lane, column, span, instance.FirstDay < start, instance.LastDay > end));
        }
        return segments;
    }
}
