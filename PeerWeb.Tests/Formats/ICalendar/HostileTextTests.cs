using System.Globalization;
using System.Text;
using PeerWeb.Core.Entries;
using Xunit;

namespace PeerWeb.Tests.Formats.ICalendar;

/// <summary>Texts made to hurt: each is read or refused with a reason, and comes back. Those of rules are in <see cref="RecurrenceBombTests"/>.</summary>
public sealed class HostileTextTests
{
    private const string Start = "DTSTART:20260105T090000Z";

    /// <summary>By name; the second says what the refusal must say, null for texts that are read.</summary>
    private static readonly Dictionary<string, (Func<string> Text, string? Refusal)> Texts = new()
    {
        ["one line of a megabyte"] = (() => Ics.Event(Start, "DESCRIPTION:" + new string('x', 1 << 20)), "512 KiB"),
        ["a megabyte without a line end"] = (() => new string('A', 1 << 20), "512 KiB"),
        ["half a megabyte of blank lines"] = (() => string.Concat(Enumerable.Repeat("\r\n", 250_000)), "empty"),
        ["half a megabyte of colons"] = (() => new string(':', 500_000), "property"),
        ["a line folded after every character"] = (() => Ics.Event(Start, "DESCRIPTION:" + string.Concat(Enumerable.Repeat("\r\n x", 90_000))), null),
        ["a line folded until it is too long"] = (() => Ics.Event(Start, "DESCRIPTION:" + string.Concat(Enumerable.Repeat("\r\n x", 120_000))), "100 KiB"),
        ["a line folded into nothing"] = (() => Ics.Event(Start, "DESCRIPTION:" + string.Concat(Enumerable.Repeat("\r\n ", 160_000))), null),
        ["a description broken into 100,000 lines"] = (() => Ics.Event(Start, "DESCRIPTION:a\r\n" + string.Concat(Enumerable.Repeat("b\r\n", 100_000)) + "X-A:1"), "100 KiB"),
        ["components nested 20,000 deep"] = (() => Ics.Event([Start, .. Enumerable.Repeat("BEGIN:X-A", 20_000)]), "deeper"),
        ["20,000 alarms"] = (() => Ics.Event([Start, .. Enumerable.Repeat("BEGIN:VALARM\r\nEND:VALARM", 15_000)]), null),
        ["20,000 events of one UID"] = (() => Ics.Calendar([.. Enumerable.Repeat("BEGIN:VEVENT\r\nUID:1\r\nEND:VEVENT", 12_000)]), "start"),
        ["20,000 parameters"] = (() => Ics.Event(Start, $"X-A{string.Concat(Enumerable.Repeat(";P=1", 20_000))}:x"), "parameters"),
        ["20,000 values of one parameter"] = (() => Ics.Event(Start, $"X-A;P={string.Concat(Enumerable.Repeat("1,", 20_000))}1:x"), "parameters"),
        ["quotes in quotes in quotes"] = (() => Ics.Event(Start, $"ATTENDEE;CN={new string('"', 40_001)}:mailto:a@acme.example"), null),
        ["quoted parameters in great number"] = (() => Ics.Event(Start, $"X-A{string.Concat(Enumerable.Repeat(";P=\"a:b;c\"", 9_000))}:x"), "parameters"),
        ["50,000 backslashes"] = (() => Ics.Event(Start, "DESCRIPTION:" + new string('\\', 50_000), "CATEGORIES:" + new string('\\', 50_001)), null),
        ["50,000 categories"] = (() => Ics.Event(Start, "CATEGORIES:" + string.Join(',', Enumerable.Range(0, 15_000))), null),
        ["50,000 carets"] = (() => Ics.Event(Start, $"ATTENDEE;CN={new string('^', 50_000)}:mailto:a@acme.example"), null),
        ["a character with 30,000 marks"] = (() => Ics.Event(Start, "DESCRIPTION:e" + string.Concat(Enumerable.Repeat("\u0301\u0316", 15_000))), "marks"),
        ["a character with 100 marks"] = (() => Ics.Event(Start, "DESCRIPTION:e" + string.Concat(Enumerable.Repeat("\u0301\u0316", 50))), null),
        ["musical symbols in great number"] = (() => Ics.Event(Start, "DESCRIPTION:e" + string.Concat(Enumerable.Repeat("\U0001D165\U0001D16E", 10_000))), "marks"),
        ["characters that grow when composed"] = (() => Ics.Event(Start, "DESCRIPTION:" + new string('\u0958', 30_000)), "100 KiB"),
        ["NUL"] = (() => Ics.Event(Start, "SUMMARY:a\0b"), "control"),
        ["a control character in a name"] = (() => Ics.Event(Start, "SUM\u0008MARY:a"), "property"),
        ["a control character in a parameter"] = (() => Ics.Event(Start, "ATTENDEE;CN=a\u001b[2J:mailto:a@acme.example"), "control"),
        ["a lone high surrogate"] = (() => Ics.Event(Start, "SUMMARY:a\uD83D"), "Unicode"),
        ["a lone low surrogate in a parameter"] = (() => Ics.Event(Start, "X-A;B=\uDEB2:a"), "Unicode"),
        ["surrogates that a fold has parted"] = (() => Ics.Event(Start, "SUMMARY:a\uD83D\r\n \uDEB2"), null),
        ["100,000 exception dates"] = (() => Ics.Event([Start, "RRULE:FREQ=DAILY", .. Enumerable.Repeat("EXDATE:" + string.Concat(Enumerable.Repeat("20260105,", 2_000)), 20)]), "EXDATE"),
        ["100,000 commas in an exception date"] = (() => Ics.Event(Start, "EXDATE:" + new string(',', 90_000)), "EXDATE"),
        ["500 changed instances with a rule each"] = (() => Ics.Calendar([.. Ics.Component(Start, "RRULE:FREQ=DAILY"), .. Days(500).SelectMany(day => Ics.Component($"RECURRENCE-ID:{day}T090000Z", $"DTSTART:{day}T100000Z", "RRULE:FREQ=MINUTELY"))]), null),
        ["500 changes of all that follows"] = (() => Ics.Calendar([.. Ics.Component(Start, "RRULE:FREQ=DAILY;COUNT=10000"), .. Days(400).SelectMany(day => Ics.Component($"RECURRENCE-ID;RANGE=THISANDFUTURE:{day}T090000Z", $"DTSTART:21{day[2..]}T100000Z"))]), null),
        ["changes of all that follows to before all"] = (() => Ics.Calendar([.. Ics.Component(Start, "RRULE:FREQ=DAILY"), .. Days(400).SelectMany(day => Ics.Component($"RECURRENCE-ID;RANGE=THISANDFUTURE:{day}T090000Z", "DTSTART:19000101T100000Z", "DURATION:P30000D"))]), "10,000"),
        ["1,000 periods of a hundred years"] = (() => Ics.Event([Start, .. Days(1000).Select(day => $"RDATE;VALUE=PERIOD:{day}T090000Z/P36500D")]), null),
        ["a duration of more than all digits"] = (() => Ics.Event(Start, "DURATION:P" + new string('9', 90_000) + "D"), "DURATION"),
        ["a duration that overflows"] = (() => Ics.Event(Start, "DURATION:P9999999W"), "2200"),
        ["a period that overflows"] = (() => Ics.Event(Start, "RDATE;VALUE=PERIOD:20260106T090000Z/P9999999W"), "period"),
        ["a zone that changes by the second"] = (() => Zoned([Observance("RRULE:FREQ=SECONDLY"), Observance(null, "+0200")]), "second"),
        ["a zone that changes by the minute"] = (() => Zoned([Observance("RRULE:FREQ=MINUTELY;COUNT=10000"), Observance(null, "+0200")]), "cannot be followed"),
        ["a zone that changes every day"] = (() => Zoned([Observance("RRULE:FREQ=YEARLY;BYDAY=MO,TU,WE,TH,FR,SA,SU;BYHOUR=1,2,3,4,5"), Observance(null, "+0200")]), "cannot be followed"),
        ["a zone that changes on the 31st of February"] = (() => Zoned([Observance("RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=31"), Observance(null, "+0200")]), null),
        ["a zone of 5,000 observances"] = (() => Zoned([.. Enumerable.Range(0, 2_500).SelectMany(_ => new[] { Observance(null), Observance(null, "+0200") })]), "cannot be followed"),
        ["a zone of 500 observances with rules"] = (() => Zoned([.. Enumerable.Range(0, 250).SelectMany(_ => new[] { Observance("RRULE:FREQ=YEARLY"), Observance("RRULE:FREQ=YEARLY;BYMONTH=6", "+0200") })]), "cannot be followed"),
        ["a zone of 50 observances with rules"] = (() => Zoned([.. Enumerable.Range(0, 25).SelectMany(_ => new[] { Observance("RRULE:FREQ=YEARLY"), Observance("RRULE:FREQ=YEARLY;BYMONTH=6", "+0200") })]), null),
        ["a zone with an offset of 99 hours"] = (() => Zoned([Observance(null, "+9900"), Observance(null, "+0200")]), "cannot be followed"),
        ["a zone of 100,000 dates"] = (() => Zoned([Observance("RDATE:" + string.Concat(Enumerable.Repeat("20260105T000000,", 5_000)) + "20260105T000000"), Observance(null, "+0200")]), "RDATE"),
    };

    public static TheoryData<string> Names => [.. Texts.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_text_made_to_hurt_is_read_or_refused_with_a_reason(string name)
    {
        var (make, refusal) = Texts[name];
        var text = make();

        var reason = await HangGuard.RunAsync(() => ReasonAgainst(text));

        if (refusal is null)
            Assert.Null(reason);
        else
            Assert.Contains(refusal, reason, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("cannot be understood", reason ?? string.Empty, StringComparison.Ordinal);
    }

    /// <summary>The same in a file: what is broken is reported, and the event beside it is read.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_file_with_it_is_split_and_the_event_beside_is_read(string name)
    {
        var inner = Texts[name].Text();
        var good = Ics.Calendar("BEGIN:VEVENT", "UID:good", Start, "SUMMARY:Good", "END:VEVENT");
        var file = Encoding.UTF8.GetBytes(good + "\r\n" + inner);

        var entries = await HangGuard.RunAsync(() => Ics.App.SplitAsync(new MemoryStream(file), TestContext.Current.CancellationToken).ToBlockingEnumerable().ToList());

        Assert.Contains(entries.OfType<FileEntry.Readable>(), entry => entry.Uid.Value == "good");
        Assert.All(entries.OfType<FileEntry.Unreadable>(), entry => Assert.NotEmpty(entry.Reason));
    }

    private static string? ReasonAgainst(string text)
    {
        try
        {
            Ics.Index(text);
            Core.Calendars.CalendarEvent.Read(text);
            return null;
        }
        catch (InvalidEntryException refused)
        {
            return refused.Message;
        }
    }

    private static IEnumerable<string> Days(int count) =>
        Enumerable.Range(1, count).Select(day => new NodaTime.LocalDate(2026, 1, 5).PlusDays(day).ToString("uuuuMMdd", CultureInfo.InvariantCulture));

    private static string Zoned(string[][] observances) =>
        Ics.Calendar(["BEGIN:VTIMEZONE", "TZID:Odd", .. observances.SelectMany(lines => lines), "END:VTIMEZONE", .. Ics.Component("DTSTART;TZID=Odd:20260105T090000")]);

    private static string[] Observance(string? repeats, string offset = "+0100") =>
        ["BEGIN:STANDARD", "DTSTART:19700101T000000", "TZOFFSETFROM:+0100", $"TZOFFSETTO:{offset}", .. repeats is null ? Array.Empty<string>() : [repeats], "END:STANDARD"];
}
