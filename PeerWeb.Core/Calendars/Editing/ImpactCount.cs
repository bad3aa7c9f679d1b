using NodaTime;
using PeerWeb.Core.Formats.ICalendar;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Core.Calendars.Editing;

/// <summary>Counts what an edit would do by doing it.</summary>
internal static class ImpactCount
{
    /// <summary>A series with more instances counts as one without end.</summary>
    private const int Most = 3000;

    private static readonly TimeRange Ever = new(Instant.FromUtc(1900, 1, 1, 0, 0), TimeRange.Latest);

    public static EventImpact Of(string text, string? recurrenceId, EventScope scope, EventFields before, EventFields after, EventEdit edit)
    {
        var series = ComponentSeries.Read(text, ComponentKind.Event);
        if (scope == EventScope.This && series.IsRecurring && recurrenceId is not null)
            return new EventImpact(before == after ? 0 : 1, Instances(series)?.Count);
        var halves = new[] { edit.Text, edit.Following?.Text }.OfType<string>().Select(half => ComponentSeries.Read(half, ComponentKind.Event)).ToList();
        var stays = after.Recurrence is null ? series.Overrides.Count(changed => series.RecurrenceIdOf(changed) == recurrenceId) : 0;
        var dropped = Math.Max(0, series.Overrides.Count - stays - halves.Sum(half => half.Overrides.Count));
        if (Seen(series) is not { } old)
            return new EventImpact(before == after ? 0 : null, null) { Dropped = dropped };
        var now = halves.ConvertAll(Seen);
        if (now.Contains(null))
            return new EventImpact(before == after ? 0 : null, old.Count) { Dropped = dropped };
        var isSameRule = before.Recurrence == after.Recurrence;
        return new EventImpact(Different(old, [.. now.SelectMany(half => half!)], isSameRule), old.Count) { Dropped = dropped };
    }

    public static EventImpact OfRemoval(string text, string? recurrenceId, EventScope scope)
    {
        var series = ComponentSeries.Read(text, ComponentKind.Event);
        var total = Instances(series)?.Count;
        if (!series.IsRecurring || recurrenceId is null || scope == EventScope.All)
            return new EventImpact(total, total);
        if (scope == EventScope.This)
            return new EventImpact(1, total);
        var left = EventText.Remove(text, recurrenceId, scope, NodaConstants.UnixEpoch) is { } rest ? Instances(ComponentSeries.Read(rest, ComponentKind.Event))?.Count : 0;
        return new EventImpact(total - left, total);
    }

    /// <summary>Null where there are too many.</summary>
    private static List<ComponentInstance>? Instances(ComponentSeries series)
    {
        if (series.Extent() is not { IsUnbounded: false })
            return null;
        var instances = series.Instances(Ever, null, Most + 1);
        return instances.Count > Most ? null : instances;
    }

    /// <summary>What is seen of every instance, in the order of the series; null where there are too many.</summary>
    private static List<EventFields>? Seen(ComponentSeries series) => Instances(series)?
        .OrderBy(instance => instance.RecurrenceId, StringComparer.Ordinal)
        .Select(instance => EventLines.Read(instance.Component.Component, instance.Start, instance.End, null))
        .ToList();

    /// <summary>One by one where the rule is the same, else those that have no equal.</summary>
    private static int Different(List<EventFields> old, List<EventFields> now, bool isSameRule)
    {
        if (isSameRule && old.Count == now.Count)
            return old.Zip(now).Count(pair => pair.First != pair.Second);
        var left = now.CountBy(fields => fields).ToDictionary();
        var gone = old.Count(fields => !Take(left, fields));
        return Math.Max(gone, left.Values.Sum());
    }

    private static bool Take(Dictionary<EventFields, int> left, EventFields fields)
    {
        if (!left.TryGetValue(fields, out var count))
            return false;
        if (count == 1)
            left.Remove(fields);
        else
            left[fields] = count - 1;
        return true;
    }
}
