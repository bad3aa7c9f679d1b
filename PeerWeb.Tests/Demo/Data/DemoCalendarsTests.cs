using System.Text;
using System.Text.RegularExpressions;
using NodaTime;
using PeerWeb.Core.Calendars;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Primitives;
using PeerWeb.Demo.Data;
using Xunit;

namespace PeerWeb.Tests.Demo.Data;

public sealed partial class DemoCalendarsTests(DemoCalendarsTests.Entries demo) : IClassFixture<DemoCalendarsTests.Entries>
{
    private static readonly LocalDate Today = new(2026, 11, 18);

    public static TheoryData<string> Users => [.. DemoPerson.All.Select(person => person.User)];

    [Fact]
    public void The_same_day_gives_the_same_files() =>
        Assert.Equal(DemoCalendars.Around(Today).Select(calendar => calendar.Text), DemoCalendars.Around(Today).Select(calendar => calendar.Text));

    [Theory]
    [MemberData(nameof(Users))]
    public void Every_entry_is_readable_and_the_year_is_full(string user)
    {
        var indexed = demo.Of[user];

        Assert.InRange(indexed.Count, 150, 300);
        Assert.Equal(indexed.Count, indexed.Select(entry => entry.Uid).Distinct().Count());
        Assert.Contains(indexed, entry => entry.IsPrivate);
        Assert.Contains(indexed, entry => entry.IsUnbounded);
        Assert.All(Months(), month => Assert.InRange(indexed.Sum(entry => entry.Instances.Count(instance => IsIn(instance, month))), 25, 200));
    }

    [Fact]
    public void All_kinds_of_times_and_series_occur()
    {
        var indexed = demo.Of.Values.SelectMany(entries => entries).ToList();
        var starts = indexed.SelectMany(entry => entry.Instances).Select(instance => instance.Start).ToList();

        Assert.Equal(Enum.GetValues<TimeKind>(), starts.Select(start => start.Kind).Distinct().Order());
        Assert.Equal(["America/New_York", "Asia/Tokyo", "Europe/Zurich"], starts.Select(start => start.ZoneId).OfType<string>().Distinct().Order(StringComparer.Ordinal));
        Assert.All(["EXDATE", "RECURRENCE-ID", "FREQ=DAILY;COUNT", "FREQ=MONTHLY", "FREQ=YEARLY"], text => Assert.Contains(indexed, entry => entry.Text.Contains(text, StringComparison.Ordinal)));
        Assert.Contains(indexed.SelectMany(entry => entry.Instances), instance => instance.Detail is { } detail && CalendarEventDetail.Parse(detail).Status == EventStatus.Cancelled);
    }

    [Fact]
    public void Changed_instances_replace_one_that_the_series_has()
    {
        foreach (var entry in demo.Of.Values.SelectMany(entries => entries).Where(entry => entry.Text.Contains("RECURRENCE-ID", StringComparison.Ordinal)))
        {
            var master = entry.Text[..entry.Text.LastIndexOf("BEGIN:VEVENT", StringComparison.Ordinal)] + "END:VCALENDAR\r\n";
            Assert.Equal(Index(master).Instances.Count, entry.Instances.Count);
        }
    }

    [Fact]
    public void Only_the_six_people_are_invited()
    {
        var addresses = DemoCalendars.Around(Today).SelectMany(calendar => MailAddress().Matches(calendar.Text.Replace("\r\n ", "", StringComparison.Ordinal))).Select(match => match.Groups[1].Value);

        Assert.Equal(DemoPerson.All.Select(person => person.Mail).ToHashSet(), addresses.ToHashSet());
    }

    private static IndexedEntry Index(string text) =>
        new CalendarApp().Index(text, new TimeRange(Today.PlusMonths(-6).AtMidnight().InUtc().ToInstant(), Today.PlusMonths(18).AtMidnight().InUtc().ToInstant()));

    private static IEnumerable<LocalDate> Months() => Enumerable.Range(-5, 10).Select(month => Today.PlusMonths(month).With(DateAdjusters.StartOfMonth));

    private static bool IsIn(IndexedInstance instance, LocalDate month) => instance.Start.Local.Date.With(DateAdjusters.StartOfMonth) == month;

    [GeneratedRegex("mailto:([^\r\n]+)", RegexOptions.IgnoreCase)]
    private static partial Regex MailAddress();

    /// <summary>All six calendars through split and index, once for all tests; fails where an entry is unreadable.</summary>
    public sealed class Entries : IAsyncLifetime
    {
        private readonly Dictionary<string, IReadOnlyList<IndexedEntry>> _of = [];

        internal IReadOnlyDictionary<string, IReadOnlyList<IndexedEntry>> Of => _of;

        public async ValueTask InitializeAsync()
        {
            foreach (var calendar in DemoCalendars.Around(Today))
            {
                var entries = new List<IndexedEntry>();
                await foreach (var entry in new CalendarApp().SplitAsync(new MemoryStream(Encoding.UTF8.GetBytes(calendar.Text)), TestContext.Current.CancellationToken))
                    entries.Add(Index(Assert.IsType<FileEntry.Readable>(entry).Text));
                _of[calendar.Owner.User] = entries;
            }
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
