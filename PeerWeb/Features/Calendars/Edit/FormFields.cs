using NodaTime;
using PeerWeb.Core.Calendars;
using PeerWeb.Core.Formats.ICalendar;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Features.Calendars.Edit;

/// <summary>Makes an event's fields of a form.</summary>
public static class FormFields
{
    /// <param name="before">Null of a new event.</param>
    /// <exception cref="InvalidOperationException">The form is not valid.</exception>
    public static EventFields Of(EventForm form, EventFields? before, IReadOnlyList<KnownTimes> known, Recurrence? recurrence)
    {
        if (Times(form, known) is not var (start, end))
            throw new InvalidOperationException("A form without start and end makes no event.");
        return new EventFields(
            form.Title.Trim(), start, end, form.Location.Trim(), form.Notes.ReplaceLineEndings("\n"), before?.Transparency ?? Transparency.Opaque, form.IsPrivate, recurrence);
    }

    /// <summary>Null while the form holds none, or a zone that is none.</summary>
    /// <param name="known">The later ones count first.</param>
    public static (EntryTime Start, EntryTime End)? Times(EventForm form, IReadOnlyList<KnownTimes> known)
    {
        var start = known.LastOrDefault(times => times.HasStartOf(form))?.Start ?? At(FormTimes.Read(form.Start, form.IsAllDay), form.IsAllDay, form.StartZone);
        var end = known.LastOrDefault(times => times.HasEndOf(form))?.End ?? At(FormTimes.ReadEnd(form.End, form.IsAllDay), form.IsAllDay, form.EndZoneInEffect);
        return start is { } first && end is { } last ? (first, last) : null;
    }

    private static EntryTime? At(LocalDateTime? local, bool isAllDay, string zone) => (local, isAllDay) switch
    {
        (null, _) => null,
        ({ } day, true) => EntryTime.Date(day.Date),
        ({ } time, false) => FormZone.Read(zone)?.At(time),
    };
}
