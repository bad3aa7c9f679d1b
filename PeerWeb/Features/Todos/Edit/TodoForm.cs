using System.Globalization;
using System.Text;
using PeerWeb.Core.Todos;
using PeerWeb.Shared.Entries;

namespace PeerWeb.Features.Todos.Edit;

/// <summary>What the inputs of the dialog hold, as typed; it may be wrong.</summary>
/// <param name="IsAllDay">Start and due are days.</param>
/// <param name="Start">As a native input holds it: <c>2025-03-14</c> or <c>2025-03-14T09:00</c>; empty for none.</param>
/// <param name="Due">As <paramref name="Start"/>.</param>
/// <param name="Zone">By which clock both are typed, and kept: a <see cref="TodoClock"/> as text.</param>
/// <param name="Priority">0 to 9.</param>
/// <param name="Percent">0 to 100.</param>
/// <param name="Status">Name of a <see cref="TodoStatus"/>.</param>
/// <param name="Notes">The description.</param>
/// <param name="Tags">Separated by commas.</param>
/// <param name="Parent">UID of the todo that this is a part of; empty for none.</param>
/// <param name="Rule">An RRULE's value, <see cref="TodoRule.Listed"/>, or empty where it does not repeat.</param>
public sealed record TodoForm(
    string Title, bool IsAllDay, string Start, string Due, string Zone, string Priority, string Percent, string Status, string Notes, string Tags, string Parent, string Location,
    bool IsPrivate, string Rule, string Source) : IEntryForm
{
    /// <summary>Longest title and place, in bytes.</summary>
    public const int MaxLine = 1024;

    /// <summary>Longest description as it is written, in bytes: what a property may have, less its name and parameters.</summary>
    public const int MaxText = 100_000;

    public static readonly TodoForm Empty = new(
        string.Empty, IsAllDay: true, string.Empty, string.Empty, string.Empty, "0", "0", nameof(TodoStatus.NeedsAction), string.Empty, string.Empty, string.Empty, string.Empty,
        IsPrivate: false, string.Empty, string.Empty);

    public string? TitleProblem => TooLong("title is", Encoding.UTF8.GetByteCount(Title), MaxLine);

    public string? LocationProblem => TooLong("place is", Encoding.UTF8.GetByteCount(Location), MaxLine);

    /// <remarks>RFC 5545 3.3.11: some characters get a backslash.</remarks>
    public string? NotesProblem =>
        TooLong("text is", Encoding.UTF8.GetByteCount(Notes) + Notes.Count(character => character is '\n' or ',' or ';' or '\\'), MaxText);

    public string? StartProblem => TimeProblem(Start);

    public string? DueProblem => TimeProblem(Due)
        ?? (TodoClock.Local(Start) is { } start && TodoClock.Local(Due) is { } due && due < start ? "It is due before it starts." : null);

    public string? PercentProblem => PercentNumber is null ? "This is no number from 0 to 100." : null;

    public string? RuleProblem => Rule.Length > 0 && Start.Length == 0 && Due.Length == 0 ? "A todo that repeats needs a due date or a start." : null;

    public int? PercentNumber => int.TryParse(Percent, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= 100 ? number : null;

    public int PriorityNumber => int.TryParse(Priority, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= 9 ? number : 0;

    public TodoStatus StatusValue => Enum.TryParse<TodoStatus>(Status, out var status) && Enum.IsDefined(status) ? status : TodoStatus.NeedsAction;

    /// <summary>Days instead of times, or the reverse: a todo starts at nine and is due at five, until somebody says otherwise.</summary>
    public TodoForm WithAllDay(bool isAllDay) => this with
    {
        IsAllDay = isAllDay,
        Start = Turned(Start, isAllDay, "T09:00"),
        Due = Turned(Due, isAllDay, "T17:00"),
    };

    private static string Turned(string text, bool isAllDay, string time) => TodoClock.Local(text) is not { } local
        ? string.Empty
        : isAllDay ? TodoClock.DayText(local.Date) : $"{TodoClock.DayText(local.Date)}{time}";

    private static string? TimeProblem(string text) =>
        text.Length == 0 || TodoClock.Local(text) is { Year: >= 1900 and <= 2199 } ? null : "This is no time between the years 1900 and 2199.";

    private static string? TooLong(string what, int bytes, int most) =>
        bytes > most ? $"The {what} too long: {bytes - most} of {bytes} bytes must go." : null;
}
