using PeerWeb.Core.Primitives;

namespace PeerWeb.Core.Calendars;

/// <summary>What a dialog edits of an event. Everything else of its text stays as it is.</summary>
/// <param name="Summary">One line, at most 1 KiB; empty where there is none.</param>
/// <param name="End">Exclusive, of the same kind as <paramref name="Start"/>.</param>
/// <param name="Location">One line, at most 1 KiB; empty where there is none.</param>
/// <param name="Description">Line feeds between lines, at most 100 KiB; empty where there is none.</param>
/// <param name="IsPrivate">CLASS:PRIVATE; false leaves no CLASS but PUBLIC.</param>
public sealed record EventFields(
    string Summary, EntryTime Start, EntryTime End, string Location, string Description, Transparency Transparency, bool IsPrivate);

/// <summary>How much of a recurring event an edit means.</summary>
public enum EventScope
{
    /// <summary>The instance that was opened.</summary>
    This,

    /// <summary>Every instance; of an event that does not recur, the event.</summary>
    All,
}
