using NodaTime;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Formats.ICalendar;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Core.Calendars;

/// <summary>One event, or one instance of it, whole, for a dialog.</summary>
/// <param name="RecurrenceId">Of the instance; null where it does not recur or none was asked for.</param>
/// <param name="End">Exclusive.</param>
/// <param name="Description">Plain text with line feeds.</param>
/// <param name="RecurrenceRule">All rules as an English sentence, with how many dates are added and left out; a rule without short words as it is written. Null where there is none.</param>
/// <param name="Class">PUBLIC where nothing is said.</param>
/// <param name="Url">http, https, mailto and tel only.</param>
public sealed record CalendarEvent(
    Uid Uid,
    string? RecurrenceId,
    string Summary,
    EntryTime Start,
    EntryTime End,
    string? Location,
    string? Description,
    Organizer? Organizer,
    IReadOnlyList<Attendee> Attendees,
    string? RecurrenceRule,
    IReadOnlyList<string> Categories,
    EventStatus Status,
    Transparency Transparency,
    Uri? Url,
    string Class,
    IReadOnlyList<Alarm> Alarms,
    int Sequence,
    Instant? LastModified)
{
    /// <param name="text">An entry's text.</param>
    /// <param name="recurrenceId">Which instance, in basic format; null for the event as such.</param>
    /// <exception cref="InvalidEntryException">The text is no event.</exception>
    public static CalendarEvent Read(string text, string? recurrenceId = null) => CalendarText.Guard(() =>
    {
        var series = ComponentSeries.Read(text, ComponentKind.Event);
        var instance = series.Instance(recurrenceId);
        var component = instance.Component.Component;
        return new CalendarEvent(
            series.Uid,
            instance.RecurrenceId,
            DisplayText.OneLine(component.Text("SUMMARY") ?? string.Empty),
            instance.Start,
            instance.End,
            component.Text("LOCATION") is { } location ? DisplayText.OneLine(location) : null,
            component.Text("DESCRIPTION"),
            component.Find("ORGANIZER") is { } organizer ? Formats.ICalendar.Organizer.Read(organizer) : null,
            [.. component.All("ATTENDEE").Select(Attendee.Read)],
            RecurrenceSentence.Of(series.Main.Component, series.Main.Start),
            [.. component.Categories],
            CalendarEventDetail.StatusOf(component),
            CalendarEventDetail.TransparencyOf(component),
            ReadUrl(component.Text("URL")),
            component.Text("CLASS")?.ToUpperInvariant() ?? "PUBLIC",
            [.. component.Components.Where(inner => inner.Name == "VALARM").Select(Alarm.Read).OfType<Alarm>()],
            int.TryParse(component.Text("SEQUENCE"), out var sequence) ? sequence : 0,
            component.Text("LAST-MODIFIED") is { } modified ? CalendarTimeText.ReadUtc(modified) : null);
    });

    private static Uri? ReadUrl(string? text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" or "mailto" or "tel" ? url : null;
}
