using System.Globalization;
using System.Text;
using CsCheck;
using NodaTime;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Primitives;
using Xunit;

namespace PeerWeb.Tests.Formats.ICalendar;

/// <summary>Generated series: against a second opinion, through a file and back, and as seen from anywhere.</summary>
public sealed class RecurrenceProperties
{
    private static readonly Gen<string> Weekday = OneOf("MO", "TU", "WE", "TH", "FR", "SA", "SU");
    private static readonly Gen<string> Weekdays = Weekday.Array[1, 3].Select(days => string.Join(',', days.Distinct()));
    private static readonly Gen<string> MonthWeekdays = Gen.Select(OneOf(-5, -2, -1, 1, 2, 3, 4, 5), Weekday).Select((nth, day) => $"{nth}{day}").Array[1, 2].Select(Joined);
    private static readonly Gen<string> YearWeekdays = Gen.Select(OneOf(-53, -20, -1, 1, 20, 52, 53), Weekday).Select((nth, day) => $"{nth}{day}").Array[1, 2].Select(Joined);
    private static readonly Gen<string> MonthDays = Gen.OneOf(Gen.Int[1, 31], Gen.Int[-31, -1]).Array[1, 4].Select(Joined);
    private static readonly Gen<string> Months = Gen.Int[1, 12].Array[1, 3].Select(Joined);
    private static readonly Gen<string> YearDays = Gen.OneOf(Gen.Int[1, 366], Gen.Int[-366, -1]).Array[1, 4].Select(Joined);
    private static readonly Gen<string> Position = OneOf(1, 2, -1, -2, 3).Array[1, 2].Select(Joined);

    private static readonly Gen<string> Rule = Gen.Select(
        Gen.OneOf(
            Gen.OneOf(Gen.Const(""), Part("BYDAY", Weekdays), Part("BYMONTH", Months), Gen.Select(Part("BYMONTHDAY", MonthDays), Part("BYMONTH", Months), (days, months) => days + months)).Select(by => $"FREQ=DAILY{by}"),
            Gen.OneOf(Gen.Const(""), Part("BYDAY", Weekdays), Gen.Select(Part("BYDAY", Weekdays), Part("WKST", Weekday), (days, week) => days + week)).Select(by => $"FREQ=WEEKLY{by}"),
            Gen.OneOf(
                Gen.Const(""), Part("BYDAY", Weekdays), Part("BYDAY", MonthWeekdays), Part("BYMONTHDAY", MonthDays), Gen.Select(Part("BYDAY", Weekdays), Part("BYMONTHDAY", MonthDays), (days, dates) => days + dates),
                Gen.Select(Part("BYDAY", Weekdays), Part("BYSETPOS", Position), (days, at) => days + at)).Select(by => $"FREQ=MONTHLY{by}"),
            Gen.OneOf(
                Gen.Const(""), Part("BYMONTH", Months), Part("BYDAY", YearWeekdays), Part("BYYEARDAY", YearDays),
                Gen.Select(Part("BYMONTH", Months), Part("BYMONTHDAY", MonthDays), (months, days) => months + days),
                Gen.Select(Part("BYMONTH", Months), Part("BYDAY", MonthWeekdays), (months, days) => months + days)).Select(by => $"FREQ=YEARLY{by}")),
        Gen.Int[1, 4],
        Gen.OneOf(Gen.Const(""), Gen.Int[1, 60].Select(count => $";COUNT={count}"), Gen.Int[0, 1500].Select(days => $";UNTIL={Basic(new LocalDate(2024, 1, 1).PlusDays(days))}")),
        (by, interval, end) => $"{by}{(interval == 1 ? "" : $";INTERVAL={interval}")}{end}");

    private static readonly Gen<LocalDate> Start = Gen.Int[0, 1460].Select(days => new LocalDate(2020, 2, 29).PlusDays(days));

    private static readonly string[] Zones = ["Europe/Zurich", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "Africa/Casablanca", "Pacific/Apia", "America/Santiago"];

