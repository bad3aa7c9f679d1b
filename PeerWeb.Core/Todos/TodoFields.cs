using PeerWeb.Core.Formats.ICalendar;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Core.Todos;

/// <summary>What a dialog edits of a todo. Everything else of its text stays as it is.</summary>
/// <param name="Summary">One line, at most 1 KiB; empty where there is none.</param>
/// <param name="Description">Line feeds between lines, at most 100 KiB; empty where there is none.</param>
/// <param name="Start">Null where it has none; of the same kind as <paramref name="Due"/>.</param>
/// <param name="Due">Not before <paramref name="Start"/>; a date means all of that day. Of an instance, its own.</param>
/// <param name="Priority">1 (highest) to 9; 0 where there is none.</param>
/// <param name="Percent">0 to 100; 100 and COMPLETED are one, of a change of both by hand the status counts.</param>
/// <param name="Parent">The todo that this is a part of.</param>
/// <param name="Location">One line, at most 1 KiB; empty where there is none.</param>
/// <param name="IsPrivate">CLASS:PRIVATE; false leaves no CLASS but PUBLIC.</param>
/// <param name="Recurrence">Of the whole todo, also where one instance is read; null where it does not repeat. <see cref="RecurrenceSentence"/> has it in words.</param>
public sealed record TodoFields(
    string Summary,
    string Description,
    EntryTime? Start,
    EntryTime? Due,
    int Priority,
    int Percent,
    TodoStatus Status,
    ValueList<string> Tags,
    Uid? Parent,
    string Location,
    bool IsPrivate,
    Recurrence? Recurrence)
{
    public static readonly TodoFields None =
        new(string.Empty, string.Empty, null, null, 0, 0, TodoStatus.NeedsAction, [], null, string.Empty, IsPrivate: false, Recurrence: null);

    /// <summary>Whether start and due are days.</summary>
    public bool IsAllDay => (Due ?? Start) is { IsDate: true };

    /// <summary>With another status and the percentage that fits.</summary>
    public TodoFields With(TodoStatus status) => With(Progress.With(status));

    /// <summary>With another percentage and the status that fits.</summary>
    public TodoFields With(int percent) => With(Progress.With(percent));

    internal TodoProgress Progress => new(Status, Percent);

    internal TodoFields With(TodoProgress progress) => this with { Status = progress.Status, Percent = progress.Percent };
}
