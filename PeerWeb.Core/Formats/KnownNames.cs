using System.Collections.Frozen;

namespace PeerWeb.Core.Formats;

/// <summary>Names of components, properties and parameters in upper case; the common ones are one string for all lines.</summary>
internal static class KnownNames
{
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Names = new[]
    {
        "VCALENDAR", "VEVENT", "VTODO", "VJOURNAL", "VALARM", "VTIMEZONE", "STANDARD", "DAYLIGHT",
        "BEGIN", "END", "VERSION", "PRODID", "CALSCALE", "METHOD", "UID", "DTSTAMP", "DTSTART", "DTEND", "DURATION", "RRULE", "EXRULE", "RDATE", "EXDATE", "RECURRENCE-ID",
        "SUMMARY", "LOCATION", "DESCRIPTION", "CATEGORIES", "COMMENT", "CLASS", "STATUS", "TRANSP", "PRIORITY", "SEQUENCE", "CREATED", "LAST-MODIFIED", "URL", "GEO", "ATTACH", "COLOR",
        "DUE", "COMPLETED", "PERCENT-COMPLETE", "RELATED-TO", "ORGANIZER", "ATTENDEE", "ACTION", "TRIGGER", "TZID", "TZNAME", "TZOFFSETFROM", "TZOFFSETTO", "X-LIC-LOCATION", "X-WR-CALNAME", "X-WR-TIMEZONE",
        "VCARD", "FN", "N", "NICKNAME", "PHOTO", "BDAY", "ANNIVERSARY", "GENDER", "ADR", "TEL", "EMAIL", "IMPP", "LANG", "TZ", "TITLE", "ROLE", "LOGO", "ORG", "MEMBER", "KIND",
        "RELATED", "NOTE", "REV", "SOUND", "KEY", "SOURCE", "LABEL", "X-ABLABEL", "TYPE", "PREF", "CHARSET", "MEDIATYPE",
        "VALUE", "CN", "PARTSTAT", "RSVP", "CUTYPE", "LANGUAGE", "ALTREP", "FMTTYPE", "ENCODING", "RELTYPE", "RANGE", "X-NUM-GUESTS",
    }.ToFrozenSet(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    public static string Of(ReadOnlySpan<char> name) => Names.TryGetValue(name, out var known) ? known : name.ToString().ToUpperInvariant();
}
