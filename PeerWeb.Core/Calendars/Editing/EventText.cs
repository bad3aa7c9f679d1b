using NodaTime;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Formats.ICalendar;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Core.Calendars.Editing;

/// <summary>Makes and changes the text of events: what is not meant to change stays, line by line.</summary>
/// <remarks>RFC 5545. All methods throw <see cref="InvalidEntryException"/> for a text that is no event, and where the result would be none or beyond a cap.</remarks>
public static class EventText
{
    /// <summary>A new event, alone in its VCALENDAR.</summary>
    public static string Create(Uid uid, EventFields fields, Instant now) => CalendarText.Guard(() =>
    {
        var stamp = TimeLine.Utc(now);
        var document = EventDocument.Read(ContentLines.Write(ComponentLines.Of(
            "BEGIN:VCALENDAR",
            "VERSION:2.0",
            EntryText.ProductId,
            "BEGIN:VEVENT",
            $"UID:{TextValue.Escape(uid.Value)}",
            $"DTSTAMP:{stamp}",
            $"CREATED:{stamp}",
            $"LAST-MODIFIED:{stamp}",
            "SEQUENCE:0",
            TimeLine.Write("DTSTART", fields.Start),
            TimeLine.Write("DTEND", fields.End),
            "END:VEVENT",
            "END:VCALENDAR").All()));
        var lines = document.LinesOf(document.Series.Main);
        FieldLines.SetSummary(lines, fields.Summary);
        FieldLines.SetLocation(lines, fields.Location);
        FieldLines.SetDescription(lines, fields.Description);
        FieldLines.SetTransparency(lines, fields.Transparency);
        FieldLines.SetPrivate(lines, fields.IsPrivate);
        document.NeedZone(fields.End);
        document.NeedZone(fields.Start);
        return RecurrenceChange.Begin(document, new FieldChange(fields with { Recurrence = null }, fields, now)).Write();
    });

    /// <summary>What a dialog shows of the event, or of one instance.</summary>
    /// <param name="recurrenceId">In basic format; null for the event as such.</param>
    public static EventFields Fields(string text, string? recurrenceId) => CalendarText.Guard(() =>
    {
        var series = EventSeries.Read(text);
        var instance = series.Instance(recurrenceId);
        return FieldLines.Read(instance.Component.Component, instance.Start, instance.End, RecurrenceLines.Read(series));
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
            var document = EventDocument.Read(text);
            var change = new FieldChange(before, after, now);
            if (!document.Series.IsRecurring)
            {
                change.Apply(document, document.Series.Main);
                return new EventEdit(RecurrenceChange.Begin(document, change).WriteUnlessEmpty(), null);
            }
            SeriesLimits.Check(document, recurrenceId, recurrenceId is null ? EventScope.All : scope, change);
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
        var document = EventDocument.Read(text);
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
    public static string WithUid(string text, Uid uid) => CalendarText.Guard(() =>
    {
        var document = EventDocument.Read(text);
        document.SetUid(uid);
        return document.Write();
    });
}
