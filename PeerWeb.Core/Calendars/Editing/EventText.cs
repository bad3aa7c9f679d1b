using NodaTime;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Formats.ICalendar;
using PeerWeb.Core.Formats.ICalendar.Editing;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Core.Calendars.Editing;

/// <summary>Makes and changes the text of events: what is not meant to change stays, line by line.</summary>
/// <remarks>RFC 5545. All methods throw <see cref="InvalidEntryException"/> for a text that is no event, and where the result would be none or beyond a cap.</remarks>
public static class EventText
{
    /// <summary>A new event, alone in its VCALENDAR.</summary>
    public static string Create(Uid uid, EventFields fields, Instant now) => CalendarText.Guard(() =>
    {
        var document = ComponentText.New(ComponentKind.Event, uid, now, TimeLine.Write("DTSTART", fields.Start), TimeLine.Write("DTEND", fields.End));
        EventLines.Set(document.LinesOf(document.Series.Main), fields);
        document.NeedZone(fields.End);
        document.NeedZone(fields.Start);
        return RecurrenceChange.Begin(document, EventChange.Of(fields with { Recurrence = null }, fields, now)).Write();
    });

    /// <summary>What a dialog shows of the event, or of one instance.</summary>
    /// <param name="recurrenceId">In basic format; null for the event as such.</param>
    public static EventFields Fields(string text, string? recurrenceId) => CalendarText.Guard(() =>
    {
        var series = ComponentSeries.Read(text, ComponentKind.Event);
        var instance = series.Instance(recurrenceId);
        return EventLines.Read(instance.Component.Component, instance.Start, instance.End, RecurrenceLines.Read(series));
    });

    /// <summary>The text with the difference between two readings of <see cref="Fields"/>.</summary>
    /// <param name="recurrenceId">The instance that was opened; null for the event as such, which means all of it.</param>
    /// <param name="before">What the dialog showed first.</param>
    /// <param name="after">What it is to show. Exceptions that were added name instances of the event as it then is.</param>
    /// <param name="following">UID of the second half where the edit splits the series.</param>
    public static EventEdit Change(string text, string? recurrenceId, EventScope scope, EventFields before, EventFields after, Uid following, Instant now) =>
        CalendarText.Guard(() =>
        {
            if (before == after)
                return new EventEdit(text, null);
            var document = ComponentDocument.Read(text, ComponentKind.Event);
            var change = EventChange.Of(before, after, now);
            if (!document.Series.IsRecurring)
            {
                change.Apply(document, document.Series.Main);
                return new EventEdit(RecurrenceChange.Begin(document, change).WriteUnlessEmpty(), null);
            }
            SeriesLimits.Check(document, recurrenceId, scope == EventScope.This, recurrenceId is not null && scope == EventScope.ThisAndFollowing, change);
            if (recurrenceId is null || scope == EventScope.All)
                return new EventEdit(new SeriesChange(recurrenceId, change).Apply(document).WriteUnlessEmpty(), null);
            if (scope == EventScope.ThisAndFollowing)
                return SeriesSplit.Change(document, recurrenceId, change, following);
            InstanceChange.Apply(document, recurrenceId, change);
            return new EventEdit(document.Write(), null);
        });

    /// <summary>The text without one instance, it and all that follow, or all; null where nothing would be left.</summary>
    public static string? Remove(string text, string? recurrenceId, EventScope scope, Instant now) => CalendarText.Guard(() =>
    {
        var document = ComponentDocument.Read(text, ComponentKind.Event);
        if (!document.Series.IsRecurring || recurrenceId is null || scope == EventScope.All)
            return null;
        return scope == EventScope.This ? InstanceChange.Remove(document, recurrenceId, now) : SeriesSplit.Remove(document, recurrenceId, now);
    });

    /// <summary>How many instances <see cref="Change"/> would change.</summary>
    /// <param name="edit">What <see cref="Change"/> has made of it.</param>
    public static EventImpact Impact(string text, string? recurrenceId, EventScope scope, EventFields before, EventFields after, EventEdit edit) =>
        CalendarText.Guard(() => ImpactCount.Of(text, recurrenceId, scope, before, after, edit));

    /// <summary>How many instances <see cref="Remove"/> would remove.</summary>
    public static EventImpact RemovalImpact(string text, string? recurrenceId, EventScope scope) =>
        CalendarText.Guard(() => ImpactCount.OfRemoval(text, recurrenceId, scope));

    /// <summary>The same event under another UID: a copy.</summary>
    public static string WithUid(string text, Uid uid) => ComponentText.WithUid(ComponentKind.Event, text, uid);

    /// <summary>What differs between two versions, stamps left out.</summary>
    public static IReadOnlyList<EntryDifference> Differences(string left, string right) => ComponentText.Differences(ComponentKind.Event, left, right);

    /// <param name="baseText">What both sides started from.</param>
    /// <param name="mine">Where I changed it.</param>
    /// <param name="theirs">Where somebody else did.</param>
    public static EntryMerge Merge(string baseText, string mine, string theirs) => ComponentText.Merge(ComponentKind.Event, baseText, mine, theirs);
}
