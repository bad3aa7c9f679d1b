using PeerWeb.Core.Entries;
using PeerWeb.Core.Formats.ICalendar;

namespace PeerWeb.Core.Calendars.Editing;

/// <summary>Two changed versions of one event, put together property by property.</summary>
/// <param name="Text">Null where there are conflicts.</param>
/// <param name="Conflicts">What both sides changed differently; left is mine, right theirs.</param>
public sealed record EventMerge(string? Text, IReadOnlyList<EventDifference> Conflicts)
{
    /// <param name="baseText">What both sides started from.</param>
    /// <param name="mine">Where I changed it.</param>
    /// <param name="theirs">Where somebody else did.</param>
    /// <exception cref="InvalidEntryException">A text is no event.</exception>
    public static EventMerge Of(string baseText, string mine, string theirs) => CalendarText.Guard(() =>
    {
        if (mine == theirs || theirs == baseText)
            return new EventMerge(mine, []);
        if (mine == baseText)
            return new EventMerge(theirs, []);
        return new ThreeWayMerge(MergedVersion.Read(baseText), MergedVersion.Read(mine), MergedVersion.Read(theirs)).Run();
    });
}
