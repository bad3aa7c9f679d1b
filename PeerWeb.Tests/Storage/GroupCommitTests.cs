using System.Collections.Concurrent;
using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Primitives;
using PeerWeb.Core.Sharing;
using PeerWeb.Core.Storage;
using PeerWeb.Core.Storage.Peers;
using PeerWeb.Tests.Conformance;
using PeerWeb.Tests.Faults;
using Xunit;

namespace PeerWeb.Tests.Storage;

/// <summary>Writers who share a commit: each gets the answer that they would have got alone, and nobody one that the disk does not hold.</summary>
public abstract class GroupCommitTests : IAsyncLifetime
{
    private readonly ConcurrentQueue<CollectionId> _told = [];
    private GroupWorld? _world;

    private GroupWorld World => _world ?? throw new InvalidOperationException("Not started.");

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    protected abstract Task<TestDatabase> OpenAsync();

    /// <summary>From now on the transaction of <paramref name="db"/> cannot be committed, until what is returned is disposed of.</summary>
    protected abstract Task<IDisposable> BreakAsync(PeerWebContext db);

    public virtual async ValueTask InitializeAsync()
    {
        _world = await GroupWorld.CreateAsync(await OpenAsync());
        World.Database.Services.GetRequiredService<CollectionChanges>().Changed += _told.Enqueue;
    }

    public virtual ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Who_waits_is_written_in_order_by_one_commit_and_gets_the_answer_of_their_own()
    {
        var old = Assert.IsType<SaveOutcome.Saved>(await World.SaveAsync("old")).ETag;
        var hold = await World.HoldAsync();
        var waiting = new[]
        {
            World.SaveAsync("a", key: "first"),
            World.SaveAsync("b", new Precondition.Match(ETag.Parse("9.9"))),
            World.SaveAsync("old", new Precondition.Match(old)),
            World.SaveAsync("old", new Precondition.Match(old)),
            World.SaveAsync("a"),
            World.SaveAsync("a", key: "first"),
            World.SaveAsync("other", key: "first"),
            World.SaveAsync("c"),
        };
        Assert.DoesNotContain(waiting, write => write.IsCompleted);

        var outcomes = await hold.ReleaseAsync(waiting);

        Assert.Equal(
            ["Saved 1.2", "Stale", "Saved 1.3", "Stale 1.3", "Stale 1.2", "Saved 1.2", "KeyReused", "Saved 1.4"], outcomes.Select(Show));
        Assert.Equal(hold.Transactions + 1, World.Contexts.Made);
        Assert.Equal(["old", "a", "old", "c"], await World.ChangesAsync());
        Assert.Equal(4, Told());
    }

    [Fact]
    public async Task Whose_write_fails_fails_alone_and_leaves_nothing()
    {
        var hold = await World.HoldAsync();
        var good = World.SaveAsync("a");
        var failing = World.Commits.WriteAsync(1, async db =>
        {
            await db.Collections.Where(row => row.Id == World.Calendar.ToString()).ExecuteUpdateAsync(set => set.SetProperty(row => row.Name, "Half done"), Cancel);
            return await db.Database.ExecuteSqlAsync($"INSERT INTO nowhere VALUES (1)", Cancel);
        }, Cancel);
        var refused = World.SaveAsync("a");
        var alsoGood = World.SaveAsync("b");

        await hold.ReleaseAsync(good, refused, alsoGood);

        await Assert.ThrowsAnyAsync<DbException>(() => failing);
        Assert.Equal(["Saved 1.1", "Stale 1.1", "Saved 1.2"], new[] { await good, await refused, await alsoGood }.Select(Show));
        Assert.Equal(["a", "b"], await World.ChangesAsync());
        Assert.Equal(2, Told());
        await using var context = World.Database.NewContext();
        Assert.Equal("Work", await context.Collections.Where(row => row.Id == World.Calendar.ToString()).Select(row => row.Name).SingleAsync(Cancel));
    }

