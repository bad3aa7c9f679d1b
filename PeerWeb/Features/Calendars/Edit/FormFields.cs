using NodaTime;
using PeerWeb.Core.Calendars;
using PeerWeb.Core.Calendars.Editing;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Features.Calendars.Edit;

/// <summary>Makes an event's fields of a valid form.</summary>
public static class FormFields
{
    /// <param name="opened">What the form held of <paramref name="before"/>: times that were not touched stay as the event says them.</param>
    /// <param name="before">Null of a new event.</param>
    /// <exception cref="InvalidOperationException">The form is not valid.</exception>
    public static EventFields Of(EntryForm form, EntryForm opened, EventFields? before, DateTimeZone viewer)
    {
        var (start, end) = before is not null && form.HasTimesOf(opened) ? (before.Start, before.End) : Times(form, before, viewer);
        return new EventFields(
            form.Title.Trim(), start, end, form.Location.Trim(), form.Notes.ReplaceLineEndings("\n"), before?.Transparency ?? Transparency.Opaque, form.IsPrivate,
            before?.Recurrence);
    }

    private static (EntryTime Start, EntryTime End) Times(EntryForm form, EventFields? before, DateTimeZone viewer)
    {
        if (FormTimes.Read(form.Start, form.IsAllDay) is not { } start || FormTimes.ReadEnd(form.End, form.IsAllDay) is not { } end)
            throw new InvalidOperationException("A form without start and end makes no event.");
        return before is null
            ? EventTimes.New(start, end, form.IsAllDay, viewer)
            : EventTimes.Move(before.Start, before.End, start, end, form.IsAllDay, viewer);
    }
}
