using System.Globalization;
using Microsoft.Data.Sqlite;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Federation.Client.Http;
using PeerWeb.Core.Primitives;
using PeerWeb.Tests.Conformance;
using PeerWeb.Tests.Federation.Hosts;
using Xunit;

namespace PeerWeb.Tests.Federation.BadDays;

/// <summary>The owner is a process of its own and is killed (SIGKILL) while a peer's users save; the moments are counted in answers and come from a seed.</summary>
public sealed class KilledOwnerTests
{
    private const int Kills = 20;
    private const int Writers = 4;
    private const int Seed = 20261123;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_owner_that_is_killed_twenty_times_during_saves_has_everything_it_acknowledged_and_nothing_twice()
    {
        await using var owner = await OwnerInAProcess.PrepareAsync();
        var random = new Random(Seed);
        var writers = Enumerable.Range(0, Writers).Select(number => new Writer(number, owner.Calendar, new Random(Seed + number))).ToList();
        for (var kill = 0; kill < Kills; kill++)
        {
            using var connection = await owner.StartAsync();
            var store = OwnerInAProcess.StoreOver(connection);
            await EveryoneResendsAsync(writers, store);
            await AssertWholeAsync(owner, store, writers);

            var left = random.Next(1, 6 * Writers);
            await Task.WhenAll(writers.Select(writer => Task.Run(
                async () =>
                {
                    while (await writer.SaveAsync(store))
                    {
                        if (Interlocked.Decrement(ref left) == 0)
                            owner.Kill();
                    }
                },
                Cancel)));
            await owner.UntilEndedAsync();
            Assert.All(writers, writer => Assert.True(writer.HasUnanswered));
        }

        using var last = await owner.StartAsync();
        await EveryoneResendsAsync(writers, OwnerInAProcess.StoreOver(last));
        await AssertWholeAsync(owner, OwnerInAProcess.StoreOver(last), writers);
    }

    private static async Task EveryoneResendsAsync(IReadOnlyList<Writer> writers, IEntryStore store)
    {
        foreach (var writer in writers.Where(writer => writer.HasUnanswered))
            Assert.True(await writer.SaveAsync(store));
    }

    /// <summary>What is there is exactly what was acknowledged, each write is in the change log once, and the file is sound.</summary>
    private static async Task AssertWholeAsync(OwnerInAProcess owner, IEntryStore store, IReadOnlyList<Writer> writers)
    {
        var listing = Assert.IsType<ChangesAnswer.Page>(await store.ChangesAsync(owner.Calendar, null, EntryQuery.MaxLimit, Cancel));
        Assert.False(listing.HasMore);
        Assert.Equal(
            writers.SelectMany(writer => writer.Acknowledged).Select(pair => $"{pair.Key} {pair.Value}").Order(StringComparer.Ordinal),
            listing.Changes.Select(change => $"{change.Uid} {change.ETag}").Order(StringComparer.Ordinal));
        await using var file = new SqliteConnection($"Data Source={owner.DatabaseFile};Mode=ReadOnly;Pooling=False");
        await file.OpenAsync(Cancel);
        var writes = writers.Sum(writer => writer.Answered);
        Assert.Equal([$"{writes} {writes}"], await RowsAsync(file, "SELECT COUNT(*) || ' ' || COUNT(DISTINCT IdempotencyKey) FROM changes"));
        Assert.Equal([$"{writes}"], await RowsAsync(file, "SELECT COUNT(*) FROM received_writes"));
        Assert.Equal(["ok"], await RowsAsync(file, "PRAGMA integrity_check"));
        Assert.Empty(await RowsAsync(file, "PRAGMA foreign_key_check"));
    }

    private static async Task<List<string>> RowsAsync(SqliteConnection file, string query)
    {
        await using var command = file.CreateCommand();
#pragma warning disable CA2100 // The queries are those above.
        command.CommandText = query;
#pragma warning restore CA2100
        await using var reader = await command.ExecuteReaderAsync(Cancel);
        var rows = new List<string>();
        while (await reader.ReadAsync(Cancel))
            rows.Add(Convert.ToString(reader.GetValue(0), CultureInfo.InvariantCulture) ?? "");
        return rows;
    }

    /// <summary>One user who adds events and changes them, one write after the other; what got no answer is sent again as it was.</summary>
    private sealed class Writer(int number, CollectionId calendar, Random random)
    {
        private (EntryWrite Write, Delivery Delivery)? _unanswered;

        /// <summary>The version of each entry that the owner named last.</summary>
        public Dictionary<Uid, ETag> Acknowledged { get; } = [];

        public int Answered { get; private set; }

        public bool HasUnanswered => _unanswered is not null;

        /// <returns>False where no answer came.</returns>
        public async Task<bool> SaveAsync(IEntryStore store)
        {
            var (write, delivery) = _unanswered ??= Next();
            try
            {
                var outcome = Assert.Single(await store.SaveAsync([write], delivery, Cancel));
                Acknowledged[write.Uid] = Assert.IsType<SaveOutcome.Saved>(outcome).ETag;
            }
            catch (PeerUnavailableException)
            {
                return false;
            }
            _unanswered = null;
            Answered++;
            return true;
        }

        private (EntryWrite Write, Delivery Delivery) Next()
        {
            var isNew = Acknowledged.Count == 0 || random.Next(2) == 0;
            var (uid, precondition) = isNew
                ? (Uid.Parse($"event-{number}-{Answered}"), (Precondition)new Precondition.Absent())
                : Acknowledged.ElementAt(random.Next(Acknowledged.Count)) is var known ? (known.Key, new Precondition.Match(known.Value)) : default;
            var write = new EntryWrite(calendar, uid, Ics.Event(uid.Value, $"Write {Answered} of {number}", ":20261110T090000Z", ":20261110T100000Z"), precondition);
            return (write, Delivery.Of("sam", write, string.Create(CultureInfo.InvariantCulture, $"writer-{number:D2}-write-{Answered:D8}")));
        }
    }
}
