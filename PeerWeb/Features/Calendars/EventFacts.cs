namespace PeerWeb.Features.Calendars;

/// <summary>What the details of an event show beyond what the month knows already.</summary>
/// <param name="Recurrence">The rule as a sentence; null where it does not recur.</param>
/// <param name="Description">Plain text.</param>
/// <param name="Url">Shown as a link only where its scheme is one that we open.</param>
public sealed record EventFacts(
    string? Recurrence,
    string? Location,
    string? Description,
    string? Url,
    bool IsCancelled,
    EventPerson? Organizer,
    IReadOnlyList<EventPerson> Attendees);

/// <summary>An organizer or attendee.</summary>
/// <param name="Address">Mail address or other cal-address, without <c>mailto:</c>.</param>
/// <param name="Status">"accepted", "declined"; null for organizers and where the event says nothing.</param>
public sealed record EventPerson(string? Name, string Address, string? Status);
