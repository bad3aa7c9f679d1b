using System.Globalization;
using System.Text;
using CsCheck;
using NodaTime;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Formats;
using PeerWeb.Core.Formats.ICalendar;
using PeerWeb.Core.Primitives;
using PeerWeb.Demo.Data;
using Xunit;

namespace PeerWeb.Tests.Formats.ICalendar;

/// <summary>What is written as one file and split again is what it was: the same instances, every line of every component.</summary>
public sealed class RoundTripTests
{
    private static readonly string[] Unknown = ["X-UNKNOWN;X-P=\"a;b:c\":kept\\, \\;as it is", "GEO:47.3;8.5", "BEGIN:VALARM", "ACTION:DISPLAY", "TRIGGER:-PT10M", "END:VALARM", "BEGIN:X-PART", "X-A:b", "END:X-PART"];

    private static readonly string[] Rules = ["", "RRULE:FREQ=DAILY;COUNT=9", "RRULE:FREQ=WEEKLY;BYDAY=MO,TH", "RRULE:FREQ=MONTHLY;BYDAY=-1SU;UNTIL=20271231T000000Z"];

    /// <summary>A form of a time, and the definition of its zone where no table has it.</summary>
    private static readonly (string Start, string[] Zone)[] Forms =
    [
        ("DTSTART;TZID=Europe/Zurich:{0}", Zone("Europe/Zurich", "+0100")),
        ("DTSTART;TZID=Europe/Zurich:{0}", Zone("Europe/Zurich", "+0100", "X-OTHER:copy")),
        ("DTSTART;TZID=America/New_York:{0}", []),
        ("DTSTART;TZID=Odd:{0}", Zone("Odd", "+0200")),
        ("DTSTART;X-A=\"b:c\";TZID=Odd:{0}", Zone("Odd", "+0300")),
        ("DTSTART;TZID=\"Odd, indeed\":{0}", Zone("Odd, indeed", "-0330")),
        ("DTSTART:{0}Z", []), ("DTSTART:{0}", []), ("DTSTART;VALUE=DATE:{1}", []),
    ];

    private static readonly Gen<string[]> Texts = Gen.Select(Gen.Int[0, Forms.Length - 1], Gen.Int[0, Rules.Length - 1], Gen.Int[0, 600], Gen.String[Gen.Char.AlphaNumeric, 0, 90], Gen.Bool)
        .Array[1, 12]
        .Select(events => events.Select((one, i) => Of(i, Forms[one.Item1], Rules[one.Item2], new LocalDateTime(2026, 1, 5, 9, 0).PlusDays(one.Item3), one.Item4, one.Item5)).ToArray());

    [Fact]
    public Task Any_entries_come_back_as_they_were_and_each_definition_of_a_zone_is_there_once() => Texts.ForAllAsync(async texts =>
    {
        var file = await JoinAsync(texts);
        var split = await SplitAsync(file);

        AssertSame(texts, split);
        var zones = split.Count == 0 ? [] : file.Split("\r\n").Where(line => line.StartsWith("TZID:", StringComparison.Ordinal)).ToList();
        Assert.Equal(zones.Distinct(), zones);
        // What was renamed to keep its rules stays so: a second export is the same file.
        Assert.Equal(file, await JoinAsync([.. split]));
    }, cases: 80);

    [Fact]
    public async Task The_demos_calendars_come_back_as_they_were()
    {
        foreach (var calendar in DemoCalendars.Around(new LocalDate(2026, 11, 23)))
        {
            var texts = (await SplitAsync(calendar.Text)).ConvertAll(text => Ics.Index(text).Text);

            AssertSame([.. texts], await SplitAsync(await JoinAsync([.. texts])));
        }
    }

    [Fact]
    public async Task Calendars_of_several_makers_are_one_file_in_which_each_zone_keeps_its_own_rules()
    {
        string[] texts =
        [
            Ics.Calendar([.. Zone("Odd", "+0200"), .. Event("a", "DTSTART;TZID=Odd:20260105T090000")]),
            Ics.Calendar([.. Zone("Odd", "+0300"), .. Event("b", "DTSTART;TZID=Odd:20260105T090000", "EXDATE;TZID=Odd:20260106T090000")]),
            Ics.Calendar([.. Zone("Odd", "+0200"), .. Event("c", "DTSTART;TZID=Odd:20260105T090000")]),
        ];

        var file = await JoinAsync(texts);
        var split = await SplitAsync(file);

        Assert.Equal(1, file.Split("BEGIN:VCALENDAR").Length - 1);
        Assert.Equal(["TZID:Odd", "TZID:Odd 2"], file.Split("\r\n").Where(line => line.StartsWith("TZID:", StringComparison.Ordinal)));
        Assert.Equal(["2026-01-05 07:00", "2026-01-05 06:00", "2026-01-05 07:00"], split.Select(text => Ics.Starts(Ics.Index(text))[0]));
    }

    [Fact]
    public async Task Zones_whose_new_names_are_others_old_ones_are_not_taken_for_each_other()
    {
        string[] texts =
        [
            Ics.Calendar([.. Zone("Odd", "+0200"), .. Zone("Odd 2", "+0500"), .. Event("a", "DTSTART;TZID=Odd:20260105T090000", "RDATE;TZID=Odd 2:20260105T190000")]),
            Ics.Calendar([.. Zone("Odd", "+0300"), .. Zone("Odd 2", "+0600"), .. Event("b", "DTSTART;TZID=Odd:20260105T090000", "RDATE;TZID=Odd 2:20260105T190000")]),
            Ics.Calendar([.. Zone("Odd", "+0600"), .. Zone("Odd 2", "+0300"), .. Event("c", "DTSTART;TZID=Odd:20260105T090000", "RDATE;TZID=Odd 2:20260105T190000")]),
        ];

        var split = await SplitAsync(await JoinAsync(texts));

        Assert.Equal(texts.Select(text => Ics.Starts(Ics.Index(text))), split.Select(text => Ics.Starts(Ics.Index(text))));
    }

