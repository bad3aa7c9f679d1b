using Microsoft.EntityFrameworkCore;
using PeerWeb.Core.Calendars;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Primitives;
using PeerWeb.Tests.Conformance;
using Xunit;

namespace PeerWeb.Tests.Storage;

public sealed class DurabilityTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_pooled_connection_is_durable_and_waits_for_a_busy_database()
    {
        await using var database = await TestDatabase.CreateAsync(Cancel);
        for (var round = 0; round < 3; round++)
        {
            await using var db = database.NewContext();
            Assert.Equal("wal", await db.Database.SqlQuery<string>($"SELECT journal_mode AS Value FROM pragma_journal_mode").SingleAsync(Cancel));
            Assert.Equal(2, await db.Database.SqlQuery<int>($"SELECT synchronous AS Value FROM pragma_synchronous").SingleAsync(Cancel));
            Assert.Equal(1, await db.Database.SqlQuery<int>($"SELECT foreign_keys AS Value FROM pragma_foreign_keys").SingleAsync(Cancel));
            Assert.Equal(10_000, await db.Database.SqlQuery<int>($"SELECT timeout AS Value FROM pragma_busy_timeout").SingleAsync(Cancel));
        }
    }

    [Fact]
    public async Task Writers_of_one_collection_take_their_sequence_one_after_the_other()
    {
        await using var database = await TestDatabase.CreateAsync(Cancel);
        var calendar = await database.Collections.CreateAsync(UserName.Parse("ada"), CalendarApp.AppId, "Work", null, Cancel);
        var store = database.StoreOf("ada");

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Task.Run(
            () => store.SaveAsync(
                [new EntryWrite(calendar, Uid.Parse($"u{i}"), Ics.Event($"u{i}", "Event", ":20261110T090000Z", ":20261110T100000Z"), new Precondition.Absent())],
                new Delivery("ada", $"delivery-{i:D8}", string.Empty), Cancel),
            Cancel)));
        Assert.Equal(20, outcomes.Select(outcome => Assert.IsType<SaveOutcome.Saved>(Assert.Single(outcome)).ETag).Distinct().Count());
        await using var db = database.NewContext();
        Assert.Equal(Enumerable.Range(1, 20).Select(i => (long)i), await db.Changes.OrderBy(change => change.Sequence).Select(change => change.Sequence).ToListAsync(Cancel));
    }

    [Fact]
    public async Task Of_two_who_change_the_same_version_one_wins_and_the_other_is_told()
    {
        await using var database = await TestDatabase.CreateAsync(Cancel);
        var calendar = await database.Collections.CreateAsync(UserName.Parse("ada"), CalendarApp.AppId, "Work", null, Cancel);
        var store = database.StoreOf("ada");
        string Text(string summary) => Ics.Event("e", summary, ":20261110T090000Z", ":20261110T100000Z");
        async Task<SaveOutcome> SaveAsync(string summary, Precondition precondition) => Assert.Single(await store.SaveAsync(
            [new EntryWrite(calendar, Uid.Parse("e"), Text(summary), precondition)], new Delivery("ada", $"delivery-{summary}", string.Empty), Cancel));
        var etag = Assert.IsType<SaveOutcome.Saved>(await SaveAsync("first", new Precondition.Absent())).ETag;

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() => SaveAsync($"writer {i}", new Precondition.Match(etag)), Cancel)));
        Assert.Single(outcomes.OfType<SaveOutcome.Saved>());
        Assert.Equal(7, outcomes.OfType<SaveOutcome.Stale>().Count(stale => stale.Current is not null));
    }
}
