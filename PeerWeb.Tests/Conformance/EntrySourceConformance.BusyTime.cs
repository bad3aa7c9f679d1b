using PeerWeb.Core.Entries;
using PeerWeb.Core.Primitives;
using Xunit;

namespace PeerWeb.Tests.Conformance;

public abstract partial class EntrySourceConformance
{
    private const string Nine = ";TZID=Europe/Zurich:20261110T090000";
    private const string Ten = ";TZID=Europe/Zurich:20261110T100000";

    [Fact]
    public async Task Who_may_see_busy_times_alone_sees_when_and_nothing_else()
    {
        await using var world = await CreateWorldAsync();
        var calendar = await world.CalendarAsync(granted: Rights.FreeBusy);
        await world.PutAsync(calendar, "open", Ics.Event("open", "Budget", Nine, Ten, "LOCATION:Room 5", "COLOR:red"));
        await world.PutAsync(calendar, "same", Ics.Event("same", "At the same time", Nine, Ten));
        await world.PutAsync(calendar, "hidden", Ics.Event("hidden", "Doctor", ";VALUE=DATE:20261111", ";VALUE=DATE:20261112", "CLASS:PRIVATE"));
        await world.PutAsync(calendar, "free", Ics.Event("free", "Only noted", ":20261113T090000Z", ":20261113T100000Z", "TRANSP:TRANSPARENT"));
        await world.PutAsync(calendar, "off", Ics.Event("off", "Called off", ":20261114T090000Z", ":20261114T100000Z", "STATUS:CANCELLED"));
        await world.PutAsync(calendar, "often", Ics.Series("often", "Stand-up", ":20261116T090000Z", ":20261116T091500Z", "FREQ=DAILY;COUNT=2"));

        Assert.Equal(Rights.FreeBusy, Assert.Single(await world.Source.ListCollectionsAsync(world.App, Cancel)).MyRights);
        var busy = (await world.Source.QueryAsync(Ask(calendar), Cancel)).Entries;
        Assert.Equal(["2026-11-10T08:00 ", "2026-11-11T00:00 ", "2026-11-16T09:00 ", "2026-11-17T09:00 "], Shown(new QueryAnswer([], busy, null)));
        Assert.All(busy, one => Assert.Equal((true, false, "{}", null, null), (one.IsRedacted, one.IsPrivate, one.Detail, one.RecurrenceId, one.Start?.ZoneId)));
        Assert.Equal(4, busy.Select(one => one.Uid).Distinct().Count());
        Assert.Equal(busy, (await world.Source.QueryAsync(Ask(calendar), Cancel)).Entries);

        // Neither words nor lists nor the feed nor reading say more, and there is nothing to write to.
        Assert.Empty((await world.Source.QueryAsync(Ask(calendar) with { Text = "budget" }, Cancel)).Entries);
        Assert.Empty((await world.Source.QueryAsync(Ask(calendar) with { Range = null }, Cancel)).Entries);
        Assert.Empty(Assert.IsType<ChangesAnswer.Page>(await world.Source.ChangesAsync(calendar, null, 10, Cancel)).Changes);
        Assert.Null(await world.Source.ReadAsync(calendar, Uid.Parse("open"), Cancel));
        Assert.Null(await world.Source.ReadAsync(calendar, busy[0].Uid, Cancel));
        Assert.IsType<SaveOutcome.NotFound>(await world.Store.DeleteAsync(new EntryRemoval(calendar, busy[0].Uid, busy[0].ETag), world.NewDelivery(), Cancel));
    }

    [Theory]
    [InlineData(EntrySort.Start)]
    [InlineData(EntrySort.Title)]
    public async Task Private_events_are_busy_times_among_the_others_page_by_page(EntrySort sort)
    {
        await using var world = await CreateWorldAsync();
        var calendar = await world.CalendarAsync(granted: Rights.Read | Rights.Edit | Rights.Delete);
        for (var day = 1; day <= 6; day++)
            await world.PutAsync(calendar, $"u{day}", Ics.Event($"u{day}", $"Event {day}", $":202611{day:D2}T090000Z", $":202611{day:D2}T100000Z", day % 2 == 0 ? "CLASS:PRIVATE" : "CLASS:PUBLIC"));
        await world.PutAsync(calendar, "twin", Ics.Event("twin", "Twin", ":20261102T090000Z", ":20261102T100000Z", "CLASS:CONFIDENTIAL"));

        var query = Ask(calendar) with { Sort = sort };
        var whole = (await world.Source.QueryAsync(query, Cancel)).Entries;
        Assert.Equal(["Event 1", "Event 3", "Event 5"], whole.Where(one => !one.IsRedacted).Select(one => one.Title));
        Assert.Equal(["2026-11-02T09:00 ", "2026-11-02T09:00 ", "2026-11-04T09:00 ", "2026-11-06T09:00 "], Shown(new QueryAnswer([], [.. whole.Where(one => one.IsRedacted)], null)).Order(StringComparer.Ordinal));
        Assert.DoesNotContain(whole, one => one.IsRedacted && one.Uid.Value is "u2" or "u4" or "u6" or "twin");
        var paged = new List<EntrySummary>();
        QueryCursor? cursor = null;
        do
        {
            var page = await world.Source.QueryAsync(query with { Limit = 2, Cursor = cursor }, Cancel);
            paged.AddRange(page.Entries);
            cursor = page.Next;
        }
        while (cursor is not null);
        Assert.Equal(whole, paged);

        var hidden = whole.First(one => one.IsRedacted);
        Assert.IsType<SaveOutcome.NotFound>(await world.Store.DeleteAsync(new EntryRemoval(calendar, hidden.Uid, hidden.ETag), world.NewDelivery(), Cancel));
    }

    [Fact]
    public async Task A_block_has_another_version_exactly_when_it_shows_another_time()
    {
        await using var world = await CreateWorldAsync();
        var calendar = await world.CalendarAsync(granted: Rights.Read);
        var etag = await world.PutAsync(calendar, "e", Ics.Event("e", "Doctor", Nine, Ten, "CLASS:PRIVATE"));
        var before = Assert.Single((await world.Source.QueryAsync(Ask(calendar), Cancel)).Entries);

        etag = await world.PutAsync(calendar, "e", Ics.Event("e", "Dentist", Nine, Ten, "CLASS:PRIVATE"), etag);
        Assert.Equal(before, Assert.Single((await world.Source.QueryAsync(Ask(calendar), Cancel)).Entries));
        await world.PutAsync(calendar, "e", Ics.Event("e", "Dentist", Nine, ";TZID=Europe/Zurich:20261110T103000", "CLASS:PRIVATE"), etag);
        Assert.NotEqual(before.ETag, Assert.Single((await world.Source.QueryAsync(Ask(calendar), Cancel)).Entries).ETag);
    }
}
