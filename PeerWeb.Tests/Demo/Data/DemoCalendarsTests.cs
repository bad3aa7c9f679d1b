using System.Text;
using NodaTime;
using PeerWeb.Core.Calendars;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Primitives;
using PeerWeb.Demo.Data;
using Xunit;

namespace PeerWeb.Tests.Demo.Data;

public sealed class DemoCalendarsTests
{
    private static readonly LocalDate Today = new(2026, 11, 18);

    public static TheoryData<string> Users => [.. DemoPerson.All.Select(person => person.User)];

    [Fact]
    public void The_same_day_gives_the_same_files() =>
        Assert.Equal(DemoCalendars.Around(Today).Select(calendar => calendar.Text), DemoCalendars.Around(Today).Select(calendar => calendar.Text));

    [Theory]
    [MemberData(nameof(Users))]
    public async Task Every_entry_is_readable_and_the_year_is_full(string user)
    {
        var entries = await EntriesAsync(user);
        var indexed = entries.Select(entry => Index(entry.Text)).ToList();

        Assert.InRange(entries.Count, 150, 300);
        Assert.Equal(entries.Count, entries.Select(entry => entry.Uid).Distinct().Count());
        Assert.Contains(indexed, entry => entry.IsPrivate);
        Assert.Contains(indexed, entry => entry.IsUnbounded);
        Assert.All(Months(), month => Assert.InRange(indexed.Sum(entry => entry.Instances.Count(instance => IsIn(instance, month))), 25, 200));
    }

    [Fact]
    public async Task All_kinds_of_times_and_series_occur()
    {
        var indexed = new List<IndexedEntry>();
        foreach (var person in DemoPerson.All)
            indexed.AddRange((await EntriesAsync(person.User)).Select(entry => Index(entry.Text)));
        var starts = indexed.SelectMany(entry => entry.Instances).Select(instance => instance.Start).ToList();

        Assert.Equal(Enum.GetValues<TimeKind>(), starts.Select(start => start.Kind).Distinct().Order());
        Assert.Equal(["America/New_York", "Asia/Tokyo", "Europe/Zurich"], starts.Select(start => start.ZoneId).OfType<string>().Distinct().Order(StringComparer.Ordinal));
        Assert.All(["EXDATE", "RECURRENCE-ID", "FREQ=DAILY;COUNT", "FREQ=MONTHLY", "FREQ=YEARLY"], text => Assert.Contains(indexed, entry => entry.Text.Contains(text, StringComparison.Ordinal)));
        Assert.Contains(indexed.SelectMany(entry => entry.Instances), instance => instance.Detail is { } detail && CalendarEventDetail.Parse(detail).Status == EventStatus.Cancelled);
    }

    [Fact]
    public async Task Changed_instances_replace_one_that_the_series_has()
    {
        foreach (var person in DemoPerson.All)
        {
            foreach (var entry in (await EntriesAsync(person.User)).Where(entry => entry.Text.Contains("RECURRENCE-ID", StringComparison.Ordinal)))
            {
                var master = entry.Text[..entry.Text.LastIndexOf("BEGIN:VEVENT", StringComparison.Ordinal)] + "END:VCALENDAR\r\n";
                Assert.Equal(Index(master).Instances.Count, Index(entry.Text).Instances.Count);
            }
        }
    }

    [Fact]
    public async Task Only_the_six_people_are_invited()
    {
        var known = DemoPerson.All.Select(person => person.Mail).ToHashSet();
        foreach (var person in DemoPerson.All)
        {
            foreach (var entry in await EntriesAsync(person.User))
                Assert.Subset(known, CalendarEvent.Read(entry.Text).Attendees.Select(attendee => attendee.Address).ToHashSet());
        }
    }

    private static IndexedEntry Index(string text) =>
        new CalendarApp().Index(text, new TimeRange(Today.PlusMonths(-6).AtMidnight().InUtc().ToInstant(), Today.PlusMonths(18).AtMidnight().InUtc().ToInstant()));

    private static IEnumerable<LocalDate> Months() => Enumerable.Range(-5, 10).Select(month => Today.PlusMonths(month).With(DateAdjusters.StartOfMonth));

    private static bool IsIn(IndexedInstance instance, LocalDate month) => instance.Start.Local.Date.With(DateAdjusters.StartOfMonth) == month;

    private static async Task<List<FileEntry.Readable>> EntriesAsync(string user)
    {
        var text = DemoCalendars.Around(Today).Single(calendar => calendar.Owner.User == user).Text;
        var entries = new List<FileEntry.Readable>();
        await foreach (var entry in new CalendarApp().SplitAsync(new MemoryStream(Encoding.UTF8.GetBytes(text)), TestContext.Current.CancellationToken))
            entries.Add(Assert.IsType<FileEntry.Readable>(entry));
        return entries;
    }
}
