using System.Globalization;
using NodaTime;
using NodaTime.Text;
using PeerWeb.Core.Primitives;
using Xunit;

namespace PeerWeb.Tests.Formats.ICalendar;

public sealed class RfcRecurrenceTests
{
    private static readonly LocalDateTimePattern Basic = LocalDateTimePattern.CreateWithInvariantCulture("uuuuMMdd'T'HHmmss");

    public static TheoryData<string> Names => [.. Examples().Select(example => example.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void An_example_of_the_rfc_has_the_instances_that_the_rfc_lists(string name)
    {
        var example = Examples().Single(candidate => candidate.Name == name);
        string[] lines = [$"DTSTART;TZID=America/New_York:{example.Start}", $"RRULE:{example.Rule}", .. example.Excluded.Select(date => $"EXDATE;TZID=America/New_York:{date}")];
        var range = example.GoesOn ? Until(example.Expected[^1]) : Ics.Years(1996, 2010);

        var instances = Ics.App.Expand(Ics.Event(lines), range, DateTimeZone.Utc, 3000);

        Assert.Equal(example.Expected, instances.Select(instance => instance.RecurrenceId));
        Assert.All(instances, instance => Assert.Equal("America/New_York", instance.Start.ZoneId));
    }

    [Fact]
    public void Every_example_is_read_from_the_file()
    {
        Assert.Equal(41, Examples().Count);
        Assert.Equal(113, Examples().Single(example => example.Name.StartsWith("Daily until", StringComparison.Ordinal)).Expected.Count);
    }

    private static TimeRange Until(string last) =>
        new(Instant.FromUtc(1996, 1, 1, 0, 0), Basic.Parse(last).Value.InZoneStrictly(DateTimeZoneProviders.Tzdb["America/New_York"]).ToInstant() + Duration.FromSeconds(1));

    private static List<Example> Examples()
    {
        var text = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Formats", "ICalendar", "rfc5545-3.8.5.3.txt"));
        return [.. text.ReplaceLineEndings("\n").Split("\n\n").Where(block => !block.StartsWith('#')).Select(Read)];
    }

    private static Example Read(string block)
    {
        var lines = block.Trim().Split('\n');
        var start = lines.Single(line => line[0] == '@')[2..];
        return new Example(
            lines[0],
            start,
            lines.Single(line => line[0] == '>')[2..],
            [.. lines.Where(line => line[0] == '-').Select(line => line[2..])],
            [.. lines.Where(line => char.IsDigit(line[0])).SelectMany(line => Instances(line, start[8..]))],
            lines[^1] == "...");
    }

    private static IEnumerable<string> Instances(string line, string time)
    {
        var (when, list) = (line[..line.IndexOf(':', StringComparison.Ordinal)].Replace("-", "", StringComparison.Ordinal), line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..]);
        foreach (var item in list.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (when.Length == 8)
            {
                yield return $"{when}T{item}00";
                continue;
            }
            var days = item.Split('-').Select(day => int.Parse(day, CultureInfo.InvariantCulture)).ToArray();
            for (var day = days[0]; day <= days[^1]; day++)
                yield return $"{when}{day:00}{time}";
        }
    }

    private sealed record Example(string Name, string Start, string Rule, IReadOnlyList<string> Excluded, IReadOnlyList<string> Expected, bool GoesOn);
}
