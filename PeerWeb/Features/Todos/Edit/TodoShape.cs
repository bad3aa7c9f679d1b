using System.Globalization;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Primitives;
using PeerWeb.Core.Todos;
using PeerWeb.Shared.Entries;

namespace PeerWeb.Features.Todos.Edit;

/// <summary>Todos between their text and the inputs of the dialog.</summary>
public sealed class TodoShape : IEntryShape<TodoForm, TodoFields>
{
    public static readonly TodoShape Instance = new();

    public IEntryText<TodoFields> Text { get; } = new TodoText();

    public TodoForm Show(TodoFields fields, string source, EntryScene scene)
    {
        var zone = TodoClock.TextOf(fields.Due ?? fields.Start, scene.Zone);
        var clock = TodoClock.Of(zone, scene.Zone);
        return new TodoForm(
            fields.Summary, (fields.Due ?? fields.Start) is null or { IsDate: true }, clock.Show(fields.Start), clock.Show(fields.Due), zone,
            fields.Priority.ToString(CultureInfo.InvariantCulture), fields.Percent.ToString(CultureInfo.InvariantCulture), fields.Status.ToString(),
            fields.Description, string.Join(", ", fields.Tags), fields.Parent?.Value ?? string.Empty, fields.Location, fields.IsPrivate, TodoRule.TextOf(fields.Recurrence), source);
    }

    /// <remarks>A time that was not touched stays as the todo says it, seconds and zone included.</remarks>
    public TodoFields Fields(TodoForm form, TodoFields? before, EntryScene scene)
    {
        var clock = TodoClock.Of(form.Zone, scene.Zone);
        // As the inputs showed it, where they still mean the same.
        var known = before is not null && Show(before, form.Source, scene) is var shown && shown.Zone == form.Zone && shown.IsAllDay == form.IsAllDay ? shown : null;
        return new TodoFields(
            form.Title.Trim(), form.Notes.ReplaceLineEndings("\n"),
            known?.Start == form.Start ? before?.Start : Time(form.Start, form.IsAllDay, clock),
            known?.Due == form.Due ? before?.Due : Time(form.Due, form.IsAllDay, clock),
            form.PriorityNumber, form.PercentNumber ?? 0, form.StatusValue, [.. TagsOf(form.Tags)],
            Uid.TryParse(form.Parent, out var parent) ? parent : null, form.Location.Trim(), form.IsPrivate, TodoRule.Of(form.Rule, before?.Recurrence));
    }

    public TodoForm Rebase(TodoForm form, TodoForm before, TodoForm now)
    {
        // Times mean something only with their clock.
        var isTimed = (form.IsAllDay, form.Start, form.Due, form.Zone) != (before.IsAllDay, before.Start, before.Due, before.Zone);
        var isMoved = (form.Status, form.Percent) != (before.Status, before.Percent);
        return form with
        {
            Title = Newer(form.Title, before.Title, now.Title),
            IsAllDay = isTimed ? form.IsAllDay : now.IsAllDay,
            Start = isTimed ? form.Start : now.Start,
            Due = isTimed ? form.Due : now.Due,
            Zone = isTimed ? form.Zone : now.Zone,
            Priority = Newer(form.Priority, before.Priority, now.Priority),
            Percent = isMoved ? form.Percent : now.Percent,
            Status = isMoved ? form.Status : now.Status,
            Notes = Newer(form.Notes, before.Notes, now.Notes),
            Tags = Newer(form.Tags, before.Tags, now.Tags),
            Parent = Newer(form.Parent, before.Parent, now.Parent),
            Location = Newer(form.Location, before.Location, now.Location),
            IsPrivate = form.IsPrivate == before.IsPrivate ? now.IsPrivate : form.IsPrivate,
            Rule = Newer(form.Rule, before.Rule, now.Rule),
        };
    }

    /// <remarks>What it is a part of stays behind.</remarks>
    public TodoForm WithSource(TodoForm form, string source) =>
        form with { Source = source, Parent = form.Source.Length == 0 || form.Source == source ? form.Parent : string.Empty };

    /// <remarks>A text that was not touched may be as long as it is.</remarks>
    public bool HasProblems(TodoForm form, TodoForm opened, bool isTried) =>
        form.TitleProblem is not null || form.LocationProblem is not null || form.StartProblem is not null || form.DueProblem is not null || form.PercentProblem is not null
        || form.RuleProblem is not null || form.Source.Length == 0 || (form.Notes != opened.Notes && form.NotesProblem is not null);

    private static string Newer(string form, string before, string now) => form == before ? now : form;

    private static EntryTime? Time(string text, bool isAllDay, TodoClock clock) => TodoClock.Local(text) is not { } local
        ? null
        : isAllDay ? EntryTime.Date(local.Date) : clock.At(local);

    private static IEnumerable<string> TagsOf(string text) =>
        text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.CurrentCultureIgnoreCase);
}
