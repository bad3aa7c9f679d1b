using System.Globalization;
using Microsoft.AspNetCore.Components;
using PeerWeb.Core.Primitives;
using PeerWeb.Core.Todos;
using PeerWeb.Shared.Entries;

namespace PeerWeb.Features.Todos.Edit;

/// <summary>All fields of one todo.</summary>
public sealed partial class TodoDialog
{
    private EntryFrame<TodoForm>? _frame;
    private (string Source, IReadOnlyList<(string Uid, string Title)> Parents)? _parents;

    [Parameter, EditorRequired]
    public required PlainEntrySession<TodoForm, TodoFields> Session { get; set; }

    /// <summary>Asks what to do about another's write; null: go on writing.</summary>
    [Parameter, EditorRequired]
    public required Func<EntryConflict, Task<ConflictChoice?>> Decide { get; set; }

    /// <summary>The todos of a source that this one could be a part of.</summary>
    [Parameter, EditorRequired]
    public required Func<string, Uid, IReadOnlyList<(string Uid, string Title)>> Parents { get; set; }

    private TodoForm Form => Session.Form;

    private string TimeType => Form.IsAllDay ? "date" : "datetime-local";

    private string? NotesProblem => Form.Notes == Session.Opened.Notes ? null : Form.NotesProblem;

    private bool IsSeries => Session.Fields?.Recurrence is not null;

    /// <summary>The rule that the todo has.</summary>
    private (string Rule, string Words)? Known => Session.Fields is { Recurrence: { } recurrence } fields ? (TodoRule.TextOf(recurrence), TodoRule.Words(fields)) : null;

    private IEnumerable<string> Zones => new[] { Form.Zone, Session.Opened.Zone, Session.Scene.Zone.Id, TodoClock.Floating }.Where(zone => zone.Length > 0).Distinct();

    /// <summary>What it is a part of is among them, even where it does not show.</summary>
    private IEnumerable<(string Uid, string Title)> ParentsNow
    {
        get
        {
            if (_parents is not { } known || known.Source != Form.Source)
                _parents = known = (Form.Source, Parents(Form.Source, Session.Uid));
            return Form.Parent.Length > 0 && known.Parents.All(parent => parent.Uid != Form.Parent) ? [(Form.Parent, "A todo that does not show here"), .. known.Parents] : known.Parents;
        }
    }

    private string Id(string field) => $"entry-{Session.Id:N}-{field}";

    private static string Text(ChangeEventArgs change) => change.Value as string ?? string.Empty;

    private static string? Invalid(string? problem) => problem is null ? null : "true";

    private void SetStatus(ChangeEventArgs change)
    {
        var form = Session.Form with { Status = Text(change) };
        var fitting = TodoFields.None.With(form.PercentNumber is > 0 and < 100 and var percent ? percent : 0).With(form.StatusValue);
        Set(form with { Percent = fitting.Percent.ToString(CultureInfo.InvariantCulture) });
    }

    private void SetPercent(ChangeEventArgs change)
    {
        var form = Session.Form with { Percent = Text(change) };
        Set(form.PercentNumber is { } percent ? form with { Status = TodoFields.None.With(form.StatusValue).With(percent).Status.ToString() } : form);
    }

    private void Set(TodoForm form)
    {
        Session.Form = form;
        Redraw();
    }

    private void Redraw() => _frame?.Redraw();
}