    [Fact]
    public async Task A_commit_that_fails_is_told_to_all_and_to_nobody_else()
    {
        var hold = await World.HoldAsync();
        IDisposable? broken = null;
        var writes = new[] { World.SaveAsync("a", key: "first"), World.SaveAsync("b", key: "second") };
        var breaking = World.Commits.WriteAsync(1, async db => broken = await BreakAsync(db), Cancel);
        hold.Release();

        await Assert.ThrowsAnyAsync<Exception>(() => breaking);
        foreach (var write in writes)
            Assert.Equal(StoreFault.Broken, (await Assert.ThrowsAsync<StoreUnavailableException>(() => write)).Fault);
        broken?.Dispose();
        Assert.NotNull(broken);
        Assert.Equal(0, Told());
        Assert.Empty(await World.ChangesAsync());

        Assert.Equal("Saved 1.1", Show(await World.SaveAsync("a", key: "first")));
        Assert.Equal("Saved 1.2", Show(await World.SaveAsync("b", key: "second")));
        Assert.Equal(["a", "b"], await World.ChangesAsync());
    }

    [Fact]
    public async Task Who_gives_up_waiting_writes_nothing_and_who_is_being_written_is_written()
    {
        var hold = await World.HoldAsync();
        using var impatient = new CancellationTokenSource();
        using var late = new CancellationTokenSource();
        var before = World.SaveAsync("a");
        var gone = World.SaveAsync("b", giveUp: impatient);
        var begun = World.Commits.WriteAsync(1, async _ =>
        {
            await late.CancelAsync();
            return "written";
        }, late.Token);
        var after = World.SaveAsync("c");

        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => gone);
        Assert.False(before.IsCompleted);

        Assert.Equal(["Saved 1.1", "Saved 1.2"], (await hold.ReleaseAsync(before, after)).Select(Show));
        Assert.Equal("written", await begun);
        Assert.Equal(["a", "c"], await World.ChangesAsync());
    }

    [Fact]
    public async Task Nothing_succeeds_after_a_revoke_not_even_in_its_own_commit()
    {
        var bob = UserName.Parse("bob");
        await World.Database.GiveAsync(World.Owner, World.Calendar, new Principal.LocalUser(bob), Rights.Read | Rights.Add, Cancel);
        var hold = await World.HoldAsync();
        var before = World.SaveAsync("a", actor: bob);
        var revoked = World.Commits.WriteAsync(1, db => db.Grants.Where(row => row.Owner == World.Owner.Value).ExecuteDeleteAsync(Cancel), Cancel);
        var after = World.SaveAsync("b", actor: bob);

        Assert.Equal(["Saved 1.1", "NotFound"], (await hold.ReleaseAsync(before, after)).Select(Show));
        Assert.Equal(1, await revoked);
        Assert.Equal(hold.Transactions + 1, World.Contexts.Made);
    }

    [Fact]
    public async Task A_lock_that_cannot_be_had_is_told_to_all_who_waited_for_it_and_not_to_who_comes_later()
    {
        var hold = await World.HoldAsync();
        var writes = new[] { World.SaveAsync("a"), World.SaveAsync("b") };
        World.Contexts.IsBusyOnce = true;
        hold.Release();

        foreach (var write in writes)
            Assert.Equal(StoreFault.Busy, (await Assert.ThrowsAsync<StoreUnavailableException>(() => write)).Fault);
        Assert.Equal("Saved 1.1", Show(await World.SaveAsync("c")));
        Assert.Equal(["c"], await World.ChangesAsync());
    }

    [Fact]
    public async Task Who_saves_one_entry_does_not_wait_for_many_that_come_later()
    {
        var hold = await World.HoldAsync();
        var (small, many, last) = (World.SaveAsync("a"), World.SaveManyAsync(65), World.SaveAsync("b"));

        Assert.Equal(["Saved 1.1", "Saved 1.67"], (await hold.ReleaseAsync(small, last)).Select(Show));
        Assert.All(await many, outcome => Assert.IsType<SaveOutcome.Saved>(outcome));
        Assert.Equal(hold.Transactions + 3, World.Contexts.Made);
    }

    [Fact]
    public async Task A_nonce_that_comes_twice_at_once_burns_once_with_the_writes_of_others()
    {
        var book = new SqlNonceBook(World.Commits, World.Database.Time);
        var (peer, expires) = (PeerId.New(), Instant.FromDateTimeOffset(World.Database.Time.GetUtcNow()) + Duration.FromSeconds(400));
        var hold = await World.HoldAsync();
        var (save, first, second) = (World.SaveAsync("a"), book.TryBurnAsync(peer, "n", expires, Cancel), book.TryBurnAsync(peer, "n", expires, Cancel));

        await hold.ReleaseAsync(save);

        Assert.Equal((true, false), (await first, await second));
        Assert.Equal(hold.Transactions + 1, World.Contexts.Made);
    }

    [Fact]
    public async Task Of_many_at_once_each_acknowledged_write_is_there_once_and_none_that_was_given_up()
    {
        var acknowledged = new ConcurrentQueue<string>();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(client => Task.Run(async () =>
        {
            for (var i = 0; i < 12; i++)
            {
                using var token = new CancellationTokenSource();
                var uid = $"{client}-{i}";
                var write = World.SaveAsync(uid, giveUp: token);
                if (i % 3 == 0)
                    await token.CancelAsync();
                try
                {
                    Assert.IsType<SaveOutcome.Saved>(await write);
                    acknowledged.Enqueue(uid);
                }
                catch (OperationCanceledException)
                {
                    Assert.Equal(0, i % 3);
                }
            }
        }, Cancel)));

        Assert.Equal(acknowledged.Order(), (await World.ChangesAsync()).Order());
        Assert.Equal(acknowledged.Count, Told());
        Assert.InRange(acknowledged.Count, 64, 96);
    }

    private int Told() => _told.Count(collection => collection == World.Calendar);

    private static string Show(SaveOutcome outcome) => outcome switch
    {
        SaveOutcome.Saved saved => $"Saved {saved.ETag.Value}",
        SaveOutcome.Stale { Current: { } current } => $"Stale {current.ETag.Value}",
        _ => outcome.GetType().Name,
    };
}

