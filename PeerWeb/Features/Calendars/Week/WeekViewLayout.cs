using PeerWeb.Features.Calendars.Month;

namespace PeerWeb.Features.Calendars.Week;

/// <summary>Days beside each other laid out: bars above, and each day's timed events by the hour.</summary>
/// <param name="AllDay">All-day events and those of a day or longer.</param>
/// <param name="Lanes">Lines of the row of bars that are in use, the one that says how many more there are among them.</param>
public sealed record WeekViewLayout(HourSpan Span, WeekLayout AllDay, int Lanes, IReadOnlyList<WeekDayLayout> Days)
{
    private const int PrintedFrom = 7 * 60;
    private const int PrintedUntil = 19 * 60;

    /// <param name="instances">Any order; those of the same key after the first, and those of other days, are passed over.</param>
    /// <param name="lanes">Lines that the row of bars may take, at least one.</param>
    public static WeekViewLayout Of(HourSpan span, IEnumerable<EventInstance> instances, int lanes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(lanes, 1);
        var shown = instances
            .Where(instance => instance.FirstDay < span.End && instance.LastDay >= span.Start)
            .DistinctBy(instance => instance.Key)
            .Order(InstanceOrder.Default)
            .ToLookup(IsLong);
        var allDay = WeekLayout.Of(span.Days, null, [.. shown[true]], lanes);
        var used = allDay.Days.Max(day => day.Hidden > 0 ? lanes : day.Segments.Select(segment => segment.Lane + 1).DefaultIfEmpty(0).Max());
        return new WeekViewLayout(span, allDay, used, [.. span.Days.Select(day => WeekDayLayout.Of(day, shown[false]))]);
    }

    /// <summary>Too long to be a block among the hours.</summary>
    public static bool IsLong(EventInstance instance) => instance.IsAllDay || instance.End >= instance.Start.PlusDays(1);

    /// <summary>The minute of the day at which the first event begins; null where there is none.</summary>
    public int? FirstMinute => Days.SelectMany(day => day.Blocks).Where(block => !block.ContinuesBefore).Min(block => (int?)block.Top);

    /// <summary>The half hours that paper shows: the working day, and all at which something lies.</summary>
    public (int First, int End) Printed
    {
        get
        {
            var blocks = Days.SelectMany(day => day.Blocks).ToList();
            return (
                Math.Min(PrintedFrom, blocks.Select(block => block.Top).DefaultIfEmpty(PrintedFrom).Min()) / WeekCursor.Minutes / 2 * 2,
                (Math.Max(PrintedUntil, blocks.Select(block => block.Bottom).DefaultIfEmpty(0).Max()) + WeekCursor.Minutes - 1) / WeekCursor.Minutes);
        }
    }

    /// <summary>What lies at the cursor, in the order in which it is drawn.</summary>
    public IReadOnlyList<EventInstance> At(WeekCursor cursor)
    {
        var column = Span.Days.ToList().IndexOf(cursor.Day);
        if (column < 0)
            return [];
        return cursor.Slot is { } slot
            ? [.. Days[column].Blocks.Where(block => block.Overlaps(slot * WeekCursor.Minutes, (slot + 1) * WeekCursor.Minutes)).Select(block => block.Instance)]
            : AllDay.Days[column].Instances;
    }
}
