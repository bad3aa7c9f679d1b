using PeerWeb.Core.Entries;

namespace PeerWeb.Core.Formats.ICalendar.Editing;

/// <summary>What is read of other programs' series but cannot be edited without saying something else than they did.</summary>
/// <remarks>RFC 5545 3.2.13 (RANGE=THISANDFUTURE) and EXRULE of RFC 2445 4.8.5.2, which counts from DTSTART as a rule does.</remarks>
internal static class SeriesLimits
{
    private static string Ranged(ComponentDocument document) => $"Another program changed {document.Kind.One} of this series and all that follow it at once.";

    /// <param name="isAlone">Whether only the instance is meant.</param>
    /// <param name="isSplit">Whether it and all that follow are meant.</param>
    /// <exception cref="InvalidEntryException">The edit is one of these.</exception>
    public static void Check(ComponentDocument document, string? recurrenceId, bool isAlone, bool isSplit, FieldChange change)
    {
        if (recurrenceId is not null && isAlone)
        {
            CheckOpened(document, recurrenceId);
            return;
        }
        if ((isSplit || change.IsRescheduled) && document.Series.Overrides.Any(changed => changed.ChangesFollowing))
            throw new InvalidEntryException($"{Ranged(document)} Such a series can be changed one {document.Kind.Noun} at a time, or in its words as a whole.", null);
        if ((isSplit || change.IsMoved) && document.Series.Master?.Component.Find("EXRULE") is not null)
            throw new InvalidEntryException($"This series has a rule of dates to leave out (EXRULE). It can be changed one {document.Kind.Noun} at a time, or in its words as a whole.", null);
    }

    /// <summary>The instance that also says what those after it are.</summary>
    /// <exception cref="InvalidEntryException">It is the one that was opened.</exception>
    public static void CheckOpened(ComponentDocument document, string recurrenceId)
    {
        if (InstanceChange.FindOverride(document, recurrenceId) is { ChangesFollowing: true })
            throw new InvalidEntryException($"{Ranged(document)} This is the one; it cannot be changed or removed alone.", null);
    }
}
