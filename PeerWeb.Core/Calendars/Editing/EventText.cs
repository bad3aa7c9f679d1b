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
        return document.Write();
    });

    /// <summary>What a dialog shows of the event, or of one instance.</summary>
    /// <param name="recurrenceId">In basic format; null for the event as such.</param>
    public static EventFields Fields(string text, string? recurrenceId) => CalendarText.Guard(() =>
    {
        var instance = EventSeries.Read(text).Instance(recurrenceId);
        return FieldLines.Read(instance.Component.Component, instance.Start, instance.End);
    });

    /// <summary>The text with the difference between two readings of <see cref="Fields"/>.</summary>
    /// <param name="recurrenceId">The instance that was opened; null for the event as such, which means all of it.</param>
    /// <param name="before">What the dialog showed first.</param>
    /// <param name="after">What it is to show.</param>
    public static string Change(string text, string? recurrenceId, EventScope scope, EventFields before, EventFields after, Instant now) =>
        CalendarText.Guard(() =>
        {
            if (before == after)
                return text;
            var document = EventDocument.Read(text);
            var change = new FieldChange(before, after, now);
            if (!document.Series.IsRecurring)
                change.Apply(document, document.Series.Main);
            else if (recurrenceId is null || scope == EventScope.All)
                new SeriesChange(document, recurrenceId, change).Apply();
            else
                InstanceChange.Apply(document, recurrenceId, change);
            return document.Write();
        });

    /// <summary>The text without one instance; null where nothing would be left.</summary>
    public static string? Remove(string text, string recurrenceId, Instant now) => CalendarText.Guard(() =>
    {
        var document = EventDocument.Read(text);
        return document.Series.IsRecurring ? InstanceChange.Remove(document, recurrenceId, now) : null;
    });

    /// <summary>The same event under another UID: a copy.</summary>
    public static string WithUid(string text, Uid uid) => CalendarText.Guard(() =>
    {
        var document = EventDocument.Read(text);
        foreach (var component in document.Series.Components)
            document.LinesOf(component).Set($"UID:{TextValue.Escape(uid.Value)}");
        return document.Write();
    });
}
