using PeerWeb.Core.Primitives;

namespace PeerWeb.Features.Calendars.Edit;

/// <summary>Times that a form shows but cannot hold whole: seconds, the second pass of an hour that clocks repeat. What is not touched stays as it is.</summary>
public sealed record KnownTimes(EventForm Form, EntryTime Start, EntryTime End)
{
    public bool HasStartOf(EventForm form) => (form.IsAllDay, form.Start) == (Form.IsAllDay, Form.Start) && (form.IsAllDay || form.StartZone == Form.StartZone);

    public bool HasEndOf(EventForm form) => (form.IsAllDay, form.End) == (Form.IsAllDay, Form.End) && (form.IsAllDay || form.EndZoneInEffect == Form.EndZoneInEffect);
}