public sealed class SqliteGroupCommitTests : GroupCommitTests
{
    private TestDatabase? _database;

    protected override async Task<TestDatabase> OpenAsync() => _database = await TestDatabase.CreateAsync(Cancel);

    protected override Task<IDisposable> BreakAsync(PeerWebContext db) =>
        Task.FromResult<IDisposable>(new BrokenFile((_database?.File ?? throw new InvalidOperationException("Not started.")) + "-wal"));

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        if (_database is not null)
            await _database.DisposeAsync();
    }
}

public sealed class PostgresGroupCommitTests(PostgresEntries entries) : GroupCommitTests, IClassFixture<PostgresEntries>
{
    [Fact]
    public async Task Who_gives_up_waiting_for_the_lock_hands_on_the_lead()
    {
        var world = await GroupWorld.CreateAsync(entries.Database);
        await using var other = entries.Database.NewContext();
        using var impatient = new CancellationTokenSource();
        Task<SaveOutcome> leads, waits;
        await using (await other.BeginWriteAsync(Cancel))
        {
            (leads, waits) = (world.SaveAsync("a", giveUp: impatient), world.SaveAsync("b"));
            await impatient.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => leads);
            Assert.False(waits.IsCompleted);
        }

        Assert.IsType<SaveOutcome.Saved>(await waits);
        Assert.Equal(["b"], await world.ChangesAsync());
    }

    protected override Task<TestDatabase> OpenAsync() => Task.FromResult(entries.Database);

    protected override async Task<IDisposable> BreakAsync(PeerWebContext db)
    {
        var backend = await db.Database.SqlQuery<int>($"SELECT pg_backend_pid() AS \"Value\"").SingleAsync(Cancel);
        await using var other = entries.Database.NewContext();
        Assert.True(await other.Database.SqlQuery<bool>($"SELECT pg_terminate_backend({backend}, 10000) AS \"Value\"").SingleAsync(Cancel));
        return new MemoryStream();
    }
}
