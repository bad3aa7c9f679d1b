using NodaTime;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Formats.ICalendar;
using PeerWeb.Core.Formats.ICalendar.Editing;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Core.Calendars.Editing;

/// <summary>Splits a series at one of its instances: it ends just before, and what follows becomes an event of its own.</summary>
/// <remarks>
/// RFC 5545 has no other way to say "this and following" that all programs read. The halves lead to each other as in RFC 9253 5: the first has RELATED-TO;RELTYPE=NEXT
/// with the UID of the second, the second RELTYPE=FIRST with the UID of the first of all that the series was split into.
/// </remarks>
internal static class SeriesSplit
{
    /// <exception cref="InvalidEntryException">No such instance, or the rule cannot be split or changed like that.</exception>
    public static EventEdit Change(ComponentDocument document, string recurrenceId, FieldChange change, Uid following)
    {
        InstanceChange.Need(document, recurrenceId);
        var split = SplitOf(document, recurrenceId);
        if (change.NewExceptions.Concat(change.GoneExceptions).Any(id => string.CompareOrdinal(id, recurrenceId) < 0))
            throw new InvalidEntryException("Instances before this one can only be left out or taken back in the whole series.", null);
        var first = SeriesHalf.Before(document, split);
        var second = SeriesHalf.From(document, split);
        change = Rebased(change, second);
        if (first is null)
            return new EventEdit(new SeriesChange(recurrenceId, change, mayAdapt: true).Apply(second).WriteUnlessEmpty(), null);
        var uid = first.Series.Uid;
        second.SetUid(following);
        second = new SeriesChange(recurrenceId, change, mayAdapt: true).Apply(second);
        foreach (var component in second.Series.Components.Select(second.LinesOf).Where(lines => lines.Find("SEQUENCE") is not null))
            component.Set("SEQUENCE:0");
        RelatedLines.AddFirst(second.LinesOf(second.Series.Main), uid);
        if (second.WriteUnlessEmpty() is not { } text)
            return new EventEdit(Stamped(first, change.Now), null);
        RelatedLines.SetNext(first.LinesOf(first.Series.Main), following);
        return new EventEdit(Stamped(first, change.Now), new FollowingEvent(following, text));
    }

    /// <summary>The text up to an instance, or null where nothing is before it.</summary>
    /// <exception cref="InvalidEntryException">No such instance.</exception>
    public static string? Remove(ComponentDocument document, string recurrenceId, Instant now)
    {
        InstanceChange.Need(document, recurrenceId);
        return SeriesHalf.Before(document, SplitOf(document, recurrenceId)) is { } first ? Stamped(first, now) : null;
    }

    private static LocalDateTime SplitOf(ComponentDocument document, string recurrenceId) =>
        CalendarTimeText.ParseBasic(recurrenceId.TrimEnd('Z')) ?? throw new InvalidEntryException($"There is no instance {recurrenceId}.", document.Series.Main.Component.Line);

    /// <summary>A COUNT that was not touched is of the whole series, one that was typed or is said to be so counts from the split on.</summary>
    private static FieldChange Rebased(FieldChange change, ComponentDocument second)
    {
        if (change is not { NewRule: { } rule, Before.Recurrence: { } before, After.Recurrence: { } after } || second.Series.Master?.Component.Find("RRULE") is not { } line)
            return change;
        var count = RuleText.Find(line.Value, "COUNT");
        if (count is not null && !after.CountsFromSplit && RuleText.Find(rule, "COUNT") == RuleText.Find(before.Rule, "COUNT"))
            rule = RuleText.With(rule, KeyValuePair.Create("COUNT", (string?)count));
        return change with
        {
            Before = change.Before with { Recurrence = before with { Rule = line.Value.Trim() } },
            After = change.After with { Recurrence = after with { Rule = rule, CountsFromSplit = false } },
        };
    }

    private static string Stamped(ComponentDocument document, Instant now)
    {
        ComponentDocument.Stamp(document.LinesOf(document.Series.Main), now, isRescheduled: true);
        return document.Write();
    }
}
