using System.Globalization;
using NodaTime;

namespace PeerWeb.Bench.Data;

/// <summary>The text of one event as calendars of offices have them: zone, place, a few people, a paragraph.</summary>
internal static class BenchText
{
    private static readonly string[] Words =
        ["budget", "review", "planning", "customer", "release", "design", "support", "weekly", "hiring", "roadmap", "contract", "workshop", "training", "status"];

    private static readonly string[] Places = ["Room Matterhorn", "Room Eiger", "Room Säntis", "Video call", "Zürich, Bahnhofstrasse 1", "Cafeteria"];

    /// <summary>Everything before the first event.</summary>
    public static IReadOnlyList<string> Head { get; } =
    [
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//PeerWeb//Bench//EN", "CALSCALE:GREGORIAN",
        "BEGIN:VTIMEZONE", "TZID:" + BenchCalendar.ZoneId,
        "BEGIN:DAYLIGHT", "TZNAME:CEST", "TZOFFSETFROM:+0100", "TZOFFSETTO:+0200", "DTSTART:19700329T020000", "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU", "END:DAYLIGHT",
        "BEGIN:STANDARD", "TZNAME:CET", "TZOFFSETFROM:+0200", "TZOFFSETTO:+0100", "DTSTART:19701025T030000", "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU", "END:STANDARD",
        "END:VTIMEZONE",
    ];

    public static string Of(string uid, LocalDateTime start, Period length, string[] rule, Random random)
    {
#pragma warning disable CA5394
        string Word() => Words[random.Next(Words.Length)];
        string[] lines =
        [
            .. Head,
            "BEGIN:VEVENT", "UID:" + uid, "DTSTAMP:20260401T080000Z", "CREATED:20260401T080000Z", "LAST-MODIFIED:20260402T080000Z",
            $"DTSTART;TZID={BenchCalendar.ZoneId}:{Local(start)}", $"DTEND;TZID={BenchCalendar.ZoneId}:{Local(start + length)}",
            .. rule,
            $"SUMMARY:{Word()} {Word()} {random.Next(1000)}", "LOCATION:" + Places[random.Next(Places.Length)].Replace(",", "\\,", StringComparison.Ordinal),
            "DESCRIPTION:" + string.Join(' ', Enumerable.Range(0, 6).Select(_ => Word())),
            $"ORGANIZER;CN=Ada Lovelace:mailto:ada@acme.example", $"ATTENDEE;CN=Bob;PARTSTAT=ACCEPTED:mailto:bob{random.Next(100)}@acme.example",
            "SEQUENCE:1", "STATUS:CONFIRMED", "TRANSP:OPAQUE",
            "END:VEVENT", "END:VCALENDAR",
        ];
#pragma warning restore CA5394
        return string.Join("\r\n", lines) + "\r\n";
    }

    /// <summary>The lines of the event alone.</summary>
    public static IEnumerable<string> EventOf(string text) =>
        text.Split("\r\n").SkipWhile(line => line != "BEGIN:VEVENT").TakeWhile(line => line != "END:VCALENDAR");

    public static string Local(LocalDateTime time) => time.ToString("uuuuMMdd'T'HHmmss", CultureInfo.InvariantCulture);

    /// <summary>As UNTIL has it.</summary>
    public static string Utc(LocalDateTime zurich) =>
        DateTimeZoneProviders.Tzdb[BenchCalendar.ZoneId].AtLeniently(zurich).ToInstant().InUtc().LocalDateTime.ToString("uuuuMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
}
