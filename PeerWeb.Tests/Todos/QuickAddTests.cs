using System.Globalization;
using CsCheck;
using NodaTime;
using PeerWeb.Core.Formats.ICalendar;
using PeerWeb.Core.Todos;
using Xunit;

namespace PeerWeb.Tests.Todos;

public sealed class QuickAddTests
{
    private static readonly string[] Words =
    [
        "today", "tomorrow", "friday", "next", "in", "3", "a", "days", "hours", "on", "at", "due", "by", "14:00", "9am", "99", "24.12.", "2026-02-30", "2026-12-01", "#x", "#", "!high", "!", "!5", "Ada", "é",
        "99999999999", "weeks", "31.2.", "2199-12-31", "23:59",
    ];

    private static readonly string[] Zones = ["Europe/Zurich", "Pacific/Kiritimati", "America/Los_Angeles", "UTC"];

    private static QuickAddLine Read(string line) => QuickAdd.Read(line, Vtodo.Zurich, Vtodo.Now);

    private static string Due(QuickAddLine line) => line.Fields.Due is not { } due ? string.Empty
        : due.Local.ToString(due.IsDate ? "uuuu-MM-dd" : "uuuu-MM-dd HH:mm", CultureInfo.InvariantCulture);

    [Fact]
    public void A_line_says_title_due_tags_and_priority()
    {
        var line = Read("Call Ada tomorrow 14:00 #phone !high");

        Assert.Equal(TodoFields.None with { Summary = "Call Ada", Due = Vtodo.Zurich.At(new LocalDateTime(2026, 11, 26, 14, 0)), Tags = ["phone"], Priority = 1 }, line.Fields);
        Assert.Equal(["tomorrow", "14:00", "#phone", "!high"], line.Understood);
    }

    [Theory]
    // It is Wednesday, 25 November 2026, half past ten.
    [InlineData("Milk", "Milk", "")]
    [InlineData("Milk today", "Milk", "2026-11-25")]
    [InlineData("Milk TOMORROW", "Milk", "2026-11-26")]
    [InlineData("Milk friday", "Milk", "2026-11-27")]
    [InlineData("Milk on Wednesday", "Milk", "2026-12-02")]
    [InlineData("Milk next Monday", "Milk", "2026-11-30")]
    [InlineData("Milk next friday", "Milk", "2026-12-04")]
    [InlineData("Milk in 3 days", "Milk", "2026-11-28")]
    [InlineData("Milk in a week", "Milk", "2026-12-02")]
    [InlineData("Milk in 2 months at 9am", "Milk", "2027-01-25 09:00")]
    [InlineData("Milk in 90 minutes", "Milk", "2026-11-25 12:00")]
    [InlineData("Milk 2026-12-24", "Milk", "2026-12-24")]
    [InlineData("Milk 24.12.", "Milk", "2026-12-24")]
    [InlineData("Milk 1.2.", "Milk", "2027-02-01")]
    [InlineData("Milk 29.2.", "Milk", "2028-02-29")]
    [InlineData("Milk 24.12.2030 8:05", "Milk", "2030-12-24 08:05")]
    [InlineData("Milk 14:00", "Milk", "2026-11-25 14:00")]
    [InlineData("Milk 9:30", "Milk", "2026-11-26 09:30")]
    [InlineData("Milk by tomorrow at 2:30pm", "Milk", "2026-11-26 14:30")]
    [InlineData("Milk 12am due tomorrow", "Milk", "2026-11-26 00:00")]
    [InlineData("Plan today and tomorrow", "Plan and tomorrow", "2026-11-25")]
    [InlineData("in the morning", "in the morning", "")]
    [InlineData("Version 1.2 at 31.2. in 0 days", "Version 1.2 at 31.2. in 0 days", "")]
    [InlineData("25:00 13pm 2026-13-01 #", "25:00 13pm 2026-13-01 #", "")]
    [InlineData("tomorrow", "tomorrow", "")]
    [InlineData("  a   b ", "a b", "")]
    public void Days_and_times_are_the_viewers(string typed, string title, string due) => Assert.Equal((title, due), (Read(typed).Fields.Summary, Due(Read(typed))));

    [Theory]
    [InlineData("a !high !low", "a !low", 1)]
    [InlineData("a !3", "a", 3)]
    [InlineData("a !0 !!", "a !0 !!", 0)]
    public void The_first_priority_counts(string typed, string title, int priority) => Assert.Equal((title, priority), (Read(typed).Fields.Summary, Read(typed).Fields.Priority));

    [Fact]
    public void A_time_that_clocks_skip_is_after_the_gap()
    {
        var line = QuickAdd.Read("Milk 2027-03-28 02:30", Vtodo.Zurich, Vtodo.Now);

        Assert.Equal("2027-03-28 03:30", Due(line));
    }

    [Fact]
    public void Whatever_is_typed_no_word_is_lost()
    {
        var words = Gen.Int[0, Words.Length - 1].Select(at => Words[at]);
        var lines = Gen.OneOf(words.Array[0, 9].Select(list => string.Join(' ', list)), Gen.String, Gen.Select(words.Array[1, 4], Gen.String, (list, text) => string.Join(' ', list) + text));
        Gen.Select(lines, Gen.Int[0, Zones.Length - 1].Select(at => Zones[at]), Gen.Int[0, 4000]).ForAll(
            (line, zone, days) =>
            {
                var read = QuickAdd.Read(line, DateTimeZoneProviders.Tzdb[zone], Vtodo.Now + Duration.FromDays(days));
                char[] blanks = [' ', '\t', '\r', '\n', '\u00A0'];
                var typed = line.Split(blanks, StringSplitOptions.RemoveEmptyEntries);
                return typed.Order(StringComparer.Ordinal).SequenceEqual(
                    read.Fields.Summary.Split(' ', StringSplitOptions.RemoveEmptyEntries).Concat(read.Understood).Order(StringComparer.Ordinal), StringComparer.Ordinal)
                    && (typed.Length == 0 || read.Fields.Summary.Length > 0);
            },
            cases: 3000);
    }
}
