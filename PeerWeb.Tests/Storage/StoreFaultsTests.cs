using Microsoft.EntityFrameworkCore;
using Npgsql;
using PeerWeb.Core.Calendars;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Primitives;
using PeerWeb.Core.Storage;
using PeerWeb.Tests.Conformance;
using PeerWeb.Tests.Faults;
using Xunit;

namespace PeerWeb.Tests.Storage;

public sealed class StoreFaultsTests(PostgresCluster cluster)
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

    [Theory]
    [InlineData("53100", StoreFault.Full)]
    [InlineData("55P03", StoreFault.Busy)]
    [InlineData("40P01", StoreFault.Busy)]
    [InlineData("40001", StoreFault.Busy)]
    [InlineData("53300", StoreFault.Busy)]
    [InlineData("57014", StoreFault.Busy)]
    [InlineData("57P01", StoreFault.Broken)]
    [InlineData("57P03", StoreFault.Broken)]
    [InlineData("08006", StoreFault.Broken)]
    [InlineData("58030", StoreFault.Broken)]
    [InlineData("XX001", StoreFault.Broken)]
    [InlineData("25006", StoreFault.Broken)]
    [InlineData("53200", StoreFault.Broken)]
    [InlineData("23505", null)]
    [InlineData("42P01", null)]
    [InlineData("22001", null)]
    public async Task What_postgresql_says_is_told_apart_by_its_code_and_a_defect_of_ours_stays_one(string code, StoreFault? fault)
    {
        await using var connection = new NpgsqlConnection((await cluster.NewSchemaAsync()).ConnectionString);
        await connection.OpenAsync(Cancel);
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The codes are those above.
        command.CommandText = $"DO $$ BEGIN RAISE EXCEPTION 'a test' USING ERRCODE = '{code}'; END $$";
#pragma warning restore CA2100
        var raised = await Assert.ThrowsAsync<PostgresException>(() => command.ExecuteNonQueryAsync(Cancel));

        Assert.Equal(fault, StoreFaults.In(new InvalidOperationException("Wrapped.", raised))?.Fault);
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_a_broken_store()
    {
        await using var connection = new NpgsqlConnection("Host=/nowhere;Username=peerweb;Database=postgres;Pooling=false");

        var failed = await Assert.ThrowsAnyAsync<Exception>(() => connection.OpenAsync(Cancel));
        Assert.Equal(StoreFault.Broken, StoreFaults.In(failed)?.Fault);
        Assert.Null(StoreFaults.In(new InvalidOperationException("Ours.")));
    }
}
