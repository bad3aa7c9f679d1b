using NodaTime;
using PeerWeb.Core.Entries;

namespace PeerWeb.Core.Formats.ICalendar.Editing;

/// <summary>Changes every instance of a recurring entry; what single instances have of their own they keep.</summary>
/// <param name="mayAdapt">Whether a rule that cannot move may become one for days like the moved one.</param>
internal sealed class SeriesChange(string? recurrenceId, FieldChange change, bool mayAdapt = false)
{
    /// <returns>The document as it is afterwards.</returns>
    /// <exception cref="InvalidEntryException">The series cannot be moved or repeat like that.</exception>
    public ComponentDocument Apply(ComponentDocument document)
    {
        if (change.NewRule is not null && change.Before.Recurrence?.FixedBecause is { } reason)
            throw new InvalidEntryException($"{reason} Its rule cannot be changed here.", null);
        if (change.Before.Recurrence is not null && change.After.Recurrence is null)
            return SingleOf(document);
        document = RecurrenceChange.TakeBack(document, change.GoneExceptions);
        ApplyTexts(document);
        if (change.IsMoved)
            Move(document);
        else if (change.NewRule is { } rule)
            RecurrenceChange.SetRule(document, rule);
        return change.NewRule is null && change.NewExceptions.Count == 0 ? document : RecurrenceChange.Settle(document, change);
    }

    private TimedComponent? Opened(ComponentDocument document) => recurrenceId is null ? null : InstanceChange.FindOverride(document, recurrenceId);

    private void ApplyTexts(ComponentDocument document)
    {
        var (series, opened) = (document.Series, Opened(document));
        foreach (var component in series.Components)
        {
            var own = component == series.Main || component == opened ? change : change.For(component, series.Main);
            var isRescheduled = change.IsMoved || (change.RepeatsElse && component == series.Main);
            if (!own.HasTexts && !isRescheduled)
                continue;
            own.ApplyTexts(document.LinesOf(component));
            ComponentDocument.Stamp(document.LinesOf(component), change.Now, isRescheduled);
        }
    }

    private void Move(ComponentDocument document)
    {
        var shift = new SeriesShift(document.Series.Main.Start, change.Before.Start, change.After.Start);
        var rules = document.Series.Master is { } master ? document.LinesOf(master).All("RRULE") : [];
        var moved = new List<string>();
        foreach (var line in rules)
        {
            if (MovedRule(line, shift) is { } rule)
            {
                moved.Add(rule);
            }
            else if (mayAdapt && IsOneRule(document) && RuleAdaptation.Find(line, shift, LastNamed(document)) is { } adaptation)
            {
                moved.Add(adaptation.Line);
                shift = shift with { Places = adaptation.Places };
            }
            else
            {
                throw new RuleShift(shift).Refusal(line, document.Kind);
            }
        }
        new SeriesMove(document, Opened(document), change, shift, moved).Apply();
    }

    /// <summary>A rule that was typed holds as it is typed; where only its end is new, its days still move along.</summary>
    private string? MovedRule(ContentLine line, SeriesShift shift)
    {
        if (shift.IsNone)
            return change.NewRule is { } same ? RuleText.Write(line, same) : line.Raw;
        if (change.NewRule is not { } rule)
            return new RuleShift(shift).Find(line);
        if (!RuleText.IsSameButEnd(line.Value, rule))
            return RuleText.Write(line, rule);
        var endless = ContentLine.Parse(RuleText.Write(line, RuleText.WithoutEnd(line.Value)), line.Number);
        return new RuleShift(shift).Find(endless) is { } moved ? moved + RuleText.EndOf(rule) : null;
    }

    private static bool IsOneRule(ComponentDocument document) =>
        document.Series.Main.Component.All("RRULE").Count() == 1 && document.Series.Main.Component.Find("RDATE") is null;

    /// <summary>The last start that an exception or a changed instance names.</summary>
    private static LocalDateTime LastNamed(ComponentDocument document)
    {
        var start = document.Series.Main.Start;
        return document.Series.Overrides.Select(document.Series.NominalOf)
            .Concat(document.Series.Main.Component.All("EXDATE").SelectMany(line => CalendarTimeText.ReadList(line, document.Series.Zones)).Select(time => start.LocalLikeMe(time.Start)))
            .Append(start.Local)
            .Max();
    }

    /// <summary>What the dialog shows stays, everything else of the series goes.</summary>
    private ComponentDocument SingleOf(ComponentDocument document)
    {
        var master = document.Series.Master ?? throw new InvalidEntryException(change.Before.Recurrence?.FixedBecause ?? "The rule of this series is not here.", null);
        var lines = Opened(document) is { } opened ? document.LinesOf(opened)
            : recurrenceId is null ? document.LinesOf(master) : InstanceChange.MakeOverride(document, recurrenceId);
        foreach (var name in RecurrenceLines.Names.Append("RECURRENCE-ID"))
            lines.Remove(name);
        foreach (var component in document.Series.Components.Select(document.LinesOf).ToList())
            document.Calendar.Remove(component);
        document.Calendar.Add(lines);
        var single = document.Again();
        change.Apply(single, single.Series.Main);
        return single;
    }
}
