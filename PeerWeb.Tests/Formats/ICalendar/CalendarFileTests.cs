using System.Text;
using PeerWeb.Core.Entries;
using Xunit;

namespace PeerWeb.Tests.Formats.ICalendar;

public sealed class CalendarFileTests
{
    private const string Start = "DTSTART:20260105T090000Z";

    [Fact]
    public async Task An_entry_is_all_components_of_a_uid_wherever_they_are_in_the_file()
    {
        var file = Ics.Calendar([.. Of("a", "RECURRENCE-ID:20260112T090000Z", "DTSTART:20260113T090000Z"), .. Of("b", Start), .. Of("a", Start, "RRULE:FREQ=WEEKLY")]);

        var entries = await SplitAsync(file);

        Assert.Equal(["a", "b"], entries.Cast<FileEntry.Readable>().Select(entry => entry.Uid.Value));
        Assert.Equal(2, ((FileEntry.Readable)entries[0]).Text.Split("BEGIN:VEVENT").Length - 1);
        Assert.Equal([1, 2], entries.Select(entry => entry.Number));
    }

    [Fact]
    public async Task An_entry_brings_the_zones_it_refers_to_and_no_others()
    {
        string[] zones = [.. Zone("Europe/Zurich"), .. Zone("Asia/Tokyo")];

        var entry = Assert.IsType<FileEntry.Readable>(Assert.Single(await SplitAsync(Ics.Calendar([.. Of("a", "DTSTART;TZID=Asia/Tokyo:20260105T090000"), .. zones]))));

        Assert.Contains("TZID:Asia/Tokyo", entry.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Zurich", entry.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Several_calendars_in_one_file_are_read_each_with_its_own_zones()
    {
        var file = Ics.Calendar([.. Zone("Odd", "+0200"), .. Of("a", "DTSTART;TZID=Odd:20260105T090000")]) + Ics.Calendar([.. Zone("Odd", "+0300"), .. Of("b", "DTSTART;TZID=Odd:20260105T090000")]);

        var entries = (await SplitAsync(file)).Cast<FileEntry.Readable>().ToList();

        Assert.Equal(["2026-01-05 07:00", "2026-01-05 06:00"], entries.Select(entry => Assert.Single(Ics.Starts(Ics.Index(entry.Text)))));
    }

    [Fact]
    public async Task A_broken_component_does_not_stop_the_others_and_is_reported_with_its_line()
    {
        var file = Ics.Calendar(
        [
            .. Of("a", Start),
            .. Of("broken-time", "SUMMARY:Broken", "DTSTART:20261332T000000"),
            .. Of("broken-line", "DTSTART:20260105T090000Z", "no property at all"),
            "BEGIN:VEVENT", "UID:unclosed", Start,
            .. Of("b", Start),
            .. Of("huge", Start, "DESCRIPTION:" + new string('x', 200_000)),
            "BEGIN:VTODO", "UID:todo", "SUMMARY:Buy bread", "END:VTODO",
            .. Of("c", Start),
        ]);

        var entries = await SplitAsync(file);

        Assert.Equal(["a", "broken-time", "b", "c"], entries.OfType<FileEntry.Readable>().Select(entry => entry.Uid.Value));
        Assert.Equal(
            [(16, "broken-line"), (18, "unclosed"), (28, "huge"), (30, "Buy bread")],
            entries.OfType<FileEntry.Unreadable>().Select(entry => (entry.Line, entry.Label)));
        Assert.Contains(entries.OfType<FileEntry.Unreadable>(), entry => entry.Reason == "VTODO is not an event.");
    }

    [Fact]
    public async Task The_same_file_gives_the_same_entries_every_time_also_without_uids()
    {
        var file = Ics.Calendar("BEGIN:VEVENT", Start, "SUMMARY:One", "END:VEVENT", "BEGIN:VEVENT", Start, "SUMMARY:Two", "END:VEVENT");

        var first = await SplitAsync(file);
        var second = await SplitAsync(file);

        Assert.Equal(2, first.Cast<FileEntry.Readable>().Select(entry => entry.Uid).Distinct().Count());
        Assert.Equal(first.Select(entry => ((FileEntry.Readable)entry).Text), second.Select(entry => ((FileEntry.Readable)entry).Text));
    }

    [Fact]
    public async Task A_line_of_an_entrys_text_is_known_by_its_line_in_the_file_whatever_was_put_together()
    {
        var file = Ics.Calendar(
        [
            .. Of("a", "RECURRENCE-ID:20260112T090000Z", "DESCRIPTION:a text that is folded in the file where no other", " program would do so", "DTEND:20260112T100000Z"),
            .. Of("b", Start),
            .. Zone("Asia/Tokyo"),
            .. Of("a", "DTSTART;TZID=Asia/Tokyo:20260105T090000", "RRULE:FREQ=WEEKLY", "DTEND;TZID=Asia/Tokyo:20260104T090000"),
        ]);

        var entry = Assert.IsType<FileEntry.Readable>((await SplitAsync(file))[0]);
        var lines = file.Split("\r\n");
        var texts = entry.Text.Split("\r\n");

        for (var line = 1; line < texts.Length; line++)
        {
            if (!texts[line - 1].StartsWith(' ') && texts[line - 1] is not ("BEGIN:VCALENDAR" or "END:VCALENDAR"))
                Assert.StartsWith(lines[entry.LineInFile(line) - 1], texts[line - 1], StringComparison.Ordinal);
        }
        var refused = Ics.Refused(entry.Text);
        Assert.StartsWith("DTEND;TZID", lines[entry.LineInFile(refused.Line) - 1], StringComparison.Ordinal);
        Assert.Equal(entry.Line, entry.LineInFile(null));
    }

    [Fact]
    public async Task Far_more_components_than_notes_in_memory_come_in_the_order_in_which_their_entries_begin()
    {
        const int Count = 40_000;
        var numbers = Enumerable.Range(0, Count).ToArray();
        new Random(4).Shuffle(numbers);
        var file = Ics.Calendar(
        [
            .. numbers.SelectMany(i => Of($"u{i}", Start)),
            .. numbers.Reverse().Where(i => i % 4 == 0).SelectMany(i => Of($"u{i}", "RECURRENCE-ID:20260105T090000Z", Start)),
        ]);

        var entries = (await SplitAsync(file)).Cast<FileEntry.Readable>().ToList();

        Assert.Equal(numbers.Select(i => $"u{i}"), entries.Select(entry => entry.Uid.Value));
        Assert.All(entries, entry => Assert.Equal(entry.Uid.Value is var uid && int.Parse(uid[1..], null) % 4 == 0 ? 2 : 1, entry.Text.Split("BEGIN:VEVENT").Length - 1));
    }

    [Fact]
    public async Task Two_definitions_of_one_zone_in_one_entry_keep_their_rules()
    {
        var file = Ics.Calendar([.. Zone("Odd", "+0200"), .. Of("a", "DTSTART;TZID=Odd:20260105T090000", "RRULE:FREQ=WEEKLY;COUNT=2")])
            + Ics.Calendar([.. Zone("Odd", "+0300"), .. Of("a", "RECURRENCE-ID:20260112T070000Z", "DTSTART;TZID=Odd;X-A=b:20260112T090000")]);

        var entry = Assert.IsType<FileEntry.Readable>(Assert.Single(await SplitAsync(file)));

        Assert.Equal(["2026-01-05 07:00", "2026-01-12 06:00"], Ics.Starts(Ics.Index(entry.Text)));
        Assert.Contains("X-A=b", entry.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task More_components_of_one_uid_than_an_entry_may_have_are_one_unreadable_entry()
    {
        var file = Ics.Calendar([.. Enumerable.Range(0, 5002).SelectMany(_ => Of("a", Start)), .. Of("b", Start)]);

        var entries = await SplitAsync(file);

        Assert.IsType<FileEntry.Unreadable>(entries[0]);
        Assert.IsType<FileEntry.Readable>(entries[1]);
    }

    [Fact]
    public async Task An_exported_entry_is_split_into_itself()
    {
        var text = Ics.Index(Assert.IsType<FileEntry.Readable>(Assert.Single(await SplitAsync(Ics.Calendar([.. Zone("Asia/Tokyo"), .. Of("a", "DTSTART;TZID=Asia/Tokyo:20260105T090000", "X-A;B=c:ü")])))).Text).Text;

        Assert.Equal(text, Assert.IsType<FileEntry.Readable>(Assert.Single(await SplitAsync(text))).Text);
    }

    [Fact]
    public async Task Of_two_versions_of_one_event_the_later_is_taken()
    {
        var file = Ics.Calendar([.. Of("a", Start, "SEQUENCE:2", "SUMMARY:New"), .. Of("a", Start, "SEQUENCE:1", "SUMMARY:Old")]);

        Assert.Equal("New", Ics.Index(Assert.IsType<FileEntry.Readable>(Assert.Single(await SplitAsync(file))).Text).Title);
    }

    [Theory]
    [InlineData("utf-8")]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    [InlineData("windows-1252")]
    public async Task A_file_is_read_in_the_encodings_that_real_programs_write(string name)
    {
        var encoding = name == "windows-1252" ? CodePagesEncodingProvider.Instance.GetEncoding(1252) : Encoding.GetEncoding(name);
        Assert.NotNull(encoding);
        var file = Ics.Calendar(Of("a", Start, "SUMMARY:Zürich – Café"));
        await using var stream = new MemoryStream([.. encoding.Preamble, .. encoding.GetBytes(file)]);

        var entry = Assert.IsType<FileEntry.Readable>(Assert.Single(await SplitAsync(stream)));

        Assert.Equal("Zürich – Café", Ics.Index(entry.Text).Title);
    }

    [Fact]
    public async Task A_character_that_is_folded_in_the_middle_is_whole_again()
    {
        var octets = Encoding.UTF8.GetBytes(Ics.Calendar(Of("a", Start, "SUMMARY:Zürich"))).ToList();
        octets.InsertRange(octets.IndexOf(0xC3) + 1, "\r\n "u8);

        Assert.Equal("Zürich", Ics.Index(Assert.IsType<FileEntry.Readable>(Assert.Single(await SplitAsync(new MemoryStream([.. octets])))).Text).Title);
    }

    [Theory]
    [InlineData("\r\n")]
    [InlineData("\n")]
    [InlineData("\r")]
    [InlineData("\r\r\n")]
    public async Task A_file_that_comes_in_droplets_is_the_same_file(string lineEnd)
    {
        var file = "\uFEFF" + Ics.Calendar([.. Of("a", Start, "SUMMARY:Zür\r\n ich", "DESCRIPTION:x\r\n\t\r\n  y"), .. Of("b", Start, "SUMMARY:Last")]).ReplaceLineEndings(lineEnd);

        var droplets = await SplitAsync(new Droplets(Encoding.UTF8.GetBytes(file)));

        string[] Texts(List<FileEntry> entries) => [.. entries.Select(entry => $"{entry.Line} {Assert.IsType<FileEntry.Readable>(entry).Text}")];
        Assert.Equal(Texts(await SplitAsync(file)), Texts(droplets));
        Assert.Contains("SUMMARY:Zürich\r\nDESCRIPTION:x y\r\n", ((FileEntry.Readable)droplets[0]).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_larger_than_what_is_kept_in_memory_is_split_whole()
    {
        var description = "DESCRIPTION:" + new string('x', 95_000);
        var file = Ics.Calendar([.. Enumerable.Range(0, 120).SelectMany(i => Of($"event-{i}", Start, description)), .. Of("event-0", "RECURRENCE-ID:20260112T090000Z", Start)]);

        var entries = await SplitAsync(file);

        Assert.Equal(120, entries.OfType<FileEntry.Readable>().Count());
        Assert.Contains("RECURRENCE-ID", ((FileEntry.Readable)entries[0]).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("<html><body>Sign in</body></html>")]
    [InlineData("\u0000\u0001PK")]
    public async Task A_file_that_is_no_calendar_is_one_unreadable_entry(string text) => Assert.IsType<FileEntry.Unreadable>(Assert.Single(await SplitAsync(text)));

    [Fact]
    public async Task An_empty_calendar_has_no_entries() => Assert.Empty(await SplitAsync(Ics.Calendar("X-WR-CALNAME:Empty")));

    private static string[] Of(string uid, params string[] lines) => ["BEGIN:VEVENT", $"UID:{uid}", .. lines, "END:VEVENT"];

    private static string[] Zone(string id, string offset = "+0100") =>
        ["BEGIN:VTIMEZONE", $"TZID:{id}", "BEGIN:STANDARD", "DTSTART:19700101T000000", $"TZOFFSETFROM:{offset}", $"TZOFFSETTO:{offset}", "END:STANDARD", "END:VTIMEZONE"];

    private static Task<List<FileEntry>> SplitAsync(string file) => SplitAsync(new MemoryStream(Encoding.UTF8.GetBytes(file)));

    private static async Task<List<FileEntry>> SplitAsync(Stream file)
    {
        var entries = new List<FileEntry>();
        await foreach (var entry in Ics.App.SplitAsync(file, TestContext.Current.CancellationToken))
            entries.Add(entry);
        return entries;
    }

    /// <summary>Gives an octet at a time.</summary>
    private sealed class Droplets(byte[] octets) : MemoryStream(octets)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => base.ReadAsync(buffer[..1], cancellationToken);
    }
}
