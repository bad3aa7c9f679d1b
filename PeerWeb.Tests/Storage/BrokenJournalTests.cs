using Microsoft.EntityFrameworkCore;
using PeerWeb.Core.Calendars;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Primitives;
using PeerWeb.Core.Storage;
using PeerWeb.Tests.Conformance;
using PeerWeb.Tests.Faults;
using Xunit;

namespace PeerWeb.Tests.Storage;

/// <summary>A disk that fails, as this process sees it. Alone: whatever else gives up all pooled connections would open the file anew, whole.</summary>
[Collection(Alone.Name)]
public sealed class BrokenJournalTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_journal_that_cannot_be_written_is_a_broken_store_and_after_it_nothing_is_damaged_or_twice()
    {
        await using var database = await TestDatabase.CreateAsync(Cancel);
        var calendar = await database.Collections.CreateAsync(UserName.Parse("ada"), CalendarApp.AppId, "Work", null, Cancel);
        var store = database.StoreOf("ada");
        async Task<SaveOutcome> SaveAsync(string uid) => Assert.Single(await store.SaveAsync(
            [new EntryWrite(calendar, Uid.Parse(uid), Ics.Event(uid, "Event", ":20261110T090000Z", ":20261110T100000Z"), new Precondition.Absent())],
            new Delivery("ada", $"delivery-of-the-event-{uid}", string.Empty), Cancel));
        Assert.IsType<SaveOutcome.Saved>(await SaveAsync("before"));

        using (new BrokenFile(database.File + "-wal"))
        {
            var unavailable = await Assert.ThrowsAsync<StoreUnavailableException>(() => SaveAsync("during"));
            Assert.Equal((StoreFault.Broken, true), (unavailable.Fault, unavailable.MayHaveHappened));
            Assert.NotNull(await store.ReadAsync(calendar, Uid.Parse("before"), Cancel));
            Assert.Null(await store.ReadAsync(calendar, Uid.Parse("during"), Cancel));
        }

        Assert.IsType<SaveOutcome.Saved>(await SaveAsync("during"));
        Assert.IsType<SaveOutcome.Saved>(await SaveAsync("during"));
        await using var db = database.NewContext();
        Assert.Equal(["before", "during"], await db.Changes.OrderBy(change => change.Sequence).Select(change => change.Uid).ToListAsync(Cancel));
        Assert.Equal("ok", await db.Database.SqlQuery<string>($"SELECT integrity_check AS Value FROM pragma_integrity_check").SingleAsync(Cancel));
    }
}
