using System.Globalization;
using CsCheck;
using NodaTime;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Formats.ICalendar;
using PeerWeb.Core.Primitives;
using PeerWeb.Tests.Formats.ICalendar;

namespace PeerWeb.Tests.Calendars.Editing;

/// <summary>Recurring events of all kinds, well-formed and with at least one instance.</summary>
internal static class AnySeries
{
    public const string Kept = "X-UNKNOWN;X-P=\"a;b:c\":kept\\, \\;as it is";

    private static readonly TimeRange Range = Ics.Years(2025, 2031);

    private static readonly string[] Forms = ["{0};TZID=Europe/Zurich:{1}", "{0};TZID=America/New_York:{1}", "{0};TZID=Australia/Lord_Howe:{1}", "{0}:{1}Z", "{0}:{1}", "{0};VALUE=DATE:{2}"];

    private static readonly string[] Weekdays = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];

    private static readonly Gen<LocalDateTime> Starts = Gen.Select(Gen.Int[0, 800], OneOf(0, 120, 150, 180, 540, 545, 1410))
        .Select((day, minute) => new LocalDateTime(2026, 1, 1, 0, 0).PlusDays(day).PlusMinutes(minute));

    private static readonly Gen<string> Days = OneOf(Weekdays).List[1, 4].Select(days => string.Join(',', days.Distinct()));

    private static readonly Gen<string> NthDays = Gen.Select(OneOf(1, 2, 3, 4, -1, -2), OneOf(Weekdays))
        .Select((nth, day) => string.Create(CultureInfo.InvariantCulture, $"{nth}{day}")).List[1, 2].Select(days => string.Join(',', days.Distinct()));

    private static readonly Gen<string> MonthDays = OneOf(1, 5, 12, 20, 28, 31, -1, -3).List[1, 3].Select(days => string.Join(',', days.Distinct()));

    private static readonly Gen<string> Months = Gen.Int[1, 12].List[1, 4].Select(months => string.Join(',', months.Distinct().Order()));

    private static readonly Gen<string> Frequencies = Gen.Frequency(
        (2, Gen.Const("FREQ=DAILY")),
        (1, Days.Select(days => $"FREQ=DAILY;BYDAY={days}")),
        (1, Gen.Const("FREQ=DAILY;BYHOUR=8,17")),
        (2, Gen.Const("FREQ=WEEKLY")),
        (3, Days.Select(days => $"FREQ=WEEKLY;BYDAY={days}")),
        (1, Days.Select(days => $"FREQ=WEEKLY;WKST=SU;BYDAY={days}")),
        (1, Gen.Const("FREQ=WEEKLY;BYDAY=MO,WE,FR;BYSETPOS=-1,1")),
        (2, Gen.Const("FREQ=MONTHLY")),
        (2, NthDays.Select(days => $"FREQ=MONTHLY;BYDAY={days}")),
        (2, MonthDays.Select(days => $"FREQ=MONTHLY;BYMONTHDAY={days}")),
        (1, OneOf("-1", "1", "2,-2").Select(position => $"FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS={position}")),
        (1, Gen.Const("FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13")),
        (1, Gen.Const("FREQ=YEARLY")),
        (1, Months.Select(months => $"FREQ=YEARLY;BYMONTH={months}")),
        (1, Gen.Select(Months, NthDays).Select((months, days) => $"FREQ=YEARLY;BYMONTH={months};BYDAY={days}")),
        (1, Gen.Select(Months, MonthDays).Select((months, days) => $"FREQ=YEARLY;BYMONTH={months};BYMONTHDAY={days}")),
        (1, OneOf("FREQ=YEARLY;BYYEARDAY=1,100,-1", "FREQ=YEARLY;BYWEEKNO=2,20;BYDAY=MO", "FREQ=YEARLY;BYDAY=20MO", "FREQ=YEARLY;BYDAY=SU;BYSETPOS=2,-1")));

    private static readonly Gen<string> Ends = Gen.Frequency(
        (2, Gen.Int[1, 25].Select(count => string.Create(CultureInfo.InvariantCulture, $";COUNT={count}"))),
        (1, Gen.Int[10, 900].Select(day => $";UNTIL={CalendarTimeText.Date.Format(new LocalDate(2026, 2, 1).PlusDays(day))}T093000Z")),
        (1, Gen.Const(string.Empty)));

    /// <summary>One rule.</summary>
    public static readonly Gen<string> Rules = Gen.Frequency((15, Gen.Select(Frequencies, Gen.Frequency((3, Gen.Const(1)), (1, Gen.Int[2, 3])), Ends)
        .Select((frequency, interval, end) => interval == 1 ? frequency + end : string.Create(CultureInfo.InvariantCulture, $"{frequency};INTERVAL={interval}{end}"))),
        (1, OneOf("FREQ=HOURLY;COUNT=40", "FREQ=HOURLY;INTERVAL=5;BYDAY=MO,SU;COUNT=20", "FREQ=HOURLY;INTERVAL=2;COUNT=25")));

    /// <summary>With alarm, guest and unknown line; some with exceptions, listed dates and changed instances, of which some are on other days.</summary>
    public static readonly Gen<string> Texts = Gen.Select(Starts, OneOf(Forms), Gen.Int[0, 2], Rules, Gen.Int[0, 63].List[0, 3], Gen.Int[1, 400].List[0, 2], Changes())
        .Select(Write)
        .Where(text => text.Length > 0);

    /// <summary>Instances of these years, by their place in the series.</summary>
    public static List<ComponentInstance> Instances(string text) =>
        [.. ComponentSeries.Read(text, ComponentKind.Event).Instances(Range, null, 20_000).OrderBy(instance => instance.RecurrenceId, StringComparer.Ordinal)];

    private static Gen<T> OneOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(at => values[at]);

    private static Gen<List<(int At, int Hours, bool IsRetitled)>> Changes() =>
        Gen.Select(Gen.Int[0, 9], OneOf(0, 1, -30, 30, 200), Gen.Bool).Select(change => (change.Item1, change.Item2, change.Item3)).List[0, 3];

    private static string Write((LocalDateTime Start, string Form, int End, string Rule, List<int> LeftOut, List<int> Listed, List<(int At, int Hours, bool IsRetitled)> Changes) any)
    {
        // A date has no hours.
        if (any.Form.Contains("DATE", StringComparison.Ordinal) && any.Rule.Contains("OUR", StringComparison.Ordinal))
            return string.Empty;
        try
        {
            var plain = new List<string> { Line(any.Form, "DTSTART", any.Start), $"RRULE:{any.Rule}", "SUMMARY:Series", "SEQUENCE:2", Kept, "ATTENDEE;CN=Bob:mailto:bob@acme.example" };
            var isDate = any.Form.Contains("DATE", StringComparison.Ordinal);
            if (any.End == 0)
                plain.Insert(1, Line(any.Form, "DTEND", isDate ? any.Start.PlusDays(2) : any.Start.PlusMinutes(90)));
            else if (any.End == 1)
                plain.Insert(1, isDate ? "DURATION:P2D" : "DURATION:PT90M");
            string[] alarm = ["BEGIN:VALARM", "ACTION:DISPLAY", "TRIGGER:-PT10M", "END:VALARM"];
            ComponentSeries.Read(Ics.Event([.. plain]), ComponentKind.Event).Extent();
            plain.AddRange(any.Listed.Select(day => Line(any.Form, "RDATE", any.Start.PlusDays(day))));
            var starts = Instances(Ics.Event([.. plain])).ConvertAll(instance => CalendarTimeText.ParseBasic(instance.RecurrenceId!.TrimEnd('Z'))!.Value);
            var leftOut = any.LeftOut.Where(at => at < starts.Count).Distinct().ToList();
            plain.AddRange(leftOut.Select(at => Line(any.Form, "EXDATE", starts[at])));
            var changes = any.Changes.Where(change => change.At < starts.Count && !leftOut.Contains(change.At)).DistinctBy(change => change.At)
                .SelectMany(change => Changed(any.Form, starts[change.At], isDate ? change.Hours / 24 * 24 : change.Hours, change.IsRetitled));
            var text = Ics.Calendar([.. Ics.Component([.. plain, .. alarm]), .. changes]);
            return Instances(text).Count > 0 ? text : string.Empty;
        }
        catch (InvalidEntryException)
        {
            // The day is never one of the rule's.
            return string.Empty;
        }
    }

    private static string[] Changed(string form, LocalDateTime nominal, int hours, bool isRetitled) => Ics.Component(
        Line(form, "RECURRENCE-ID", nominal), Line(form, "DTSTART", nominal.PlusHours(hours)), $"SUMMARY:{(isRetitled ? "Special" : "Series")}", "SEQUENCE:3", "X-OVERRIDE:kept");

    private static string Line(string form, string name, LocalDateTime time) =>
        string.Format(CultureInfo.InvariantCulture, form, name, CalendarTimeText.DateTime.Format(time), CalendarTimeText.Date.Format(time.Date));
}
