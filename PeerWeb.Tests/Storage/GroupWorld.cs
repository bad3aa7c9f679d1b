using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PeerWeb.Core.Calendars;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Primitives;
using PeerWeb.Core.Sharing;
using PeerWeb.Core.Storage;
using PeerWeb.Tests.Conformance;
using Xunit;

namespace PeerWeb.Tests.Storage;

/// <summary>A calendar whose writers share commits that are counted; one of them can be held open, until all who are to share the next have come.</summary>
internal sealed class GroupWorld
{
    private static int _owners;

    private readonly GuardedEntryStores _stores;
    private int _deliveries;

    private GroupWorld(TestDatabase database, UserName owner, CollectionId calendar)
    {
        (Database, Owner, Calendar) = (database, owner, calendar);
        var contexts = database.Services.GetRequiredService<IDbContextFactory<PeerWebContext>>();
        Contexts = new CountedContexts(contexts);
        Commits = new GroupCommit(Contexts);
        _stores = new GuardedEntryStores(
            new SqlEntryStore(
                Commits, contexts, database.Services.GetRequiredService<AppRegistry>(), database.Services.GetRequiredService<CollectionChanges>(),
                TzdbVersion.Loaded, database.Time),
            database.Time);
    }

    public TestDatabase Database { get; }

    public UserName Owner { get; }

    public CollectionId Calendar { get; }

    public CountedContexts Contexts { get; }

    public GroupCommit Commits { get; }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<GroupWorld> CreateAsync(TestDatabase database)
    {
        var owner = UserName.Parse($"owner{Interlocked.Increment(ref _owners)}");
        var world = new GroupWorld(database, owner, await database.Collections.CreateAsync(owner, CalendarApp.AppId, "Work", null, Cancel));
        // Which app the calendar is of is asked once. From then on whoever saves is among those who wait when the call returns.
        Assert.IsType<SaveOutcome.Stale>(await world.SaveAsync("nothing", new Precondition.Match(ETag.Parse("9.9"))));
        return world;
    }

    /// <param name="precondition">By default: not there yet.</param>
    /// <param name="key">The same for the same delivery; by default one of its own.</param>
    public async Task<SaveOutcome> SaveAsync(
        string uid, Precondition? precondition = null, string? key = null, UserName? actor = null, CancellationTokenSource? giveUp = null)
    {
        var write = new EntryWrite(Calendar, Uid.Parse(uid), TextOf(uid), precondition ?? new Precondition.Absent());
        var delivery = Delivery.Of("test", write, $"a-delivery-{key ?? $"{Interlocked.Increment(ref _deliveries)}"}");
        return Assert.Single(await StoreOf(actor ?? Owner).SaveAsync([write], delivery, giveUp?.Token ?? Cancel));
    }

    public Task<IReadOnlyList<SaveOutcome>> SaveManyAsync(int count)
    {
        var writes = Enumerable.Range(0, count).Select(i => new EntryWrite(Calendar, Uid.Parse($"many-{i}"), TextOf($"many-{i}"), new Precondition.Absent())).ToList();
        return StoreOf(Owner).SaveAsync(writes, new Delivery("test", "the-delivery-of-many", string.Empty), Cancel);
    }

    /// <summary>A transaction that goes on until it is released; who comes meanwhile waits.</summary>
    public async Task<Held> HoldAsync()
    {
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var released = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var done = Commits.WriteAsync(1, async _ =>
        {
            begun.SetResult();
            await released.Task;
            return true;
        }, Cancel);
        await begun.Task;
        return new Held(released, done, Contexts.Made);
    }

    /// <summary>What the log says was changed, in order.</summary>
    public async Task<IReadOnlyList<string>> ChangesAsync()
    {
        await using var db = Database.NewContext();
        var key = await db.Collections.Where(row => row.Id == Calendar.ToString()).Select(row => row.Key).SingleAsync(Cancel);
        var changes = await db.Changes.Where(row => row.CollectionKey == key).OrderBy(row => row.Sequence).ToListAsync(Cancel);
        Assert.Equal(Enumerable.Range(1, changes.Count).Select(i => (long)i), changes.Select(change => change.Sequence));
        return [.. changes.Select(change => change.Uid)];
    }

    private GuardedEntryStore StoreOf(UserName user) => _stores.For(new Actor.Local(user, Groups: []));

    private static string TextOf(string uid) => Ics.Event(uid, "Event", ":20261110T090000Z", ":20261110T100000Z");

    /// <param name="Transactions">How many there had been with this one.</param>
    internal sealed record Held(TaskCompletionSource Released, Task Done, int Transactions)
    {
        public void Release() => Released.SetResult();

        public async Task<IReadOnlyList<SaveOutcome>> ReleaseAsync(params Task<SaveOutcome>[] waiting)
        {
            Release();
            await Done;
            return await Task.WhenAll(waiting);
        }
    }

    /// <summary>Counts contexts: a transaction has one each.</summary>
    internal sealed class CountedContexts(IDbContextFactory<PeerWebContext> inner) : IDbContextFactory<PeerWebContext>
    {
        private int _made;

        public int Made => _made;

        /// <summary>Whether the next one finds the database taken by others.</summary>
        public bool IsBusyOnce { get; set; }

        public PeerWebContext CreateDbContext()
        {
            if (IsBusyOnce)
            {
                IsBusyOnce = false;
                throw new StoreUnavailableException(StoreFault.Busy);
            }
            Interlocked.Increment(ref _made);
            return inner.CreateDbContext();
        }
    }
}
