using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using PeerWeb.Core.Calendars;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Peers;
using PeerWeb.Core.Primitives;
using PeerWeb.Core.Sharing;
using PeerWeb.Core.Storage.Peers;
using PeerWeb.Tests.Conformance;
using Xunit;

namespace PeerWeb.Tests.Storage;

/// <summary>Whose keys are whose, how long they are known, and what is told after a commit.</summary>
public sealed class ReceivedWritesTests
{
    private const string Key = "0123456789abcdef";

    private static async Task GrantAsync(TestDatabase database, CollectionId calendar, Principal principal, Rights rights, int version = 0)
    {
        var change = new GrantChange(CalendarApp.AppId, calendar, principal, rights, Rights.None, version);
        Assert.IsType<GrantOutcome.Saved>(Assert.Single(await database.Grants.SaveAsync(Ada, [change], Cancel)));
    }

    private static readonly UserName Ada = UserName.Parse("ada");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static EntryWrite Write(CollectionId calendar, string uid) =>
        new(calendar, Uid.Parse(uid), Ics.Event(uid, "Event", ":20261110T090000Z", ":20261110T100000Z"), new Precondition.Absent());

    private static async Task<SaveOutcome> SaveAsync(IEntryStore store, EntryWrite write, string key = Key) =>
        Assert.Single(await store.SaveAsync([write], Delivery.Of("test", write, key), Cancel));

    [Fact]
    public async Task Keys_of_two_local_users_never_meet()
    {
        await using var database = await TestDatabase.CreateAsync(Cancel);
        var adas = await database.Collections.CreateAsync(Ada, CalendarApp.AppId, "Work", null, Cancel);
        var bobs = await database.Collections.CreateAsync(UserName.Parse("bob"), CalendarApp.AppId, "Work", null, Cancel);

        Assert.IsType<SaveOutcome.Saved>(await SaveAsync(database.StoreOf("ada"), Write(adas, "a")));
        Assert.IsType<SaveOutcome.Saved>(await SaveAsync(database.StoreOf("bob"), Write(bobs, "b")));
    }

    [Fact]
    public async Task A_peers_key_is_one_key_for_all_its_users_and_not_another_peers()
    {
        await using var database = await TestDatabase.CreateAsync(Cancel);
        var calendar = await database.Collections.CreateAsync(Ada, CalendarApp.AppId, "Work", null, Cancel);
        var (globex, initech) = (await PeerAsync(database), await PeerAsync(database));
        foreach (var peer in new[] { globex, initech })
            await GrantAsync(database, calendar, new Principal.EveryoneAt(peer), Rights.Add | Rights.Read);
        IEntryStore StoreOf(PeerId peer, string user) => database.Stores.For(new Actor.Remote(peer, UserName.Parse(user), Groups: []));

        Assert.IsType<SaveOutcome.Saved>(await SaveAsync(StoreOf(globex, "sam"), Write(calendar, "a")));
        Assert.IsType<SaveOutcome.KeyReused>(await SaveAsync(StoreOf(globex, "grace"), Write(calendar, "a")));
        Assert.IsType<SaveOutcome.Saved>(await SaveAsync(StoreOf(initech, "sam"), Write(calendar, "b")));
    }

    [Fact]
    public async Task A_key_is_known_for_thirty_days_and_then_forgotten()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero));
        await using var database = await TestDatabase.CreateAsync(Cancel, time);
        var calendar = await database.Collections.CreateAsync(Ada, CalendarApp.AppId, "Work", null, Cancel);
        var store = database.StoreOf("ada");
        var saved = await SaveAsync(store, Write(calendar, "e"));

        time.Advance(TimeSpan.FromDays(30));
        Assert.IsType<SaveOutcome.Saved>(await SaveAsync(store, Write(calendar, "f"), Key + "2"));
        Assert.Equal(saved, await SaveAsync(store, Write(calendar, "e")));
        time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.IsType<SaveOutcome.Saved>(await SaveAsync(store, Write(calendar, "g"), Key + "3"));
        Assert.IsType<SaveOutcome.Stale>(await SaveAsync(store, Write(calendar, "e")));
    }

    [Fact]
    public async Task What_had_no_effect_is_decided_anew_when_it_comes_again()
    {
        await using var database = await TestDatabase.CreateAsync(Cancel);
        var calendar = await database.Collections.CreateAsync(Ada, CalendarApp.AppId, "Work", null, Cancel);
        var bob = new Principal.LocalUser(UserName.Parse("bob"));
        await GrantAsync(database, calendar, bob, Rights.Read);
        Assert.Equal(new SaveOutcome.Forbidden(Rights.Add), await SaveAsync(database.StoreOf("bob"), Write(calendar, "e")));
        await using (var db = database.NewContext())
            Assert.Empty(await db.ReceivedWrites.ToListAsync(Cancel));

        await GrantAsync(database, calendar, bob, Rights.Add, version: 1);
        Assert.IsType<SaveOutcome.Saved>(await SaveAsync(database.StoreOf("bob"), Write(calendar, "e")));
    }

    [Fact]
    public async Task Each_change_is_told_once_after_its_commit_and_a_repeat_or_a_refusal_never()
    {
        await using var database = await TestDatabase.CreateAsync(Cancel);
        var calendar = await database.Collections.CreateAsync(Ada, CalendarApp.AppId, "Work", null, Cancel);
        var told = new List<(CollectionId Collection, int Entries)>();
        database.Services.GetRequiredService<CollectionChanges>().Changed += collection =>
        {
            using var db = database.NewContext();
            told.Add((collection, db.Entries.Count()));
        };
        var store = database.StoreOf("ada");

        var etag = Assert.IsType<SaveOutcome.Saved>(await SaveAsync(store, Write(calendar, "e"))).ETag;
        await SaveAsync(store, Write(calendar, "e"));
        await SaveAsync(store, Write(calendar, "e"), Key + "2");
        var removal = new EntryRemoval(calendar, Uid.Parse("e"), etag);
        await store.DeleteAsync(removal, Delivery.Of("test", removal, Key + "3"), Cancel);

        Assert.Equal([(calendar, 1), (calendar, 0)], told);
    }

    private static async Task<PeerId> PeerAsync(TestDatabase database)
    {
        var id = PeerId.New();
        await using var db = database.NewContext();
        db.Add(new PeerRow
        {
            Id = id.Value, Installation = Guid.NewGuid(), Domain = $"{id.Value:N}.example", Name = "Peer", FirstSeen = 0, State = LinkState.Active.Name(),
        });
        await db.SaveChangesAsync(Cancel);
        return id;
    }
}