    [Fact]
    public void A_rule_has_the_days_that_a_second_opinion_says() => Gen.Select(Rule, Start).ForAll(
        (rule, start) =>
        {
            List<string> ours;
            try
            {
                ours = [.. Ics.Index(Ics.Event($"DTSTART:{Basic(start)}T090000Z", $"RRULE:{rule}"), 2020, 2028).Instances.Select(instance => Basic(instance.Start.Local.Date))];
            }
            catch (InvalidEntryException refused) when (refused.Message.Contains("never matches", StringComparison.Ordinal))
            {
                ours = [Basic(start)];
            }
            Assert.Equal(new RecurrenceOracle(start, rule).Until(new LocalDate(2028, 1, 1)).Select(Basic), ours);
        },
        cases: 500);

    [Fact]
    public void A_series_is_the_same_after_import_export_and_import() => Series().ForAll(
        text =>
        {
            var first = Import(text);
            var again = Import(first.Text);

            Assert.Equal(first.Text, again.Text);
            Assert.Equal(first.Instances, again.Instances);
            Assert.Equal((first.First, first.Last, first.IsUnbounded, first.Detail), (again.First, again.Last, again.IsUnbounded, again.Detail));
            Assert.All(first.Instances, instance => Assert.True(instance.Start.Instant >= first.First && (first.IsUnbounded || instance.End.Instant <= first.Last)));
        },
        cases: 120);

    [Fact]
    public void A_zoned_series_has_the_same_instances_for_every_viewer() => Gen.Select(Series(), OneOf(Zones), Gen.Int[0, 700]).ForAll(
        (text, viewer, day) =>
        {
            var start = Instant.FromUtc(2025, 6, 1, 0, 0) + Duration.FromDays(day);
            var range = new TimeRange(start, start + Duration.FromDays(60));
            var all = Ics.Index(text, 2020, 2030).Instances;
            var seen = Ics.App.Expand(text, range, DateTimeZoneProviders.Tzdb[viewer], 3000);

            Assert.Equal(all.Where(instance => range.Overlaps(instance.Start.Instant.GetValueOrDefault(), instance.End.Instant.GetValueOrDefault())), seen);
        },
        cases: 120);

    /// <summary>A zoned event with a rule, further and excluded dates, a moved instance and a change of all that follows.</summary>
    private static Gen<string> Series() => Gen.Select(OneOf(Zones), Rule, Start, Gen.Int[0, 23], Gen.Int[1, 2000], Gen.Int[0, 60]).Select(
        (zone, rule, start, hour, minutes, shift) =>
        {
            var time = $"T{hour:00}3000";
            var plain = new RecurrenceOracle(start, rule).Until(new LocalDate(2028, 1, 1));
            var (excluded, moved, changed) = (plain[plain.Count / 4], plain[plain.Count / 3], plain[plain.Count / 2]);
            string At(LocalDate date) => $"TZID={zone}:{Basic(date)}{time}";
            return Ics.Calendar(
            [
                .. Ics.Component([$"DTSTART;{At(start)}", $"DURATION:PT{minutes}M", .. plain.Count > 1 ? [$"RRULE:{rule}"] : Array.Empty<string>(), $"RDATE;{At(start.PlusDays(3))}", $"EXDATE;{At(excluded)}", "SUMMARY:a", "X-OWN:b"]),
                .. moved == excluded ? Array.Empty<string>() : Ics.Component($"RECURRENCE-ID;{At(moved)}", $"DTSTART;{At(moved.PlusDays(shift - 30))}", "DURATION:PT10M", "SUMMARY:c"),
                .. changed == moved || changed == excluded ? Array.Empty<string>() : Ics.Component($"RECURRENCE-ID;RANGE=THISANDFUTURE;{At(changed)}", $"DTSTART;{At(changed.PlusDays(shift % 5))}", $"DURATION:PT{minutes + shift}M", "SUMMARY:d"),
            ]);
        });

    private static IndexedEntry Import(string file)
    {
        var entry = Ics.App.SplitAsync(new MemoryStream(Encoding.UTF8.GetBytes(file)), TestContext.Current.CancellationToken).ToBlockingEnumerable().Single();
        return Ics.Index(Assert.IsType<FileEntry.Readable>(entry).Text, 2020, 2030);
    }

    private static Gen<T> OneOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(at => values[at]);

    private static Gen<string> Part(string name, Gen<string> values) => values.Select(value => $";{name}={value}");

    private static string Joined<T>(T[] values) => string.Join(',', values.Distinct());

    private static string Basic(LocalDate date) => date.ToString("uuuuMMdd", CultureInfo.InvariantCulture);
}
