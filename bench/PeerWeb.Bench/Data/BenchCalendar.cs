using System.Globalization;
using NodaTime;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Bench.Data;

/// <summary>A large calendar of one year in Europe/Zurich, the same for the same seed: 80 % single events, 10 % weekly (half of them without end), 5 % monthly,
/// 5 % daily with COUNT=30 and two EXDATEs, each of about 1 kB with its VTIMEZONE.</summary>
/// <remarks>
/// The year is the first one of the horizon around <see cref="Harness.BenchClock"/>, so that every instance of it is materialised. In its last month most series run:
/// of 10,000 entries about 2,000 are in it, with 6,300 instances.
/// </remarks>
internal sealed class BenchCalendar(int seed, int entries = 10_000)
{
    public const string ZoneId = "Europe/Zurich";

    private const int DaysOfYear = 365;
    private const int BoundedWeeks = 45;

    public static readonly LocalDate FirstDay = new(2026, 5, 1);

    /// <summary>The last month of the year, as a viewer in Zurich asks for it.</summary>
    public static TimeRange Month { get; } = MonthAt(FirstDay.PlusMonths(11));

    public int Entries { get; } = entries;

    /// <summary>The month that begins on <paramref name="first"/> in Zurich.</summary>
    public static TimeRange MonthAt(LocalDate first)
    {
        var zone = DateTimeZoneProviders.Tzdb[ZoneId];
        return new TimeRange(zone.AtStartOfDay(first).ToInstant(), zone.AtStartOfDay(first.PlusMonths(1)).ToInstant());
    }

    /// <summary>UID and text of each entry; enumerating again gives the same.</summary>
    public IEnumerable<(Uid Uid, string Text)> Texts()
    {
        // Not for secrets: a seeded sequence is what is wanted.
#pragma warning disable CA5394
        var random = new Random(seed);
        for (var i = 0; i < Entries; i++)
        {
            var start = FirstDay.PlusDays(random.Next(DaysOfYear)).At(new LocalTime(7 + random.Next(11), 15 * random.Next(4)));
            var uid = string.Create(CultureInfo.InvariantCulture, $"bench-{seed}-{i:D6}@peerweb.example");
            yield return (Uid.Parse(uid), BenchText.Of(uid, start, Period.FromMinutes(15 * (1 + random.Next(8))), RuleOf(i, start), random));
        }
#pragma warning restore CA5394
    }

    /// <summary>All entries in one calendar, as an exporter writes it; each keeps the zone it needs.</summary>
    public IEnumerable<string> FileLines() => Texts()
        .SelectMany(entry => BenchText.EventOf(entry.Text))
        .Prepend(string.Join("\r\n", BenchText.Head))
        .Append("END:VCALENDAR");

    /// <summary>The kinds take turns, so that a smaller calendar has the same mix.</summary>
    private static string[] RuleOf(int number, LocalDateTime start) => (number % 20) switch
    {
        16 => ["RRULE:FREQ=WEEKLY"],
        17 when number / 20 % 2 == 0 => [string.Create(CultureInfo.InvariantCulture, $"RRULE:FREQ=WEEKLY;COUNT={BoundedWeeks}")],
        17 => [$"RRULE:FREQ=WEEKLY;UNTIL={BenchText.Utc(start.PlusWeeks(BoundedWeeks - 1))}"],
        18 => [string.Create(CultureInfo.InvariantCulture, $"RRULE:FREQ=MONTHLY;BYMONTHDAY={Math.Min(start.Day, 28)}")],
        19 =>
        [
            "RRULE:FREQ=DAILY;COUNT=30",
            $"EXDATE;TZID={ZoneId}:{BenchText.Local(start.PlusDays(3))},{BenchText.Local(start.PlusDays(17))}",
        ],
        _ => [],
    };
}
