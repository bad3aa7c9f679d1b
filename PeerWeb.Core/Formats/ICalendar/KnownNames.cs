using System.Collections.Frozen;

namespace PeerWeb.Core.Formats.ICalendar;

/// <summary>Names of components, properties and parameters in upper case; the common ones are one string for all lines.</summary>
internal static class KnownNames
{
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Names = new[]
    {
        "VCALENDAR", "VEVENT", "VTODO", "VJOURNAL", "VALARM", "VTIMEZONE", "STANDARD", "DAYLIGHT",
        "BEGIN", "END", "VERSION", "PRODID", "CALSCALE", "METHOD", "UID", "DTSTAMP", "DTSTART", "DTEND", "DURATION", "RRULE", "EXRULE", "RDATE", "EXDATE", "RECURRENCE-ID",
        "SUMMARY", "LOCATION", "DESCRIPTION", "CATEGORIES", "COMMENT", "CLASS", "STATUS", "TRANSP", "PRIORITY", "SEQUENCE", "CREATED", "LAST-MODIFIED", "URL", "GEO", "ATTACH", "COLOR",
        "ORGANIZER", "ATTENDEE", "ACTION", "TRIGGER", "TZID", "TZNAME", "TZOFFSETFROM", "TZOFFSETTO", "X-LIC-LOCATION", "X-WR-CALNAME", "X-WR-TIMEZONE",
        "VALUE", "CN", "ROLE", "PARTSTAT", "RSVP", "CUTYPE", "LANGUAGE", "ALTREP", "FMTTYPE", "ENCODING", "RELATED", "RANGE", "X-NUM-GUESTS",
    }.ToFrozenSet(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    public static string Of(ReadOnlySpan<char> name) => Names.TryGetValue(name, out var known) ? known : name.ToString().ToUpperInvariant();
}
