using NodaTime;
using PeerWeb.Core.Calendars;

namespace PeerWeb.Features.Calendars.Edit;

/// <summary>What the inputs of the dialog hold, as typed; it may be wrong.</summary>
/// <param name="Start">As a native input holds it: <c>2025-03-14T09:00</c>, or <c>2025-03-14</c> where all-day; in the viewer's zone.</param>
/// <param name="End">The same; of all-day events the last day.</param>
/// <param name="Source">A source id; empty where none is chosen.</param>
public sealed record EntryForm(
    string Title, bool IsAllDay, string Start, string End, string Source, string Location, string Notes, bool IsPrivate, EventScope Scope)
{
    /// <summary>Longest title and place, in characters; the owner counts bytes.</summary>
    public const int MaxLine = 1024;

    /// <summary>Longest notes that the form edits; a change of longer ones would not fit into one message of the circuit.</summary>
    public const int MaxNotes = 7000;

    public static EntryForm Of(EventFields fields, string source, EventScope scope, DateTimeZone viewer)
    {
        var isAllDay = fields.Start.IsDate;
        return new EntryForm(
            fields.Summary,
            isAllDay,
            FormTimes.Text(fields.Start.LocalFor(viewer), isAllDay),
            FormTimes.EndText(fields.Start.LocalFor(viewer), fields.End.LocalFor(viewer), isAllDay),
            source, fields.Location, fields.Description, fields.IsPrivate, scope);
    }

    public static EntryForm Of(NewSlot slot, string source) => new(
        string.Empty, slot.IsAllDay, FormTimes.Text(slot.Start, slot.IsAllDay), FormTimes.EndText(slot.Start, slot.End, slot.IsAllDay),
        source, string.Empty, string.Empty, IsPrivate: false, EventScope.All);

    public bool HasTimesOf(EntryForm other) => (IsAllDay, Start, End) == (other.IsAllDay, other.Start, other.End);

    /// <summary>What was typed since <paramref name="before"/>, on top of what the event says now.</summary>
    public EntryForm Rebase(EntryForm before, EntryForm now) => this with
    {
        Title = Title == before.Title ? now.Title : Title,
        IsAllDay = HasTimesOf(before) ? now.IsAllDay : IsAllDay,
        Start = HasTimesOf(before) ? now.Start : Start,
        End = HasTimesOf(before) ? now.End : End,
        Location = Location == before.Location ? now.Location : Location,
        Notes = Notes == before.Notes ? now.Notes : Notes,
        IsPrivate = IsPrivate == before.IsPrivate ? now.IsPrivate : IsPrivate,
    };
}
