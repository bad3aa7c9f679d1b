namespace PeerWeb.Tests.Conformance;

/// <summary>Small iCalendar texts for tests.</summary>
internal static class Ics
{
    public static string Event(string uid, string summary, string start, string end, params string[] more) => Calendar([.. Component(uid, summary, start, end, more)]);

    /// <summary>A master and one changed instance.</summary>
    public static string Series(string uid, string summary, string start, string end, string rule, params string[] more) =>
        Event(uid, summary, start, end, ["RRULE:" + rule, .. more]);

    public static string WithOverride(string text, string uid, string recurrenceId, string summary, string start, string end) =>
        text.Replace("END:VCALENDAR\r\n", string.Join("\r\n", Component(uid, summary, start, end, "RECURRENCE-ID" + recurrenceId)) + "\r\nEND:VCALENDAR\r\n", StringComparison.Ordinal);

    /// <param name="start">What follows DTSTART, such as <c>:20261124T090000Z</c> or <c>;VALUE=DATE:20261124</c>.</param>
    private static string[] Component(string uid, string summary, string start, string end, params string[] more) =>
    [
        "BEGIN:VEVENT", "UID:" + uid, "DTSTAMP:20260101T000000Z", "DTSTART" + start, "DTEND" + end, "SUMMARY:" + summary, .. more, "END:VEVENT",
    ];

    private static string Calendar(string[] lines) =>
        string.Join("\r\n", ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//PeerWeb//Tests//EN", .. lines, "END:VCALENDAR"]) + "\r\n";
}
