using PeerWeb.Core.Entries;

namespace PeerWeb.Core.Calendars.Editing;

/// <summary>What is read of other programs' series but cannot be edited without saying something else than they did.</summary>
/// <remarks>RFC 5545 3.2.13 (RANGE=THISANDFUTURE) and EXRULE of RFC 2445 4.8.5.2, which counts from DTSTART as a rule does.</remarks>
internal static class SeriesLimits
{
    private const string Ranged = "Another program changed an event of this series and all that follow it at once.";

    /// <exception cref="InvalidEntryException">The edit is one of these.</exception>
    public static void Check(EventDocument document, string? recurrenceId, EventScope scope, FieldChange change)
    {
        if (recurrenceId is not null && scope == EventScope.This)
        {
            CheckOpened(document, recurrenceId);
            return;
        }
        var isSplit = scope == EventScope.ThisAndFollowing;
        if ((isSplit || change.IsRescheduled) && document.Series.Overrides.Any(changed => changed.ChangesFollowing))
            throw new InvalidEntryException($"{Ranged} Such a series can be changed one event at a time, or in its words as a whole.", null);
        if ((isSplit || change.IsMoved) && document.Series.Master?.Component.Find("EXRULE") is not null)
            throw new InvalidEntryException("This series has a rule of dates to leave out (EXRULE). It can be changed one event at a time, or in its words as a whole.", null);
    }

    /// <summary>The instance that also says what those after it are.</summary>
    /// <exception cref="InvalidEntryException">It is the one that was opened.</exception>
    public static void CheckOpened(EventDocument document, string recurrenceId)
    {
        if (InstanceChange.FindOverride(document, recurrenceId) is { ChangesFollowing: true })
            throw new InvalidEntryException($"{Ranged} This is the one; it cannot be changed or removed alone.", null);
    }
}
