using PeerWeb.Tests.Conformance;

namespace PeerWeb.Tests.Fuzz;

/// <summary>Texts that are right, to be spoilt: with zones, rules, exceptions, overrides, alarms and what nobody knows.</summary>
internal static class CalendarTexts
{
    public static readonly string[] All =
    [
        Ics.Event("one", "Meeting", ":20261110T090000Z", ":20261110T100000Z", "LOCATION:Room 1", "DESCRIPTION:Some\\, text", "X-UNKNOWN;X-P=\"a;b\":kept"),
        Ics.Event("one", "Holiday", ";VALUE=DATE:20261110", ";VALUE=DATE:20261113", "CLASS:PRIVATE", "CATEGORIES:A,B"),
        Ics.Series("one", "Weekly", ";TZID=Europe/Zurich:20261110T090000", ";TZID=Europe/Zurich:20261110T100000", "FREQ=WEEKLY;BYDAY=TU,TH;COUNT=20", "EXDATE;TZID=Europe/Zurich:20261117T090000"),
        Ics.Series("one", "Monthly", ":20261110T090000", ":20261110T100000", "FREQ=MONTHLY;BYDAY=2TU,-1FR;BYSETPOS=1;UNTIL=20271231T000000", "RDATE:20261212T090000,20261213T090000"),
        Ics.WithOverride(
            Ics.Series("one", "Daily", ":20261110T090000Z", ":20261110T100000Z", "FREQ=DAILY;INTERVAL=2"),
            "one", ":20261112T090000Z", "Moved", ":20261113T110000Z", ":20261113T120000Z"),
        Ics.Event("one", "Zone", ";TZID=Ours:20261110T090000", ";TZID=Ours:20261110T100000").Replace(
            "BEGIN:VEVENT",
            "BEGIN:VTIMEZONE\r\nTZID:Ours\r\nBEGIN:STANDARD\r\nDTSTART:19701025T030000\r\nRRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\r\nTZOFFSETFROM:+0200\r\nTZOFFSETTO:+0100\r\nEND:STANDARD\r\n"
            + "BEGIN:DAYLIGHT\r\nDTSTART:19700329T020000\r\nRRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200\r\nEND:DAYLIGHT\r\nEND:VTIMEZONE\r\nBEGIN:VEVENT",
            StringComparison.Ordinal),
        Ics.Event("one", "Alarm", ":20261110T090000Z", ":20261110T100000Z", "ATTENDEE;CN=Bob;PARTSTAT=ACCEPTED:mailto:bob@acme.example", "BEGIN:VALARM", "ACTION:DISPLAY", "TRIGGER:-PT10M", "END:VALARM"),
    ];
}
