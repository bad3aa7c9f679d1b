using PeerWeb.Core.Formats.ICalendar;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Core.Calendars;

/// <summary>What a dialog edits of an event. Everything else of its text stays as it is.</summary>
/// <param name="Summary">One line, at most 1 KiB; empty where there is none.</param>
/// <param name="End">Exclusive, of the same kind as <paramref name="Start"/>.</param>
/// <param name="Location">One line, at most 1 KiB; empty where there is none.</param>
/// <param name="Description">Line feeds between lines, at most 100 KiB; empty where there is none.</param>
/// <param name="IsPrivate">CLASS:PRIVATE; false leaves no CLASS but PUBLIC.</param>
/// <param name="Recurrence">Of the whole event, also where one instance is read; null where it does not repeat.</param>
public sealed record EventFields(
    string Summary, EntryTime Start, EntryTime End, string Location, string Description, Transparency Transparency, bool IsPrivate, Recurrence? Recurrence);

/// <summary>How much of a recurring event an edit means. The numbers are stored in drafts.</summary>
public enum EventScope
{
    /// <summary>The instance that was opened.</summary>
    This = 0,

    /// <summary>The instance that was opened and every later one, by what they are in the series and not by where they were moved to.</summary>
    ThisAndFollowing = 2,

    /// <summary>Every instance; of an event that does not recur, the event.</summary>
    All = 1,
}
