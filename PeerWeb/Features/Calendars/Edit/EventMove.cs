using NodaTime;
using PeerWeb.Features.Calendars.Month;

namespace PeerWeb.Features.Calendars.Edit;

/// <summary>An instance is to be at another time, or longer or shorter, in the viewer's wall-clock time.</summary>
/// <param name="Start">Midnight where the event is all-day.</param>
/// <param name="End">Exclusive; after <paramref name="Start"/>, or equal to it where the event has no length and keeps none.</param>
public sealed record EventMove(EventInstance Instance, LocalDateTime Start, LocalDateTime End);

/// <summary>Where a new event is wanted, in the viewer's wall-clock time.</summary>
/// <param name="End">Exclusive; of an all-day event, midnight after its last day.</param>
public sealed record NewSlot(LocalDateTime Start, LocalDateTime End, bool IsAllDay);
