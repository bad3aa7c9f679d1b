using NodaTime;

namespace PeerWeb.Features.Calendars.Month;

/// <summary>A month laid out: what stands in which cell and lane, and what has no room.</summary>
public sealed record MonthLayout(MonthSpan Span, IReadOnlyList<WeekLayout> Weeks, int Lanes)
{
    /// <param name="instances">Any order; those of the same key after the first, and those outside the span, are passed over.</param>
    /// <param name="lanes">Lines that a cell has room for, at least one; where they do not suffice the last one says how many more there are.</param>
    public static MonthLayout Of(MonthSpan span, IEnumerable<EventInstance> instances, int lanes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(lanes, 1);
        var shown = instances
            .Where(instance => instance.FirstDay < span.End && instance.LastDay >= span.Start)
            .DistinctBy(instance => instance.Key)
            .Order(InstanceOrder.Default)
            .ToList();
        var weeks = new List<WeekLayout>();
        LocalDate? before = null;
        foreach (var days in span.Days.Chunk(span.DaysShown))
        {
            weeks.Add(WeekLayout.Of(days, before, shown, lanes));
            before = days[^1];
        }
        return new MonthLayout(span, weeks, lanes);
    }

    public DayLayout? Day(LocalDate date) => Weeks.SelectMany(week => week.Days).FirstOrDefault(day => day.Date == date);

    public bool IsEmpty => Weeks.All(week => week.Days.All(day => day.Instances.Count == 0));
}

/// <summary>Bars before timed events, earlier before later, longer before shorter; total, so that the same instances always lie the same way.</summary>
public sealed class InstanceOrder : IComparer<EventInstance>
{
    public static readonly InstanceOrder Default = new();

    public int Compare(EventInstance? x, EventInstance? y)
    {
        if (x is null || y is null)
            return (x is null ? 0 : 1) - (y is null ? 0 : 1);
        var order = y.IsBar.CompareTo(x.IsBar);
        if (order == 0)
            order = x.IsBar ? x.FirstDay.CompareTo(y.FirstDay) : x.Start.CompareTo(y.Start);
        if (order == 0)
            order = x.IsBar ? y.LastDay.CompareTo(x.LastDay) : y.End.CompareTo(x.End);
        if (order == 0)
            order = x.Start.CompareTo(y.Start);
        if (order == 0)
            order = string.CompareOrdinal(x.Title, y.Title);
        if (order == 0)
            order = string.CompareOrdinal(x.Source.ToString(), y.Source.ToString());
        if (order == 0)
            order = x.Key.Uid.CompareTo(y.Key.Uid);
        return order != 0 ? order : string.CompareOrdinal(x.Key.RecurrenceId, y.Key.RecurrenceId);
    }
}
