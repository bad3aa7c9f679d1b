using CsCheck;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using PeerWeb.Core.Calendars;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Primitives;
using PeerWeb.Core.Sharing;
using PeerWeb.Core.Storage;
using PeerWeb.Tests.Conformance;
using Xunit;

namespace PeerWeb.Tests.Storage;

/// <summary>The instance table is an index of the texts: with it and without it, every question has the same answer.</summary>
public sealed class InstanceTableProperties
{
    private static readonly UserName Ada = UserName.Parse("ada");
    private static readonly string[] Zones = ["UTC", "Europe/Zurich", "America/New_York", "Pacific/Kiritimati", "Pacific/Pago_Pago", "Australia/Lord_Howe", "Asia/Kolkata"];

    private static readonly Gen<LocalDateTime> Times =
        from day in Gen.Int[-220, 580]
        from quarter in Gen.Int[0, 95]
        select new LocalDateTime(2026, 11, 22, 0, 0).PlusDays(day).PlusMinutes(15 * quarter);

    private static readonly Gen<string> Rules = OneOf(
        "", "", "", "FREQ=DAILY;COUNT=30", "FREQ=WEEKLY", "FREQ=WEEKLY;INTERVAL=2;COUNT=20", "FREQ=MONTHLY;BYDAY=-1FR", "FREQ=DAILY;INTERVAL=5", "FREQ=YEARLY");

    private static readonly Gen<Func<int, string>> Events =
        from start in Times
        from length in OneOf(0, 15, 60, 600, 1440, 1441, 4320, 31 * 1440, 50 * 1440)
        from kind in OneOf("UTC", "DATE", "FLOATING", "Europe/Zurich", "America/New_York", "Australia/Lord_Howe")
        from rule in Rules
        select new Func<int, string>(number => Text($"u{number}", start, length, kind, rule));

    private static readonly Gen<(Func<int, string>[] Events, LocalDateTime From, int Hours, string Zone, int Limit, EntrySort Sort)> Cases =
        Gen.Select(Events.Array[1, 6], Times, OneOf(1, 24, 36, 24 * 31, 24 * 200), OneOf(Zones), OneOf(2, 7, 3000), OneOf(EntrySort.Start, EntrySort.Start, EntrySort.Title));

    private static Gen<T> OneOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_table_answers_as_the_texts_do_for_any_viewer_range_and_page()
    {
        await using var database = await TestDatabase.CreateAsync(Cancel);
        var table = database.StoreOf("ada");
        // To this one the whole table is of another time zone database.
        var texts = new GuardedEntryStore(
            ActivatorUtilities.CreateInstance<SqlEntryStore>(database.Services, new TzdbVersion("9999z")), new Actor.Local(Ada, Groups: []), database.Time);

        await Cases.ForAllAsync(
            async one =>
            {
                var calendar = await database.Collections.CreateAsync(Ada, CalendarApp.AppId, "Work", null, Cancel);
                var writes = one.Events.Select((text, i) => new EntryWrite(calendar, Uid.Parse($"u{i}"), text(i), new Precondition.Absent())).ToList();
                Assert.All(
                    await table.SaveAsync(writes, new Delivery("ada", Guid.NewGuid().ToString("N"), new string('0', 64)), Cancel),
                    outcome => Assert.IsType<SaveOutcome.Saved>(outcome));
                var start = DateTimeZoneProviders.Tzdb[one.Zone].AtLeniently(one.From).ToInstant();
                var query = new EntryQuery
                {
                    App = CalendarApp.AppId,
                    Collections = [calendar],
                    Range = new TimeRange(start, start + Duration.FromHours(one.Hours)),
                    Zone = one.Zone,
                    Sort = one.Sort,
                };

                var whole = await PagesAsync(texts, query);
                Assert.Equal(whole, await PagesAsync(table, query));
                if (whole.Count < 60)
                {
                    Assert.Equal(whole, await PagesAsync(table, query with { Limit = one.Limit }));
                    Assert.Equal(whole, await PagesAsync(texts, query with { Limit = one.Limit }));
                }
            },
            cases: 60);
    }

    private static async Task<IReadOnlyList<EntrySummary>> PagesAsync(GuardedEntryStore store, EntryQuery query)
    {
        var entries = new List<EntrySummary>();
        for (QueryCursor? cursor = null; ;)
        {
            var page = await store.QueryAsync(query with { Cursor = cursor }, Cancel);
            entries.AddRange(page.Entries);
            if ((cursor = page.Next) is null)
                return entries;
        }
    }

    private static string Text(string uid, LocalDateTime start, int minutes, string kind, string rule)
    {
        string Time(LocalDateTime time) => kind switch
        {
            "UTC" => $":{time:uuuuMMdd'T'HHmmss}Z",
            "DATE" => $";VALUE=DATE:{time:uuuuMMdd}",
            "FLOATING" => $":{time:uuuuMMdd'T'HHmmss}",
            _ => $";TZID={kind}:{time:uuuuMMdd'T'HHmmss}",
        };
        var end = kind == "DATE" ? start.PlusDays(Math.Max(1, minutes / 1440)) : start.PlusMinutes(minutes);
        return Ics.Event(uid, $"Event {uid}", Time(start), Time(end), rule.Length == 0 ? [] : ["RRULE:" + rule]);
    }
}
