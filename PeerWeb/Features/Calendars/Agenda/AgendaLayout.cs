using NodaTime;
using PeerWeb.Features.Calendars.Month;

namespace PeerWeb.Features.Calendars.Agenda;

/// <summary>One event on one day of the list.</summary>
/// <param name="Number">Which of its days it is, from 1; <paramref name="Of"/> is how many it has.</param>
/// <param name="IsFirst">It does not stand under an earlier day of the list.</param>
public sealed record AgendaRow(EventInstance Instance, LocalDate Day, int Number, int Of, bool IsFirst);

public sealed record AgendaDay(LocalDate Date, IReadOnlyList<AgendaRow> Rows);

/// <summary>Days that have events, and today; an event stands under each of its days.</summary>
public sealed record AgendaLayout(AgendaSpan Span, IReadOnlyList<AgendaDay> Days)
{
    /// <param name="instances">Any order; those of the same key after the first, and those of other days, are passed over.</param>
    public static AgendaLayout Of(AgendaSpan span, IEnumerable<EventInstance> instances, LocalDate today)
    {
        var shown = instances
            .Where(instance => instance.FirstDay < span.End && instance.LastDay >= span.Start)
            .DistinctBy(instance => instance.Key)
            .Order(InstanceOrder.Default)
            .ToList();
        var days = span.Days
            .Select(day => new AgendaDay(day, [.. shown.Where(instance => instance.Touches(day)).OrderBy(instance => Begins(instance, day)).Select(instance => Row(span, instance, day))]))
            .Where(day => day.Rows.Count > 0 || day.Date == today);
        return new AgendaLayout(span, [.. days]);
    }

    public IEnumerable<AgendaRow> Rows => Days.SelectMany(day => day.Rows);

    /// <summary>What lasts all day stands before everything, what goes on from the day before right after it.</summary>
    private static LocalTime? Begins(EventInstance instance, LocalDate day) =>
        instance.IsAllDay || (instance.FirstDay < day && instance.LastDay > day) ? null
        : instance.FirstDay < day ? LocalTime.Midnight
        : instance.Start.TimeOfDay;

    private static AgendaRow Row(AgendaSpan span, EventInstance instance, LocalDate day) => new(
        instance, day, Period.DaysBetween(instance.FirstDay, day) + 1, Period.DaysBetween(instance.FirstDay, instance.LastDay) + 1,
        IsFirst: day == span.Start || day == instance.FirstDay);
}
