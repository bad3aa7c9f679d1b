using PeerWeb.Core.Entries;

namespace PeerWeb.Core.Formats.ICalendar;

/// <summary>One entry's text, read and within the caps, and normalised to the form in which it is stored.</summary>
/// <param name="Text">NFC, CRLF, folded at 75 octets; every property as it came.</param>
/// <param name="Calendar">The VCALENDAR.</param>
public sealed record CalendarText(string Text, Component Calendar)
{
    /// <exception cref="InvalidEntryException">Not one VCALENDAR, malformed, or beyond a cap.</exception>
    public static CalendarText Read(string text)
    {
        Caps.CheckText(text);
        var lines = ContentLines.Read(text);
        Caps.CheckLines(lines);
        var calendar = Component.Read(lines);
        if (calendar.Name != "VCALENDAR")
            throw new InvalidEntryException("The text must begin with BEGIN:VCALENDAR.", calendar.Line);
        if (calendar.Find("CALSCALE") is { } scale && !scale.Value.Trim().Equals("GREGORIAN", StringComparison.OrdinalIgnoreCase))
            throw new InvalidEntryException("Only the Gregorian calendar is supported.", scale.Number);
        Caps.CheckComponents(calendar);
        var stored = ContentLines.Write(lines);
        Caps.CheckText(stored);
        return new CalendarText(stored, calendar);
    }

    /// <inheritdoc cref="ParserBoundary.Guard"/>
    public static T Guard<T>(Func<T> read) => ParserBoundary.Guard(read);
}
