using NodaTime;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Formats.ICalendar;
using PeerWeb.Core.Formats.ICalendar.Editing;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Core.Todos;

/// <summary>Makes and changes the text of todos: what is not meant to change stays, line by line.</summary>
/// <remarks>RFC 5545 3.6.2.</remarks>
public sealed class TodoText : IEntryText<TodoFields>
{
    public TodoFields Read(string text) => ReadInstance(text, recurrenceId: null);

    /// <summary>What a dialog shows of the todo, or of one instance.</summary>
    /// <param name="recurrenceId">In basic format; null for the todo as such.</param>
    public static TodoFields ReadInstance(string text, string? recurrenceId) => CalendarText.Guard(() =>
    {
        var series = ComponentSeries.Read(text, ComponentKind.Todo);
        var recurrence = RecurrenceLines.Read(series);
        if (recurrenceId is null || !series.IsRecurring)
            return TodoLines.Read(series.Main.Component, TodoTimes.Of(series.Main), recurrence);
        var instance = series.Instance(recurrenceId);
        return TodoLines.Read(instance.Component.Component, TodoTimes.Of(instance), recurrence);
    });

    public string Create(Uid uid, TodoFields fields, Instant now) => CalendarText.Guard(() =>
    {
        var document = ComponentText.New(ComponentKind.Todo, uid, now);
        ChangeSingle(document, TodoFields.None, TodoFields.None.With(TodoFields.None.Progress.ChangedTo(fields.Progress)) with
        {
            Summary = fields.Summary,
            Description = fields.Description,
            Start = fields.Start,
            Due = fields.Due,
            Priority = fields.Priority,
            Tags = fields.Tags,
            Parent = fields.Parent,
            Location = fields.Location,
            IsPrivate = fields.IsPrivate,
        }, now);
        return Begin(document, fields, now).Write();
    });

    /// <inheritdoc/>
    /// <remarks>Of a todo that repeats all instances are meant; what single ones have of their own they keep.</remarks>
    public string Change(string text, TodoFields before, TodoFields after, Instant now) => CalendarText.Guard(() =>
    {
        after = after.With(before.Progress.ChangedTo(after.Progress));
        if (before == after)
            return text;
        var document = ComponentDocument.Read(text, ComponentKind.Todo);
        if (!document.Series.IsRecurring)
        {
            ChangeSingle(document, before, after, now);
            ComponentDocument.Stamp(document.LinesOf(document.Series.Main), now, (before.Start, before.Due, before.Recurrence) != (after.Start, after.Due, after.Recurrence));
            return Begin(document, after, now).Write();
        }
        // One that repeats no more is a single one first, which then may lose its times as well.
        var repeats = after.Recurrence is null ? after with { Start = before.Start, Due = before.Due } : after;
        CheckForm(before, repeats);
        var change = TodoChange.Of(before, repeats, now);
        SeriesLimits.Check(document, null, isAlone: false, isSplit: false, change);
        document = new SeriesChange(null, change).Apply(document);
        if (after.Recurrence is null)
            TodoLines.SetTimes(document, document.Series.Main, new TodoTimes(after.Start, after.Due));
        else if (before.Due is not null && after.Due is null)
            RemoveDue(document);
        return document.WriteUnlessEmpty() ?? throw new InvalidEntryException("No instance of the todo would be left.", null);
    });

    /// <summary>The text with the difference between two readings of <see cref="ReadInstance"/>, for one instance, which becomes one of its own.</summary>
    /// <exception cref="InvalidEntryException">There is no such instance.</exception>
    public static string ChangeInstance(string text, string recurrenceId, TodoFields before, TodoFields after, Instant now) => CalendarText.Guard(() =>
    {
        after = after.With(before.Progress.ChangedTo(after.Progress));
        if (before == after)
            return text;
        CheckForm(before, after);
        var document = ComponentDocument.Read(text, ComponentKind.Todo);
        SeriesLimits.CheckOpened(document, recurrenceId);
        InstanceChange.Apply(document, recurrenceId, TodoChange.Of(before, after, now));
        return document.Write();
    });

    public string WithUid(string text, Uid uid) => ComponentText.WithUid(ComponentKind.Todo, text, uid);

    public IReadOnlyList<EntryDifference> Differences(string left, string right) => ComponentText.Differences(ComponentKind.Todo, left, right);

    public EntryMerge Merge(string baseText, string mine, string theirs) => ComponentText.Merge(ComponentKind.Todo, baseText, mine, theirs);

    private static void ChangeSingle(ComponentDocument document, TodoFields before, TodoFields after, Instant now)
    {
        var main = document.Series.Main;
        TodoLines.Change(document.LinesOf(main), before, after, now);
        if ((before.Start, before.Due) != (after.Start, after.Due))
            TodoLines.SetTimes(document, main, new TodoTimes(after.Start, after.Due));
    }

    /// <summary>Lets a single todo repeat where it is to.</summary>
    private static ComponentDocument Begin(ComponentDocument document, TodoFields fields, Instant now) =>
        fields.Recurrence is null ? document : RecurrenceChange.Begin(document.Again(), TodoChange.Of(fields with { Recurrence = null }, fields, now));

    /// <summary>What a rule counts from cannot come or go.</summary>
    private static void CheckForm(TodoFields before, TodoFields after)
    {
        if ((before.Start is null) != (after.Start is null) || (before.Start is null && after.Due is null))
            throw new InvalidEntryException("A todo that repeats keeps its start, or its due date where it has no start: its rule counts from there.", null);
    }

    private static void RemoveDue(ComponentDocument document)
    {
        foreach (var lines in document.Series.Components.Select(document.LinesOf))
        {
            lines.Remove("DUE");
            lines.Remove("DURATION");
        }
    }
}
