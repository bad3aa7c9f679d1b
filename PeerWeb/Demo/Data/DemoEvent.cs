using System.Globalization;
using System.Text;
using NodaTime;
using PeerWeb.Core.Formats;
using PeerWeb.Core.Formats.ICalendar;

namespace PeerWeb.Demo.Data;

/// <summary>One VEVENT of the demo, written by hand like any exporter would.</summary>
/// <param name="When">Content lines of its time: DTSTART, DTEND or DURATION, RRULE, EXDATE, RECURRENCE-ID.</param>
internal sealed record DemoEvent(string Uid, string Summary, IReadOnlyList<string> When)
{
    public string? Location { get; init; }

    public string? Description { get; init; }

    public string? Category { get; init; }

    public DemoPerson? Organizer { get; init; }

    public IReadOnlyList<DemoPerson> Attendees { get; init; } = [];

    public bool IsPrivate { get; init; }

    public bool IsFree { get; init; }

    public string Status { get; init; } = "CONFIRMED";

    public int? AlarmMinutes { get; init; }

    public int Sequence { get; init; }

    public void AppendTo(StringBuilder text, LocalDate monday)
    {
        var stamp = $"{Day(monday.PlusWeeks(-DemoCalendars.Weeks - 2))}T080000Z";
        foreach (var line in Lines(stamp))
            ContentLines.AppendFolded(text, line);
    }

    /// <summary>A zoned time and its length.</summary>
    public static List<string> Zoned(string zone, LocalDateTime start, int minutes) =>
        [$"DTSTART;TZID={zone}:{Time(start)}", $"DTEND;TZID={zone}:{Time(start.PlusMinutes(minutes))}"];

    public static List<string> Utc(LocalDateTime start, int minutes) => [$"DTSTART:{Time(start)}Z", $"DTEND:{Time(start.PlusMinutes(minutes))}Z"];

    /// <summary>The same on every wall clock.</summary>
    public static List<string> Floating(LocalDateTime start, int minutes) =>
        [$"DTSTART:{Time(start)}", string.Create(CultureInfo.InvariantCulture, $"DURATION:PT{minutes}M")];

    public static List<string> Days(LocalDate first, int days) => [$"DTSTART;VALUE=DATE:{Day(first)}", $"DTEND;VALUE=DATE:{Day(first.PlusDays(days))}"];

    public static string Day(LocalDate date) => CalendarTimeText.Date.Format(date);

    public static string Time(LocalDateTime time) => CalendarTimeText.DateTime.Format(time);

    private IEnumerable<string> Lines(string stamp)
    {
        yield return "BEGIN:VEVENT";
        yield return $"UID:{Uid}";
        yield return $"DTSTAMP:{stamp}";
        yield return $"CREATED:{stamp}";
        yield return $"LAST-MODIFIED:{stamp}";
        foreach (var line in When)
            yield return line;
        yield return $"SUMMARY:{TextValue.Escape(Summary)}";
        if (Location is not null)
            yield return $"LOCATION:{TextValue.Escape(Location)}";
        if (Description is not null)
            yield return $"DESCRIPTION:{TextValue.Escape(Description)}";
        if (Category is not null)
            yield return $"CATEGORIES:{TextValue.Escape(Category)}";
        yield return $"STATUS:{Status}";
        yield return IsFree ? "TRANSP:TRANSPARENT" : "TRANSP:OPAQUE";
        if (IsPrivate)
            yield return "CLASS:PRIVATE";
        yield return string.Create(CultureInfo.InvariantCulture, $"SEQUENCE:{Sequence}");
        foreach (var line in PeopleLines())
            yield return line;
        if (AlarmMinutes is { } minutes)
        {
            yield return "BEGIN:VALARM";
            yield return "ACTION:DISPLAY";
            yield return $"DESCRIPTION:{TextValue.Escape(Summary)}";
            yield return string.Create(CultureInfo.InvariantCulture, $"TRIGGER:-PT{minutes}M");
            yield return "END:VALARM";
        }
        yield return "END:VEVENT";
    }

    private IEnumerable<string> PeopleLines()
    {
        if (Organizer is null)
            yield break;
        yield return $"ORGANIZER;CN={Organizer.FullName}:mailto:{Organizer.Mail}";
        foreach (var person in Attendees.Prepend(Organizer).Distinct())
        {
            var status = person == Organizer ? "ACCEPTED" : StatusOf(person);
            yield return $"ATTENDEE;CN={person.FullName};ROLE=REQ-PARTICIPANT;PARTSTAT={status};RSVP=TRUE:mailto:{person.Mail}";
        }
    }

    private string StatusOf(DemoPerson person) => ((Uid.Length + Summary.Length + person.User.Length) % 9) switch
    {
        0 => "NEEDS-ACTION",
        1 => "TENTATIVE",
        2 => "DECLINED",
        _ => "ACCEPTED",
    };
}
