using System.Globalization;
using NodaTime;
using PeerWeb.Core.Entries;

namespace PeerWeb.Core.Formats.ICalendar.Editing;

/// <summary>The part of a series before or from one of its starts on. Where an instance belongs its place in the series says, not where it was moved to.</summary>
/// <remarks>RFC 5545 3.3.10: COUNT counts instances that are left out as well.</remarks>
internal static class SeriesHalf
{
    /// <summary>Starts of both that are compared after a split.</summary>
    private const int Compared = 200;

    /// <summary>A listed date may be before DTSTART.</summary>
    private static readonly LocalDateTime Earliest = new(1900, 1, 1, 0, 0);

    /// <summary>What is before the split, with the starts that it has there; null where no instance is.</summary>
    /// <exception cref="InvalidEntryException">Its rules say something else when they end there.</exception>
    public static ComponentDocument? Before(ComponentDocument document, LocalDateTime split)
    {
        var half = document.Again();
        RemoveOverrides(half, nominal => nominal >= split);
        if (half.Series.Master is { } master)
            EndBefore(half, master, split);
        if (!half.Calendar.Components.Any(component => component.Name == half.Kind.Name))
            return null;
        half = half.Again();
        Check(document, half, split);
        return half.Series.IsEmpty ? null : half;
    }

    /// <summary>What is at the split and after it, with the starts that it has there.</summary>
    /// <exception cref="InvalidEntryException">Its rules say something else when they begin there.</exception>
    public static ComponentDocument From(ComponentDocument document, LocalDateTime split)
    {
        var half = document.Again();
        RemoveOverrides(half, nominal => nominal < split);
        if (half.Series.Master is not { } master)
            return half;
        var starts = new SeriesStarts(master, half.Series.Zones);
        StartAt(half, master, starts, split);
        half = half.Again();
        List<LocalDateTime> left = half.Series.Master is { } rest ? new SeriesStarts(rest, half.Series.Zones).From(split, Compared) : [];
        return left.SequenceEqual(starts.From(split, Compared)) ? half : throw Unsplit(half);
    }

    private static void Check(ComponentDocument document, ComponentDocument half, LocalDateTime split)
    {
        if (document.Series.Master is not { } whole || half.Series.Master is not { } first)
            return;
        var starts = new SeriesStarts(whole, document.Series.Zones).Between(Earliest, split, int.MaxValue);
        if (!starts.SequenceEqual(new SeriesStarts(first, half.Series.Zones).Between(Earliest, SeriesRule.EndOfTime, starts.Count + 1)))
            throw Unsplit(half);
    }

    private static InvalidEntryException Unsplit(ComponentDocument half) => new($"This {half.Kind.Noun} repeats by rules that cannot be split here. Change single instances, or all of them.", null);

    private static void RemoveOverrides(ComponentDocument half, Predicate<LocalDateTime> isOther)
    {
        foreach (var changed in half.Series.Overrides.Where(changed => isOther(half.Series.NominalOf(changed))))
            half.Calendar.Remove(half.LinesOf(changed));
    }

    private static void EndBefore(ComponentDocument half, TimedComponent master, LocalDateTime split)
    {
        var (lines, starts) = (half.LinesOf(master), new SeriesStarts(master, half.Series.Zones));
        foreach (var (line, rule) in lines.All("RRULE").Zip(starts.Rules))
        {
            if (rule.LastBefore(split) is not { } last)
                lines.RemoveLine(line);
            else if (rule.FirstFrom(split) is not null)
                lines.Replace(line, RuleText.Write(line, Ended(line, rule, master.Start, last, split)));
        }
        KeepListed(half, lines, master, nominal => nominal < split, split);
        // Else DTSTART stays the first half's own.
        if (lines.Find("RRULE") is null && master.Start.Local >= split)
            BeginListed(half, lines, starts.Between(Earliest, split, 1));
    }

    private static string Ended(ContentLine line, SeriesRule rule, CalendarTime start, LocalDateTime last, LocalDateTime split)
    {
        if (rule.Parts.Count is null)
        {
            var until = RuleText.With(line.Value, KeyValuePair.Create("UNTIL", (string?)RuleText.Until(start.At(last))));
            // An hour that clocks skip is judged by what it falls on, which may be beyond the split.
            if (RuleParts.Read(ContentLine.Parse(RuleText.Write(line, until), line.Number)).LocalUntil(start, line.Number) < split)
                return until;
        }
        return RuleText.WithoutEnd(line.Value) + $";COUNT={Text(rule.CountBefore(split))}";
    }

    private static void StartAt(ComponentDocument half, TimedComponent master, SeriesStarts starts, LocalDateTime split)
    {
        var lines = half.LinesOf(master);
        KeepListed(half, lines, master, nominal => nominal >= split, split);
        if (split <= master.Start.Local)
            return;
        var firsts = starts.Rules.Select(rule => rule.FirstFrom(split)).ToList();
        if (firsts.Min() is not { } start)
        {
            foreach (var line in lines.All("RRULE"))
                lines.RemoveLine(line);
            BeginListed(half, lines, starts.From(split, 1));
            return;
        }
        foreach (var ((line, rule), first) in lines.All("RRULE").Zip(starts.Rules).Zip(firsts))
        {
            if (first is null)
                lines.RemoveLine(line);
            else if (rule.Parts.Count is { } count)
                // A start that is another rule's counts with this one as well.
                lines.Replace(line, RuleText.Write(line, RuleText.With(line.Value, KeyValuePair.Create("COUNT", (string?)Text(count - rule.CountBefore(split) + (first == start ? 0 : 1))))));
        }
        if (firsts.Count(first => first is not null) > 1)
        {
            // What a rule takes from the start it must say itself when it gets another one.
            foreach (var line in lines.All("RRULE"))
                lines.Replace(line, RuleText.Write(line, RuleText.Explicit(line, master.Start)));
        }
        RecurrenceChange.Begin(half, start);
    }

    private static void KeepListed(ComponentDocument half, ComponentLines lines, TimedComponent master, Predicate<LocalDateTime> isHere, LocalDateTime split)
    {
        foreach (var line in lines.All("RDATE"))
            RecurrenceChange.Keep(half, lines, line, time => isHere(master.Start.LocalLikeMe(time)));
        // A whole day that is left out may have instances in both halves.
        foreach (var line in lines.All("EXDATE"))
            RecurrenceChange.Keep(half, lines, line, time => isHere(master.Start.LocalLikeMe(time)) || (time.IsDate && time.Local.Date == split.Date));
    }

    /// <summary>A series of listed dates only starts with the first of them.</summary>
    private static void BeginListed(ComponentDocument half, ComponentLines lines, List<LocalDateTime> firsts)
    {
        var master = half.Series.Main;
        if (firsts is not [var first])
        {
            half.Calendar.Remove(lines);
            return;
        }
        foreach (var line in lines.All("RDATE"))
            RecurrenceChange.Keep(half, lines, line, time => master.Start.LocalLikeMe(time) != first);
        RecurrenceChange.Begin(half, first);
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
