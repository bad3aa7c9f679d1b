using PeerWeb.Core.Formats.ICalendar;
using PeerWeb.Core.Formats.ICalendar.Editing;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Core.Calendars.Editing;

/// <summary>The fields of a dialog, from and to the properties that hold them.</summary>
internal static class EventLines
{
    private static readonly EventFields None = new(string.Empty, default, default, string.Empty, string.Empty, Transparency.Opaque, IsPrivate: false, Recurrence: null);

    public static EventFields Read(Component component, EntryTime start, EntryTime end, Recurrence? recurrence) => new(
        TextLines.Line(component, "SUMMARY"),
        start,
        end,
        TextLines.Line(component, "LOCATION"),
        component.Text("DESCRIPTION") ?? string.Empty,
        CalendarEventDetail.TransparencyOf(component),
        component.IsPrivate,
        recurrence);

    /// <summary>One component as it is, but not how it repeats.</summary>
    public static EventFields Read(TimedComponent component) =>
        Read(component.Component, component.Start.ToEntryTime(), component.EndOf(component.Start).ToEntryTime(), recurrence: null);

    /// <summary>All but times and rule, of a new event.</summary>
    public static void Set(ComponentLines lines, EventFields fields) => Change(lines, None, fields);

    /// <summary>What differs, times and rule left out.</summary>
    public static void Change(ComponentLines lines, EventFields before, EventFields after)
    {
        if (before.Summary != after.Summary)
            TextLines.SetLine(lines, "SUMMARY", after.Summary);
        if (before.Location != after.Location)
            TextLines.SetLine(lines, "LOCATION", after.Location);
        if (before.Description != after.Description)
            TextLines.SetLines(lines, "DESCRIPTION", after.Description);
        if (before.Transparency != after.Transparency)
            SetTransparency(lines, after.Transparency);
        if (before.IsPrivate != after.IsPrivate)
            TextLines.SetPrivate(lines, after.IsPrivate);
    }

    private static void SetTransparency(ComponentLines lines, Transparency transparency)
    {
        lines.Remove("TRANSP");
        if (transparency == Transparency.Transparent)
            lines.Set("TRANSP:TRANSPARENT");
    }
}
