using NodaTime;
using PeerWeb.Core.Entries;

namespace PeerWeb.Core.Formats.ICalendar.Editing;

/// <summary>Changes or removes one instance of a recurring entry.</summary>
/// <remarks>RFC 5545 3.8.4.4 and 3.8.5.1.</remarks>
internal static class InstanceChange
{
    /// <exception cref="InvalidEntryException">There is no such instance.</exception>
    public static void Apply(ComponentDocument document, string recurrenceId, FieldChange change)
    {
        if (change.RepeatsElse)
            throw new InvalidEntryException($"How {document.Kind.One} repeats cannot be changed for one instance only.", null);
        Need(document, recurrenceId);
        if (FindOverride(document, recurrenceId) is { } changed)
        {
            change.Apply(document, changed);
            return;
        }
        var lines = MakeOverride(document, recurrenceId);
        document.Calendar.Add(lines);
        change.ApplyTexts(lines);
        if (change.IsMoved)
            TimeLines.Set(document, lines, new TimedComponent(Component.Read([.. lines.All()]), document.Series.Zones, document.Kind), change.After.Start, change.After.End);
        ComponentDocument.Stamp(lines, change.Now, change.IsRescheduled);
    }

    /// <exception cref="InvalidEntryException">There is no such instance.</exception>
    public static void Need(ComponentDocument document, string recurrenceId)
    {
        if (!document.Series.Has(recurrenceId))
            throw new InvalidEntryException($"The {document.Kind.Noun} has no such instance any more.", null);
    }

    /// <summary>The text without the instance, or null where nothing is left.</summary>
    /// <exception cref="InvalidEntryException">What follows it depends on it.</exception>
    public static string? Remove(ComponentDocument document, string recurrenceId, Instant now)
    {
        SeriesLimits.CheckOpened(document, recurrenceId);
        if (FindOverride(document, recurrenceId) is { } changed)
            document.Calendar.Remove(document.LinesOf(changed));
        if (document.Series.Master is { } master && document.Series.Instance(recurrenceId) is { RecurrenceId: not null })
        {
            var lines = document.LinesOf(master);
            lines.Append(TimeLine.Write("EXDATE", NominalStart(document, recurrenceId), master.StartLine!));
            ComponentDocument.Stamp(lines, now, isRescheduled: true);
        }
        return document.WriteUnlessEmpty();
    }

    /// <summary>A copy of what one instance is made of, the master or a change of all that follow, for that instance alone. It changes nothing yet.</summary>
    public static ComponentLines MakeOverride(ComponentDocument document, string recurrenceId)
    {
        var master = document.Series.Master ?? throw new InvalidEntryException($"The {document.Kind.Noun} has no such instance.", null);
        var instance = document.Series.Instance(recurrenceId);
        var model = instance.Component;
        var lines = document.LinesOf(model).Copy();
        foreach (var name in RecurrenceLines.Names)
            lines.Remove(name);
        lines.Remove("RECURRENCE-ID");
        var startLine = model.StartLine!;
        var nominal = NominalStart(document, recurrenceId);
        if (model.EndLine is { } endLine)
            TimeLines.SetEnd(document, lines, instance.Start, instance.End, endLine);
        lines.Set(model == master ? TimeLine.Write(model.StartName, nominal, startLine) : TimeLine.Write(model.StartName, instance.Start, startLine, model.Start));
        lines.Append(TimeLine.Write("RECURRENCE-ID", nominal, master.StartLine!));
        return lines;
    }

    public static TimedComponent? FindOverride(ComponentDocument document, string recurrenceId) =>
        document.Series.Overrides.FirstOrDefault(changed => document.Series.RecurrenceIdOf(changed) == recurrenceId);

    public static CalendarTime NominalStart(ComponentDocument document, string recurrenceId) =>
        CalendarTimeText.ParseBasic(recurrenceId.TrimEnd('Z')) is { } nominal
            ? document.Series.Master!.Start.At(nominal)
            : throw new InvalidEntryException($"The {document.Kind.Noun} has no such instance.", null);
}
