using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using PeerWeb.Core.Calendars;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Primitives;
using PeerWeb.Core.Sharing;
using PeerWeb.Core.Storage;
using PeerWeb.Tests.Conformance;
using Xunit;

namespace PeerWeb.Tests.Storage;

/// <summary>A database of the version before, whose entries had their search text beside the text.</summary>
public sealed class ListingMigrationTests(PostgresCluster cluster)
{
    private static readonly UserName Ada = UserName.Parse("ada");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_file_keeps_its_entries_their_order_and_what_finds_them()
    {
        var folder = Directory.CreateTempSubdirectory("peerweb-older-").FullName;
        var place = new DatabasePlace.Sqlite(Path.Combine(folder, "entries.db"));
        var options = new DbContextOptionsBuilder<SqliteContext>();
        SqliteContext.Configure(options, place);
        await using (var older = new SqliteContext(options.Options))
            await older.GetService<IMigrator>().MigrateAsync("20261123063616_ClusteredInstances", Cancel);
        await KeepsAsync(place);
        SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_schema_keeps_its_entries_their_order_and_what_finds_them()
    {
        var place = await cluster.NewSchemaAsync();
        var options = new DbContextOptionsBuilder<PostgresContext>();
        place.Configure(options);
        await using (var older = new PostgresContext(options.Options))
        {
            await older.EnsurePlaceAsync(Cancel);
            await older.GetService<IMigrator>().MigrateAsync("20261123100526_Initial", Cancel);
        }
        await KeepsAsync(place);
    }

    private static async Task KeepsAsync(DatabasePlace place)
    {
        string[] titles = ["Zebra", "Äpfel", "same", "Same", new string('x', 300) + "b", new string('x', 300) + "a"];
        var id = CollectionId.New();
        await using var database = TestDatabase.At(place);
        await using (var older = database.NewContext())
        {
            await older.Database.ExecuteSqlAsync($"""INSERT INTO "installation" ("Id", "InstallationId", "Epoch", "TokenKey") VALUES (1, {Guid.NewGuid()}, 1, {new byte[32]})""", Cancel);
            await older.Database.ExecuteSqlAsync(
                $"""INSERT INTO "collections" ("Id", "App", "Owner", "Name", "Sequence", "PrunedThrough", "CreatedAt") VALUES ({id.ToString()}, 'calendar', 'ada', 'Work', 6, 0, 0)""", Cancel);
            foreach (var (i, title) in titles.Index())
            {
                var (text, at) = (Ics.Event($"u{i}", title, ":20261110T090000Z", ":20261110T100000Z"), 1794301200L);
                await older.Database.ExecuteSqlAsync(
                    $"""
                    INSERT INTO "entries" ("CollectionKey", "Uid", "Epoch", "Sequence", "Text", "Title", "SortTitle", "SearchText", "IsPrivate", "Detail", "FirstStart", "LastEnd",
                        "HorizonStart", "HorizonEnd", "TzdbVersion", "CreatedAt", "ModifiedAt")
                    SELECT "Key", {$"u{i}"}, 1, {i + 1}, {text}, {title}, {Folding.Fold(title)}, {Folding.Fold(title) + " zurich"}, {i == 3}, {"{}"}, {at}, {at + 3600}, 0, 9999999999, 'none', 0, 0 FROM "collections"
                    """, Cancel);
            }
        }

        await database.Entries.PrepareAsync(Cancel);

        var store = database.StoreOf("ada");
        var query = new EntryQuery { App = CalendarApp.AppId, Sort = EntrySort.Title };
        var whole = (await store.QueryAsync(query, Cancel)).Entries;
        // Of a title that long its beginning counts for the order.
        Assert.Equal(["u1", "u2", "u3", "u4", "u5", "u0"], whole.Select(entry => entry.Uid.Value));
        Assert.All(whole, entry => Assert.Equal(1794301200L, entry.Start?.Instant?.ToUnixTimeSeconds()));
        Assert.Equal([false, false, true, false, false, false], whole.Select(entry => entry.IsPrivate));
        Assert.Equal(["u2", "u3"], (await store.QueryAsync(query with { Text = "zurich SAME" }, Cancel)).Entries.Select(entry => entry.Uid.Value));
        var range = new TimeRange(NodaTime.Instant.FromUtc(2026, 11, 1, 0, 0), NodaTime.Instant.FromUtc(2026, 12, 1, 0, 0));
        Assert.Equal(["u1"], (await store.QueryAsync(query with { Range = range, Text = "apfel" }, Cancel)).Entries.Select(entry => entry.Uid.Value));
        foreach (var (i, title) in titles.Index())
            Assert.Contains($"SUMMARY:{title[..Math.Min(4, title.Length)]}", (await store.ReadAsync(id, Uid.Parse($"u{i}"), Cancel))?.Text, StringComparison.Ordinal);

        // What is there is changed and removed as if it had never been otherwise.
        var renamed = Ics.Event("u4", "Anna", ":20261110T090000Z", ":20261110T100000Z");
        await SaveAsync(store, new EntryWrite(id, Uid.Parse("u4"), renamed, new Precondition.Match(whole[3].ETag)));
        await store.DeleteAsync(new EntryRemoval(id, Uid.Parse("u2"), whole[1].ETag), NewDelivery(), Cancel);
        Assert.Equal(["u4", "u1", "u3", "u5", "u0"], (await store.QueryAsync(query, Cancel)).Entries.Select(entry => entry.Uid.Value));
        Assert.Equal(["u4"], (await store.QueryAsync(query with { Text = "anna" }, Cancel)).Entries.Select(entry => entry.Uid.Value));
        Assert.Empty((await store.QueryAsync(query with { Text = "xxx zurich anna" }, Cancel)).Entries);
    }

    private static async Task SaveAsync(GuardedEntryStore store, EntryWrite write) =>
        Assert.IsType<SaveOutcome.Saved>(Assert.Single(await store.SaveAsync([write], NewDelivery(), Cancel)));

    private static Delivery NewDelivery() => new(Ada.Value, Guid.NewGuid().ToString("N"), new string('0', 64));
}