    [Theory]
    [InlineData("BEGIN:VEVENT\r\nUID:b\r\nDTSTART:20260105T090000Z\r\n")]
    [InlineData("BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:b\r\nEND:VTODO\r\nEND:VCALENDAR\r\n")]
    [InlineData("no calendar at all")]
    [InlineData("BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n")]
    public async Task An_entry_that_cannot_be_read_is_left_out_and_named_and_the_others_are_there(string broken)
    {
        var skipped = new List<SkippedEntry>();
        string[] texts = [Ics.Calendar(Event("a", "DTSTART:20260105T090000Z")), broken, Ics.Calendar(Event("c", "DTSTART:20260105T090000Z"))];

        var file = await JoinAsync(texts, skipped);

        Assert.Single(skipped);
        Assert.Equal(["a", "c"], (await SplitAsync(file)).Select(text => Ics.Index(text).Uid.Value));
    }

    [Fact]
    public void Entries_are_compared_by_what_they_say()
    {
        var text = Ics.Calendar([.. Zone("Europe/Zurich", "+0100"), .. Event("a", "DTSTART;TZID=Europe/Zurich:20260105T090000", "SUMMARY:Zürich")]);

        Assert.True(Ics.App.IsSame(Ics.Index(text).Text, text.Replace("-//Example//Test//EN", "-//Other//EN", StringComparison.Ordinal)));
        Assert.True(Ics.App.IsSame(text, Ics.Calendar(Event("a", "DTSTART;TZID=Europe/Zurich:20260105T090000", "SUMMARY:Zu\u0308rich"))));
        Assert.False(Ics.App.IsSame(text, text.Replace("Zürich\r\n", "Basel\r\n", StringComparison.Ordinal)));
        var odd = text.Replace("Europe/Zurich", "Odd", StringComparison.Ordinal);
        Assert.False(Ics.App.IsSame(odd, odd.Replace("+0100", "+0200", StringComparison.Ordinal)));
    }

    private static void AssertSame(IReadOnlyList<string> texts, IReadOnlyList<string> split)
    {
        var (before, after) = (texts.Select(text => Ics.Index(text)).ToList(), split.Select(text => Ics.Index(text)).ToList());
        Assert.Equal(before.Select(entry => entry.Uid), after.Select(entry => entry.Uid));
        foreach (var (left, right) in before.Zip(after))
        {
            Assert.Equal(left.Title, right.Title);
            Assert.Equal(left.Instances, right.Instances);
            Assert.Equal(LinesOf(left.Text), LinesOf(right.Text));
        }
    }

    /// <summary>Everything but zones; a TZID may have another name.</summary>
    private static IEnumerable<string> LinesOf(string text) =>
        CalendarParts.Of(ContentLines.Read(text)).Where(part => !part.IsZone).SelectMany(part => part.Lines)
            .Select(line => line.Parameter("TZID") is null ? line.Raw : $"{line.Name}:{line.Value}");

    private static string Of(int number, (string Start, string[] Zone) form, string rule, LocalDateTime start, string title, bool hasOverride)
    {
        string Time(string property, LocalDateTime at) => string.Format(
            CultureInfo.InvariantCulture, form.Start.Replace("DTSTART", property, StringComparison.Ordinal), CalendarTimeText.DateTime.Format(at), CalendarTimeText.Date.Format(at.Date));
        List<string> lines = [.. form.Zone, .. Event($"u{number}", [Time("DTSTART", start), .. rule.Length > 0 ? [rule] : Array.Empty<string>(), $"SUMMARY:{title}", .. Unknown])];
        if (hasOverride && rule.Length > 0)
            lines.AddRange(Event($"u{number}", Time("RECURRENCE-ID", start.PlusDays(7)), Time("DTSTART", start.PlusDays(8)), "SUMMARY:Moved"));
        return Ics.Index(Ics.Calendar([.. lines])).Text;
    }

    private static string[] Event(string uid, params string[] lines) => ["BEGIN:VEVENT", $"UID:{uid}", .. lines, "END:VEVENT"];

    private static string[] Zone(string id, string offset, params string[] more) =>
        ["BEGIN:VTIMEZONE", $"TZID:{id}", .. more, "BEGIN:STANDARD", "DTSTART:19700101T000000", $"TZOFFSETFROM:{offset}", $"TZOFFSETTO:{offset}", "END:STANDARD", "END:VTIMEZONE"];

    private static async Task<string> JoinAsync(string[] texts, List<SkippedEntry>? skippedOnes = null)
    {
        await using var file = new MemoryStream();
        var entries = texts.Select(text => new Entry(new CollectionId(Guid.Empty), Uid.Parse("any"), ETag.Parse("1.1"), text));
        await Ics.App.JoinAsync(entries.ToAsyncEnumerable(), file, skipped => skippedOnes?.Add(skipped), TestContext.Current.CancellationToken);
        return Encoding.UTF8.GetString(file.ToArray());
    }

    private static async Task<List<string>> SplitAsync(string file)
    {
        await using var stream = new MemoryStream(Encoding.UTF8.GetBytes(file));
        return await Ics.App.SplitAsync(stream, TestContext.Current.CancellationToken).Select(entry => Assert.IsType<FileEntry.Readable>(entry).Text).ToListAsync(TestContext.Current.CancellationToken);
    }
}
