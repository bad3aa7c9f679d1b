using NodaTime;
using PeerWeb.Core.Entries;

namespace PeerWeb.Core.Formats.ICalendar.Editing;

/// <summary>Gives an entry another rule, and leaves instances out or takes them back.</summary>
/// <remarks>RFC 5545 3.8.5.1 and 3.8.5.3.</remarks>
internal static class RecurrenceChange
{
    /// <summary>A single one that begins to repeat.</summary>
    public static ComponentDocument Begin(ComponentDocument document, FieldChange change)
    {
        if (change.NewRule is not { } rule)
            return document;
        SetRule(document, rule);
        return Settle(document, change);
    }

    public static void SetRule(ComponentDocument document, string rule)
    {
        var lines = document.LinesOf(document.Series.Main);
        lines.Set(lines.Find("RRULE") is { } line ? RuleText.Write(line, rule) : $"RRULE:{rule}");
    }

    /// <summary>Takes instances back that were left out.</summary>
    public static ComponentDocument TakeBack(ComponentDocument document, IReadOnlyList<string> ids)
    {
        if (ids.Count == 0 || document.Series.Master is not { } master)
            return document;
        var lines = document.LinesOf(master);
        foreach (var line in lines.All("EXDATE"))
            Keep(document, lines, line, time => !ids.Contains(RecurrenceLines.IdOf(master.Start, time)));
        return document.Again();
    }

    /// <summary>After a new rule: the entry starts with the first day of the rule, what names days that it has no more goes, and instances are left out.</summary>
    /// <exception cref="InvalidEntryException">What is to be left out is no instance.</exception>
    public static ComponentDocument Settle(ComponentDocument document, FieldChange change)
    {
        document = document.Again();
        var master = document.Series.Master ?? throw new InvalidEntryException(change.Before.Recurrence?.FixedBecause ?? "The rule of this series is not here.", null);
        if (change.NewRule is not null)
            document = SettleRule(document, master, change.Before.Recurrence is not { } before || !RuleText.IsSameButEnd(before.Rule, change.NewRule));
        return LeaveOut(document, change.NewExceptions);
    }

    /// <summary>Keeps those values of a list that <paramref name="isKept"/> says, and the line while it has any.</summary>
    public static void Keep(ComponentDocument document, ComponentLines lines, ContentLine line, Predicate<CalendarTime> isKept)
    {
        var values = line.Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var kept = values.Zip(CalendarTimeText.ReadList(line, document.Series.Zones)).Where(item => isKept(item.Second.Start)).Select(item => item.First).ToList();
        if (kept.Count == 0)
            lines.RemoveLine(line);
        else if (kept.Count < values.Length)
            lines.Replace(line, RuleText.Write(line, string.Join(',', kept)));
    }

    private static ComponentDocument SettleRule(ComponentDocument document, TimedComponent master, bool beginsAnew)
    {
        // Not with a listed date, which says nothing of the weeks and months that an interval counts.
        if (beginsAnew && FirstOf(master) is { } first && first != master.Start.Local)
        {
            Begin(document, first);
            document = document.Again();
            master = document.Series.Main;
        }
        var starts = new SeriesStarts(master, document.Series.Zones);
        var lines = document.LinesOf(master);
        var hit = starts.Of(lines.All("EXDATE").SelectMany(line => CalendarTimeText.ReadList(line, document.Series.Zones)).Select(time => master.Start.LocalLikeMe(time.Start))
            .Concat(document.Series.Overrides.Select(document.Series.NominalOf)));
        foreach (var line in lines.All("EXDATE"))
            Keep(document, lines, line, time => hit.Contains(master.Start.LocalLikeMe(time)));
        foreach (var changed in document.Series.Overrides.Where(changed => !hit.Contains(document.Series.NominalOf(changed))))
            document.Calendar.Remove(document.LinesOf(changed));
        return document.Again();
    }

    /// <summary>The first day of the rule at or after the start, which may be none of its days; null where there is none.</summary>
    /// <exception cref="InvalidEntryException">The rule ends before that day.</exception>
    private static LocalDateTime? FirstOf(TimedComponent master)
    {
        if (master.Component.Find("RRULE") is not { } line)
            return null;
        // COUNT counts the start, also where that is none of the rule's days; then the second is the first of them.
        var atLeastOne = ContentLine.Parse(RuleText.Write(line, $"{RuleText.WithoutEnd(line.Value)};COUNT=2"), line.Number);
        var first = new SeriesRule(GuardedRule.Read(atLeastOne, master.Start), master.Start.Local).FirstFrom(master.Start.Local);
        return RuleParts.Read(line).LocalUntil(master.Start, line.Number) < first ? throw new InvalidEntryException("It ends before the first day on which it repeats.", null) : first;
    }

    /// <summary>Lets the series start at another of its starts; what comes before it is none of it any more.</summary>
    public static void Begin(ComponentDocument document, LocalDateTime nominal)
    {
        var master = document.Series.Main;
        var (lines, start) = (document.LinesOf(master), master.Start.At(nominal));
        if (master.EndLine is { } endLine)
            TimeLines.SetEnd(document, lines, start.ToEntryTime(), master.EndOf(start).ToEntryTime(), endLine);
        lines.Set(TimeLine.Write(master.StartName, start, master.StartLine!));
    }

    private static ComponentDocument LeaveOut(ComponentDocument document, IReadOnlyList<string> ids)
    {
        if (ids.Count == 0 || document.Series.Master is not { } master)
            return document;
        var starts = new SeriesStarts(master, document.Series.Zones);
        foreach (var id in ids)
        {
            var nominal = CalendarTimeText.ParseBasic(id.TrimEnd('Z')) is { } local ? Find(starts, local) : null;
            if (nominal is null)
                throw new InvalidEntryException("An instance to be left out is not one of the series.", null);
            var start = master.Start.At(nominal.Value);
            document.LinesOf(master).Append(TimeLine.Write("EXDATE", start, master.StartLine!));
            if (InstanceChange.FindOverride(document, start.ToBasicFormat()) is { } changed)
                document.Calendar.Remove(document.LinesOf(changed));
        }
        return document.Again();
    }

    /// <summary>The start that is meant, or the only one of that day: the time of day may have just been changed.</summary>
    private static LocalDateTime? Find(SeriesStarts starts, LocalDateTime nominal)
    {
        if (starts.Of([nominal]).Count > 0)
            return nominal;
        var midnight = nominal.Date.AtMidnight();
        return starts.Between(midnight, midnight.PlusDays(1), 2) is [var only] ? only : null;
    }
}
